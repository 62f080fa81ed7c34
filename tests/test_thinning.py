"""Of a thinned test enough cases run each time, and all of them somewhere."""

from itertools import product
from types import SimpleNamespace

import pytest

from tests.harness.thinning import stays


def case(axes, values):
    """A case as pytest collects it: axes by their names, and the values that it has of them."""
    params = {}
    for names, value in zip(axes, values, strict=True):
        several = names.split(", ")
        params |= dict(zip(several, value if len(several) > 1 else [value], strict=True))
    marks = [SimpleNamespace(args=(names, every)) for names, every in axes.items()]
    return SimpleNamespace(iter_markers=lambda name: marks, callspec=SimpleNamespace(params=params))


def kept(axes, *every):
    return [one for one in product(*axes.values()) if stays(case(axes, one), *every)]


def test_of_one_parameter_one_value_in_three_stays():
    assert kept({"n": range(8)}, 3) == [(0,), (3,), (6,)]


@pytest.mark.parametrize(
    "axes",
    [
        {"lang": ["ja", "en"], "page": "abcde"},
        {"page": "abcde", "width, height": [(1280, 800), (390, 844)], "lang": ["ja", "en"]},
        {"lang": ["ja", "en"], "scheme": ["light", "dark"]},
        {"a, b": [(1, 1), (64, 64), (1, 64), (64, 1)], "x": ["ones", "ramp", "normal"]},
    ],
)
def test_of_several_each_value_of_each_stays_in_no_more_cases_than_the_longest_needs(axes):
    stay = kept(axes)

    assert len(stay) == max(len(values) for values in axes.values())
    for place, values in enumerate(axes.values()):
        assert {one[place] for one in stay} == {*values}


def test_the_values_of_the_others_take_turns():
    assert kept({"page": "abcd", "lang": ["ja", "en"]}) == [
        *zip("abcd", ["ja", "en"] * 2, strict=True)
    ]


def test_of_the_third_that_stays_each_language_has_its_share():
    assert kept({"page": range(7), "lang": ["ja", "en"]}, 3) == [(0, "ja"), (3, "en"), (6, "ja")]
