"""A browser may send anything under a widget's name. The page answers as it always does."""

import json
import re
from dataclasses import asdict

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

import autograd_explorer as ax
from tests.conftest import ALL_DONE
from tests.pages.reading import leaks_of, title
from tests.pages.test_lessons import opened

PAGES = {
    "explorer": {"select": "node-1", "large": "w"},
    "playground": {"example": "rnn"},
    "lessons": {},
    "museum": {"done": ALL_DONE, "exhibit": "leaf_in_place"},
    "vectors": {"vector": "own", "done": ALL_DONE},
    "training": {"done": ALL_DONE},
}
EVENTS = (
    '{"event": "selection", "value": ["node-1"]}',
    '[{"event": "selection", "value": {}}, {"event": "step", "value": 1e999}]',
    '{"event": "layer", "value": true}',
    '{"event": "enlarge", "value": ["w"]}',
    '{"event": "report", "value": ["graph_view graph", "selection", ["a"]]}',
    '{"event": "run", "value": {"source": 1}}',
    '{"event": "run", "value": "\\ud800"}',
    '{"event": "move", "value": {"n_in": NaN, "n_out": "x", "seed": -1, "x": [], "y": {}}}',
    '{"event": ["move"], "value": 1}',
    '[{"event": "present", "value": {"n_in": 1}}, {"event": "go", "value": ["lessons"]}]',
    "NaN",
    "null",
    "{",
)
FORGED = (
    *(("json_trigger_value", text) for text in EVENTS),
    ("json_value", "{"),
    ("json_value", '{"move": 3}'),
    ("int_array_value", [99, -1]),
    ("double_array_value", [float("nan")]),
    ("double_array_value", [99.0, 0.3, 1.0]),
    ("double_array_value", []),
    ("string_array_value", ["no such option", "nor this"]),
    ("string_value", "no such option"),
    ("int_value", 2**40),
    ("bool_value", True),
    ("bytes_value", b"\xff"),
)


TRIGGERS = "$$STREAMLIT_INTERNAL_KEY_{}__events"  # of a component, under which it reports


def reports(app, key, *events):
    """What the component of that key reports, as its browser would send it."""
    (name,) = [name for name in widgets(app._tree) if name.endswith(f"-{key}")]
    sent = json.dumps([{"event": event, "value": value} for event, value in events])
    return WidgetStates(widgets=[forged(TRIGGERS.format(name), "json_trigger_value", sent)])


