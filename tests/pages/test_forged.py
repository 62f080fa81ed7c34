"""A browser may send anything under a widget's name. The page answers as it always does."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from components import address
from tests.conftest import ALL_DONE
from tests.pages.reading import title
from tests.pages.test_lessons import opened

PAGES = {
    "explorer": {"select": "node-1", "large": "w"},
    "playground": {"example": "rnn"},
    "lessons": {},
    "museum": {"done": ALL_DONE},
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
    assert len(names) > 5

    for kind, value in FORGED:
        app._run(WidgetStates(widgets=[forged(name, kind, value) for name in names]))

        assert not app.exception, (kind, value)
        if title(app) != expected:  # what is no choice lets go of the section: on to its index
            app = opened(page, "en", **PAGES[page])


def test_what_is_no_option_changes_nothing_in_the_address():
    app = opened("playground", "en", example="rnn")
    before = dict(app.query_params)
    for key in ("example_choice", "pass_choice", "language_choice"):
        (widget,) = [
            one for one in (*app.pills, *app.selectbox, *app.segmented_control) if one.key == key
        ]
        kind = "string_value" if key == "pass_choice" else "string_array_value"
        value = "no such option" if key == "pass_choice" else ["no such option"]

        app._run(WidgetStates(widgets=[forged(widget.proto.id, kind, value)]))

        assert not app.exception
        assert {**app.query_params} == before, key


@pytest.mark.parametrize("example", ["no such example", ""])
def test_a_forged_example_is_no_example(example):
    app = opened("playground", "en")
    (pills,) = [pill for pill in app.pills if pill.key == "example_choice"]

    app._run(WidgetStates(widgets=[forged(pills.proto.id, "string_array_value", [example])]))

    assert not app.exception
    assert app.query_params.get("example", ["-"])[0] in ("-", *address.EXAMPLES)
