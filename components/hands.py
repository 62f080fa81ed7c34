"""A show of hands: how many of a class chose which answer, while somebody presents.

Counts only. A room is opened with its key, which whoever presents has, and only with that key is a
question asked in it. It is gone when the presentation ends, when nobody has looked at it for a
while, and in any case after two hours. All of it is in the memory of this process: a server beside
this one knows nothing of it.

What a browser sends decides which room, and which answer. So everything is checked against what
has been opened and asked, and everything is bounded.
"""

import secrets
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

MOST_ROOMS = 100
MOST_VOTERS = 400  # of one question
MOST_VOTES = 100_000  # of all rooms together
MOST_OPTIONS = 12
OLDEST = 2 * 60 * 60.0  # seconds since a room was opened
UNSEEN = 10 * 60.0  # seconds since whoever presents has looked
LONGEST = 64  # characters of a name


@dataclass(slots=True)
class _Question:
    """.form   what makes it another question, though it has the same name
    .votes  who → which option"""

    form: str
    options: int
    votes: dict[str, int] = field(default_factory=dict)
    revealed: bool = False


@dataclass(slots=True)
class _Room:
    key: str
    opened: float
    seen: float
    latest: str = ""  # the question that was asked last
    questions: dict[str, _Question] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a question stands.

    .form      as it was asked
    .counts    how many chose each option
    .revealed  whether whoever presents has shown the answer
    """

    form: str
    counts: tuple[int, ...]
    revealed: bool


class Hands:
    """All rooms of this process.

    names  what questions may be called
    """

    def __init__(self, names: Collection[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._names = frozenset(names)
        self._clock = clock
        self._lock = threading.Lock()
        self._rooms: dict[str, _Room] = {}

    def ask(
        self, room: str, key: str, question: str, form: str, options: int, *, revealed: bool
    ) -> Standing | None:
        """Ask a question in a room, which is opened if need be; how it stands by now.

        Asked in another form it begins anew. None where the key is not the room's, where there are
        too many rooms, and for what is no question.
        """
        known = question in self._names and len(form) <= LONGEST
        if not known or not 1 <= options <= MOST_OPTIONS:
            return None
        with self._lock:
            found = self._opened(room, key)
            if found is None:
                return None
            asked = found.questions.get(question)
            if asked is None or (asked.form, asked.options) != (form, options):
                asked = found.questions[question] = _Question(form, options)
            asked.revealed = revealed
            found.latest = question
            return _standing(asked)

    def vote(self, room: str, question: str, form: str, option: int, voter: str) -> bool:
        """Count a vote, in the place of that voter's earlier one; whether it counts.

        It does while the question is asked there, in this very form, and not yet answered.
        """
        with self._lock:
            asked = self._asked(room, question, form)
            if asked is None or asked.revealed or not 0 <= option < asked.options:
                return False
            if voter not in asked.votes and (
                len(voter) > LONGEST
                or len(asked.votes) >= MOST_VOTERS
                or self._count() >= MOST_VOTES
            ):
                return False
            asked.votes[voter] = option
            return True

    def standing(self, room: str, question: str, form: str) -> Standing | None:
        """How a question stands; None where it is not asked there in this form."""
        with self._lock:
            asked = self._asked(room, question, form)
            return None if asked is None else _standing(asked)

    def latest(self, room: str, key: str) -> Standing | None:
        """How the question stands that was asked last; for whoever presents, and looks on."""
        with self._lock:
            found = self._opened(room, key) if room in self._rooms else None
            asked = found.questions.get(found.latest) if found else None
            return None if asked is None else _standing(asked)

    def close(self, room: str, key: str) -> None:
        """Forget a room; with its key alone."""
        with self._lock:
            found = self._rooms.get(room)
            if found is not None and secrets.compare_digest(found.key.encode(), key.encode()):
                del self._rooms[room]

    def _opened(self, room: str, key: str) -> _Room | None:
        now = self._clock()
        self._forget(now)
        found = self._rooms.get(room)
        if found is None:
            if len(self._rooms) >= MOST_ROOMS or max(len(room), len(key)) > LONGEST:
                return None
            found = self._rooms[room] = _Room(key, opened=now, seen=now)
        if not secrets.compare_digest(found.key.encode(), key.encode()):
            return None
        found.seen = now
        return found

    def _asked(self, room: str, question: str, form: str) -> _Question | None:
        self._forget(self._clock())
        found = self._rooms.get(room)
        asked = found.questions.get(question) if found else None
        return asked if asked is not None and asked.form == form else None

    def _forget(self, now: float) -> None:
        for name, room in tuple(self._rooms.items()):
            if now - room.opened > OLDEST or now - room.seen > UNSEEN:
                del self._rooms[name]

    def _count(self) -> int:
        return sum(
            len(asked.votes) for room in self._rooms.values() for asked in room.questions.values()
        )


def _standing(asked: _Question) -> Standing:
    counts = [0] * asked.options
    for option in asked.votes.values():
        counts[option] += 1
    return Standing(asked.form, tuple(counts), asked.revealed)
