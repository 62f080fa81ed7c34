"""Which cases of a test run each time, where the others are for `make soak`."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest


def stays(item: pytest.Function, every: int = 1) -> bool:
    """Whether this case runs each time, by the places of its values among those of each parameter.

    Of the parameter with the most values, one in `every` stays, and with it one value of each other
    parameter, by turns: of two languages, two schemes and ten pages these are ten cases of forty,
    and each language has half of the pages.
    """
    axes = [_axis(item, *mark.args[:2]) for mark in item.iter_markers("parametrize")]
    longest = max(axes, key=lambda axis: axis[1])
    turn, between = divmod(longest[0], every)
    others = [axis for axis in axes if axis is not longest]
    return not between and all(place == turn % count for place, count in others)


def _axis(
    item: pytest.Function, names: str | Sequence[str], values: Iterable[Any]
) -> tuple[int, int]:
    """The place of the case's value, and how many values there are."""
    split = [name.strip() for name in names.split(",")] if isinstance(names, str) else names
    mine = [item.callspec.params[name] for name in split]
    every = [[value] if len(split) == 1 else [*value] for value in values]
    return every.index(mine), len(every)
