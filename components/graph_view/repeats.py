"""What comes again and again in a row: the turns of a loop, and blocks of one structure."""

from collections.abc import Collection, Sequence
from itertools import takewhile

import numpy as np

_FEWEST = 3  # turns
_LONGEST = 256  # parts of a turn


def runs(signs: Sequence[int]) -> list[list[list[int]]]:
    """The places in order, those that repeat as several turns, and all that do not between them as
    one. Of what repeats from a place on, that which covers the most, and then is the shortest."""
    values = np.array(signs, dtype=np.int64)
    count = len(values)
    best, periods, turns = (np.zeros(count, dtype=np.int64) for _ in range(3))
    places = np.arange(count)
    for period in range(1, min(_LONGEST, count // _FEWEST) + 1):
        again = values[:-period] == values[period:]
        if not again.any():
            continue
        # From each place on, how many in a row are the same one period later.
        here = places[: count - period]
        ends = np.minimum.accumulate(np.where(again, count - period, here)[::-1])[::-1]
        often = (ends - here) // period + 1
        covers = np.where(often >= _FEWEST, often * period, 0)
        better = np.flatnonzero(covers > best[: count - period])
        best[better], periods[better], turns[better] = covers[better], period, often[better]
    found: list[list[list[int]]] = []
    at = 0
    while at < count:
        if turns[at]:
            ends_at = at + int(best[at])
            step = int(periods[at])
            found.append([list(range(i, i + step)) for i in range(at, ends_at, step)])
            at = ends_at
        elif found and len(found[-1]) == 1:
            found[-1][0].append(at)
            at += 1
        else:
            found.append([[at]])
            at += 1
    return found


def whole_turns(
    repeating: list[list[list[int]]], signs: Sequence[int], begins: Collection[int]
) -> list[list[list[int]]]:
    """The same, where what repeats is several turns of a loop that differ: each turn begins with
    the same line, one of those in `begins`. What comes behind may be a last turn that is shorter.
    """
    found: list[list[list[int]]] = []
    for turns in repeating:
        before = found[-1] if found else []
        if len(before) > 1 and len(turns) == 1 and signs[turns[0][0]] == signs[before[0][0]]:
            known = {signs[i] for turn in before for i in turn}
            more = list(takewhile(lambda i, known=known: signs[i] in known, turns[0]))  # type: ignore[misc]
            if signs[more[0]] in begins:
                before.append(more)
                turns = [turns[0][len(more) :]] if len(more) < len(turns[0]) else []
        if len(turns) > 1 and signs[turns[0][0]] in begins:
            first = signs[turns[0][0]]
            cut: list[list[int]] = []
            for i in (i for turn in turns for i in turn):
                if signs[i] == first:
                    cut.append([])
                cut[-1].append(i)
            turns = cut
        found += [turns] if turns else []
    return found
