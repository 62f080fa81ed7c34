"""A show of hands: what is counted, who may ask, and what nobody can make it do."""

import threading
import tracemalloc

import pytest

from components import hands
from components.hands import Hands

ROOM, KEY = "room", "key of the room"


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(clock):
    return Hands(("backward", "leaf"), clock)


def ask(store, question="backward", form="f", options=3, *, key=KEY, revealed=False, room=ROOM):
    return store.ask(room, key, question, form, options, revealed=revealed)


def counts(store, form="f", question="backward", room=ROOM):
    standing = store.standing(room, question, form)
    return standing and standing.counts


def test_each_voter_has_one_hand_and_may_change_it(store):
    assert ask(store).counts == (0, 0, 0)

    for voter, option in (("a", 0), ("b", 2), ("c", 2), ("a", 1), ("a", 1)):
        assert store.vote(ROOM, "backward", "f", option, voter)

    assert counts(store) == (0, 1, 2)
    assert store.latest(ROOM, KEY).counts == (0, 1, 2)


def test_nobody_votes_before_it_is_asked_nor_once_the_answer_is_out(store):
    assert not store.vote(ROOM, "backward", "f", 0, "a")
    ask(store)
    assert not store.vote(ROOM, "leaf", "f", 0, "a")
    assert not store.vote(ROOM, "backward", "another form", 0, "a")
    assert store.vote(ROOM, "backward", "f", 0, "a")

    assert ask(store, revealed=True).counts == (1, 0, 0)
    assert not store.vote(ROOM, "backward", "f", 1, "a")
    assert not store.vote(ROOM, "backward", "f", 1, "b")
    assert counts(store) == (1, 0, 0)


def test_asked_in_another_form_it_begins_anew_and_asked_again_it_goes_on(store):
    ask(store)
    store.vote(ROOM, "backward", "f", 0, "a")

    assert ask(store).counts == (1, 0, 0)
    assert ask(store, form="g", options=2).counts == (0, 0)
    assert counts(store) is None


def test_only_the_key_asks_looks_and_closes(store):
    ask(store)
    store.vote(ROOM, "backward", "f", 0, "a")

    assert ask(store, key="another", form="g") is None
    assert store.latest(ROOM, "another") is None
    store.close(ROOM, "another")
    assert counts(store) == (1, 0, 0)
    store.close(ROOM, KEY)
    assert counts(store) is None
    assert not store.vote(ROOM, "backward", "f", 0, "a")


def test_to_look_opens_no_room(store):
    assert store.latest(ROOM, KEY) is None
    assert store.latest(ROOM, KEY) is None
    assert not store._rooms


def test_a_room_that_nobody_looks_at_is_forgotten_and_any_after_two_hours(store, clock):
    ask(store)
    clock.now += hands.UNSEEN - 1
    assert store.latest(ROOM, KEY)
    clock.now += hands.UNSEEN + 1
    assert counts(store) is None

    ask(store)
    for _ in range(int(hands.OLDEST // 60)):
        clock.now += 60
        assert store.latest(ROOM, KEY)
    clock.now += 1
    assert store.latest(ROOM, KEY) is None


@pytest.mark.parametrize("option", [-1, 3, 10**9])
def test_an_option_that_there_is_not_is_no_vote(store, option):
    ask(store)
    assert not store.vote(ROOM, "backward", "f", option, "a")
    assert counts(store) == (0, 0, 0)


@pytest.mark.parametrize(
    "asked",
    [
        {"question": "no such question"},
        {"options": 0},
        {"options": hands.MOST_OPTIONS + 1},
        {"form": "f" * 65},
        {"room": "r" * 65},
        {"key": "k" * 65},
    ],
)
def test_what_is_no_question_is_not_asked(store, asked):
    assert ask(store, **asked) is None
    assert not store._rooms


def test_however_many_rooms_are_wanted_those_that_are_open_stay_open(store):
    ask(store)
    store.vote(ROOM, "backward", "f", 0, "a")

    opened = [ask(store, room=f"r{i}", key=f"k{i}") for i in range(2 * hands.MOST_ROOMS)]

    assert len([one for one in opened if one]) == hands.MOST_ROOMS - 1
    assert counts(store) == (1, 0, 0)
    assert store.vote(ROOM, "backward", "f", 1, "b")


def test_votes_are_bounded_and_who_has_voted_may_still_change(store, monkeypatch):
    monkeypatch.setattr(hands, "MOST_VOTERS", 5)
    ask(store)
    assert [store.vote(ROOM, "backward", "f", 0, str(i)) for i in range(7)] == [True] * 5 + [
        False
    ] * 2
    assert store.vote(ROOM, "backward", "f", 2, "0")
    assert counts(store) == (4, 0, 1)
    assert not store.vote(ROOM, "backward", "f", 0, "v" * 65)

    monkeypatch.setattr(hands, "MOST_VOTES", 6)
    ask(store, "leaf")
    assert [store.vote(ROOM, "leaf", "f", 0, str(i)) for i in range(3)] == [True, False, False]


def test_a_hostile_crowd_cannot_make_it_grow(store):
    """Far more than 400 voters, questions and forms from one room: it holds what it may hold."""
    ask(store)
    for i in range(hands.MOST_VOTERS):
        store.vote(ROOM, "backward", "f", 0, f"voter {i}")
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for i in range(20_000):
        store.vote(ROOM, "backward", "f", i % 3, f"another {i}")
        store.vote(f"room {i}", "backward", "f", 0, "a")
        store.standing(ROOM, f"question {i}", f"form {i}")
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()

    assert sum(counts(store)) == hands.MOST_VOTERS
    assert grown < 10_000


def test_many_threads_lose_no_vote(store):
    ask(store)

    def vote(name):
        for i in range(50):
            store.vote(ROOM, "backward", "f", i % 3, f"{name} {i % 5}")

    crowd = [threading.Thread(target=vote, args=(name,)) for name in range(16)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()

    assert sum(counts(store)) == 16 * 5