def widgets(block):
    """The ids of all widgets in a part of a page."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from widgets(child)
        elif isinstance(name := getattr(child.proto, "id", ""), str) and name:
            yield name


def forged(name, kind, value):
    made = WidgetState(id=name)
    if kind.endswith("array_value"):
        getattr(made, kind).data.extend(value)
    else:
        setattr(made, kind, value)
    return made


@pytest.mark.parametrize("page", PAGES)
def test_whatever_a_browser_sends_for_a_widget_the_page_stands(page):
    app = opened(page, "en", **PAGES[page])
    expected = title(app)
    names = list(widgets(app._tree))
    assert len(names) >= 3  # the loader, the header, and what the page has of its own

    for kind, value in FORGED:
        # A component's triggers have a name of their own; under its id they reach nothing.
        spelled = [TRIGGERS.format(name) for name in names] + names
        app._run(WidgetStates(widgets=[forged(name, kind, value) for name in spelled]))

        assert not app.exception, (kind, value)
        assert not leaks_of(app), (kind, value)
        if title(app) != expected:  # a button led on
            app = opened(page, "en", **PAGES[page])


GRABBED = {"name": "w", "place": [2, 0], "value": 1.5, "settled": True}
REACHING = (
    ("explorer", "first_screen", "report", ["graph", "selection", "node-1"], "select"),
    ("explorer", "first_screen", "report", ["program", "selection", "line-2"], "select"),
    ("explorer", "first_screen", "report", ["probe", "step", True], "changes"),
    ("explorer", "first_screen", "report", ["probe", "rate", "3"], "lr"),
    ("explorer", "first_screen", "report", ["probe", "grab", GRABBED], "changes"),
    ("explorer", "dials", "move", {**asdict(ax.Problem()), "n_in": 9, "settled": True}, "n_in"),
    ("explorer", "header", "go", "museum", "page"),
    ("museum", "wall", "open", "carried_state", "exhibit"),
    ("explorer", "header", "language", "ja", "lang"),
    ("explorer", "header", "present", ["n_in"], "present"),
    ("playground", "pane", "report", ["editor", "run", "x = 1"], "code"),
    ("playground", "pane", "report", ["editor", "example", "rnn"], "example"),
    ("playground", "pane", "report", ["editor", "selection", "line-7"], "select"),
    ("playground", "pane", "report", ["timeline", "moment", 3], "t"),
)
VALUES = (
    None, True, -1, 10**30, 0.5, float("nan"), float("inf"), "", "node-1\0", "node-999999999", "x" * 2000,
    [], ["w"], {}, {"n_in": {}}, {"settled": "x"}, GRABBED | {"name": "v"}, GRABBED | {"place": [9, 9]},
    GRABBED | {"place": ["0", None]}, GRABBED | {"value": 1e9}, GRABBED | {"value": "1"}, GRABBED | {"place": 3}, [[[[[[]]]]]], "\ud800", "../../etc/passwd",
)  # fmt: skip
EVENTS_OF_PARTS = (
    "selection", "layer", "step", "enlarge", "move", "run", "report", "go", "language", "share",
    "none", "", "grab", "rate", "moment", "open", "example", "choose",
)  # fmt: skip


@pytest.mark.parametrize(("page", "key", "event", "value", "written"), REACHING)
def test_what_the_next_test_forges_would_arrive_if_it_were_true(page, key, event, value, written):
    app = opened(page, "en")
    before = app.query_params.get(written)

    app._run(reports(app, key, (event, value)))

    assert app.query_params.get(written) != before


@pytest.mark.parametrize("page", ["explorer", "playground", "life"])
def test_whatever_a_component_reports_the_page_stands(page):
    app = opened(page, "en")
    expected = title(app)
    boards, alone = components(app)
    assert alone and any(boards.values())

    for value in VALUES:
        events = [(event, value) for event in EVENTS_OF_PARTS]
        app = opened(page, "en")  # what the editor ran may have left no graph
        for key in sorted(alone, key="editor".__eq__):
            stands(app, reports(app, key, *events), expected, (key, value))
        for key, parts in boards.items():
            every = [("report", [part, *event]) for part in parts for event in events]
            stands(app, reports(app, key, *every), expected, (key, value))


def stands(app, states, expected, told):
    app._run(states)

    assert not app.exception, told
    assert not leaks_of(app), told
    assert title(app) == expected, told


def components(app):
    """The boards, each with the keys of what stands on it; and the keys of what stands alone."""
    boards, alone = {}, []
    for element in app.get("bidi_component"):
        key = element.proto.id.split("-", 2)[2]
        if element.proto.component_name.endswith(".board"):
            boards[key] = re.findall(r'\["[a-z_]+", "([a-z_]+)", [{[]', element.proto.json)
        else:
            alone.append(key)
    return boards, alone


@pytest.mark.parametrize(
    "report",
    [
        ["editor", "example", "no such example"],
        ["editor", "example", ""],
        ["editor", "example", ["rnn"]],
        ["pass", "choose", "1"],
        ["pass", "choose", 1.0],
    ],
)
def test_what_is_no_option_changes_nothing_in_the_address(report):
    app = opened("playground", "en", example="rnn")
    before = dict(app.query_params)

    app._run(reports(app, "pane", ("report", report)))

    assert not app.exception
    assert {**app.query_params} == before


def test_the_address_is_read_as_streamlit_has_it_before_and_after_it_is_written():
    def script():
        import streamlit as st

        from components.address.key import Key, rewrite

        def read():
            names = ("seed", "lang", "code", "a b", "empty", "embed", "none")
            return [
                (Key(name, str, "", "").given(), st.query_params.get_all(name)) for name in names
            ]

        read_first = read()
        Key("lang", str, "", "").write("日本 & =")
        Key("code", str, "", "").drop()
        read_then = read()
        rewrite(("seed",), {"none": "1"})
        st.session_state["read"] = [read_first, read_then, read()]

    app = AppTest.from_function(script)
    for name, value in {"seed": ["7", "8"], "lang": "ja", "code": "x+y", "a b": "+%"}.items():
        app.query_params[name] = value
    app.query_params["empty"], app.query_params["embed"] = "", "true"
    for pairs in app.run().session_state["read"]:
        assert [ours for ours, _ in pairs] == [theirs for _, theirs in pairs]
    assert [ours for ours, _ in pairs] == [[], ["日本 & ="], [], ["+%"], [""], [], ["1"]]
