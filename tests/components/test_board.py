import pytest
import streamlit

from components import board as boards
from components.assets import Mount, collected
from components.board import board, columns, drawn_when_opened, slide
from components.prose import show


@pytest.fixture
def mounted(monkeypatch):
    """What a board sends, and what it does with a report."""
    sent = []
    monkeypatch.setattr(
        boards, "_mount", lambda key, data, report: sent.append((key, data, report))
    )
    return sent


def put(key, data=0, **events):
    collected.get().append(Mount("graph_view", key, data, events))


def test_prose_components_and_columns_become_one_element(mounted):
    with board("page"):
        show("<p>a</p>", "<p>b</p>")
        left, right = columns(13, 11)
        with left:
            put("graph", {"boxes": []})
        with right:
            show("c")
        show("d")

    ((key, data, _),) = mounted
    assert key == "page"
    assert data == [
        "<p>a</p><p>b</p>",
        {"weights": (13, 11), "columns": [[["graph_view", "graph", {"boxes": []}]], ["c"]]},
        "d",
    ]
    assert collected.get() is None


def test_a_report_reaches_the_part_that_it_is_about(mounted):
    heard = []
    with board("page"):
        put("one", selection=heard.append)
        (column,) = columns(1)
        with column:
            put("two", selection=lambda value: heard.append((2, value)))

    report = mounted[0][2]
    report(["two", "selection", "node-1"])
    report(["one", "selection", "node-0"])

    assert heard == [(2, "node-1"), "node-0"]


@pytest.mark.parametrize(
    "report",
    [
        None,
        7,
        "one",
        [],
        ["one"],
        ["one", "other", 1],
        ["none", "selection", 1],
        ["", "open", "none"],
        ["", "open", 1],
        [[], {}, 1],
    ],
)
def test_a_report_of_something_else_is_let_pass(mounted, report):
    with board("page"):
        put("one", selection=lambda _: pytest.fail("not asked for"))

    mounted[0][2](report)


def test_a_page_that_fails_sends_no_half_board_and_closes_it(mounted):
    with pytest.raises(ZeroDivisionError), board("page"):
        show("a")
        1 / 0  # noqa: B018

    assert not mounted
    assert collected.get() is None


def test_what_takes_time_is_drawn_once_its_section_has_been_opened(mounted, monkeypatch):
    session = {}
    monkeypatch.setattr(streamlit, "session_state", session)
    drawn = []

    def draw(*, unfold=False, board_key="page"):
        mounted.clear()
        with board(board_key):
            drawn_when_opened("proof", lambda: (drawn.append(1), show("p")), unfold=unfold)
        return mounted[0][1:]

    data, report = draw()
    assert (data, drawn) == ([{"title": "proof", "open": False, "parts": None}], [])

    report(["", "open", "another"])
    assert draw()[0][0]["parts"] is None

    report(["", "open", "proof"])
    shown = [{"title": "proof", "open": False, "parts": ["p"]}]
    assert draw()[0] == shown
    assert draw(board_key="other")[0][0]["parts"] is None
    assert drawn == [1]


def test_a_section_that_the_page_opens_is_drawn_and_stays(mounted, monkeypatch):
    monkeypatch.setattr(streamlit, "session_state", {})
    for unfold in (True, False):
        with board("page"):
            drawn_when_opened("card", lambda: show("c"), unfold=unfold)

    assert [data[0]["parts"] for _, data, _ in mounted] == [["c"], ["c"]]


def test_columns_need_a_board():
    with pytest.raises(RuntimeError, match="board"):
        columns(1, 1)


def test_a_slide_holds_parts_wherever_it_stands_and_an_empty_one_is_none(mounted):
    heard = []
    with board("page"):
        (column,) = columns(1)
        with column, slide("figure"):
            put("graph", selection=heard.append)
            show("a")
        with slide("empty"):
            pass

    ((_, data, report),) = mounted
    slides = {"slide": "figure", "order": 0, "parts": [["graph_view", "graph", 0], "a"]}
    assert data == [{"weights": (1,), "columns": [[slides]]}]
    report(["graph", "selection", "node-2"])
    assert heard == ["node-2"]
