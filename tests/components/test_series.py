import numpy as np
import pytest

from components.series import Panel, Series, build_series


def bars(values, **more):
    panels = [Panel("t", {"a": np.array(values, dtype=float)}, "sign")]
    return Series("t", panels, [str(i) for i in range(len(values))], "call", **more)


def cells(built):
    return [step and step[0] for step in built["panels"][0]["cells"]]


def test_bars_stand_on_zero_whatever_their_sign_and_say_their_number():
    built = build_series(bars([0.5, -0.25]))
    (up, plus), (down, minus) = cells(built)

    assert down < built["base"] < up and (plus, minus) == ("+0.5", "-0.25")
    assert (up - built["base"]) == pytest.approx(2 * (built["base"] - down), abs=1e-3)
    assert [name for _, name in built["ticks"]].count("0") == 1


def test_an_open_question_sends_only_what_it_gives():
    told = build_series(bars([1.0, 2.0, 3.0], reach=3.0))
    asked = build_series(bars([1.0, 2.0, 3.0], reach=3.0), known=1)
    cleared = build_series(bars([1.0, 1.0, 1.0], reach=3.0), known=1)

    assert cells(asked) == [cells(told)[0], None, None]
    assert asked == cleared | {"known": 1}  # neither bars nor scale tell what comes


@pytest.mark.parametrize("last", [1e-30, 1.0, 1e30])
def test_a_logarithmic_scale_reaches_as_far_up_as_down_before_an_answer(last):
    norms = bars([last, 1e-2], log=True, backwards=True)
    asked, told = build_series(norms, known=1), build_series(norms)

    assert cells(asked)[0] is None and asked["order"] == [1, 0]
    assert 0.3 < cells(asked)[1][0] < 0.7
    first, given = (place for place, _ in cells(told))
    assert (first < given) is (last < 1e-2) and min(first, given) > 0
    assert {name for _, name in asked["ticks"]} == {f"10{p}" for p in ("⁻⁶", "⁻⁴", "⁻²", "⁰", "²")}


def test_what_has_no_place_is_named():
    built = build_series(bars([1.0, 0.0, np.nan, np.inf], log=True))

    assert [text for _, text in cells(built)] == ["+1", "0", "NaN", "+∞"]
    assert [place is None for place, _ in cells(built)] == [False, True, True, True]


def test_a_long_vector_shows_its_first_eight():
    many = {str(i): np.ones(2) for i in range(64)}

    built = build_series(Series("t", [Panel("t", many)], ["1", "2"], "call"))

    assert built["panels"][0]["names"] == [str(i) for i in range(8)]
