"""Numbers of every kind through everything that draws them.

Nothing may raise; what is sent has to be JSON, which has no NaN and no infinity; and wherever a
number is not finite, there is its mark.
"""

import base64
import itertools
import json

import numpy as np
import plotly.graph_objects as go
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import autograd_explorer as ax
import texts
from autograd_explorer.recording.snapshot import view_of
from components.charts import Surface, build_surface
from components.graph_view import build_graph
from components.heatmaps import Group, Matrix, build_enlarged, build_group
from components.matrix import build_matrix, glyph, pack, real
from components.node_card import build_edge, build_node
from components.prediction import build_prediction
from components.program_view import build_program, number
from components.prose import table
from components.series import Panel, Series, build_series
from components.steps import build_steps
from components.tables import (
    build_all_tensors,
    build_edges,
    build_nodes,
    build_numbers,
    build_tensors,
)
from components.theme import NONFINITE
from tests.components.test_builds import contrast

SAY = {name: texts.for_page(name, "ja") for name in ("graph", "program", "explorer")}
EDGE = (0.0, -0.0, 1.0, -1.5, np.nan, np.inf, -np.inf, 5e-324, 1e-45, 1e38, -1e38, 1e308, -1e308)
SHAPES = ((), (1,), (3,), (2, 3), (17, 2), (2, 1, 3), (0,), (0, 3), (3, 0), (2, 0, 4), (1, 10_000))
KINDS = {
    "float32": st.sampled_from(EDGE).map(np.float32),
    "float64": st.sampled_from(EDGE) | st.floats(),
    "float16": st.sampled_from(EDGE).map(np.float16),
    "complex64": st.builds(complex, st.sampled_from(EDGE[:7]), st.sampled_from(EDGE[:7])),
    "complex128": st.builds(complex, st.sampled_from(EDGE), st.sampled_from(EDGE)),
    "int64": st.sampled_from((0, -1, 2**24 + 1, 2**63 - 1, -(2**63))),
    "uint8": st.integers(0, 255),
    "bool": st.booleans(),
}
few = settings(max_examples=60, deadline=None, derandomize=True)
# NumPy warns of what it is asked to narrow, on the way here; not of anything that is tested.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered in cast")


def strict(payload):
    json.dumps(payload, allow_nan=False)


def arrays(kinds=tuple(KINDS), shapes=SHAPES):
    def filled(kind, shape):
        fill = np.zeros(shape, kind)
        some = hnp.arrays(kind, min(fill.size, 6), elements=KINDS[kind])
        # Some numbers repeated: 10,000 drawn one by one would take a second.
        return some.map(lambda values: np.resize(values, shape) if fill.size else fill)

    pairs = st.tuples(st.sampled_from(kinds), st.sampled_from(shapes))
    return pairs.flatmap(lambda pair: filled(*pair))


def decoded(built, key="values"):
    sent = np.frombuffer(base64.b64decode(built[key]), "<f8" if built.get("wide") else "<f4")
    return sent.reshape(built["rows"], built["cols"])


@few
@given(arrays())
def test_a_matrix_arrives_as_it_is(values):
    cells = real(np.atleast_2d(values))
    for built in (build_matrix("m", values), pack(values)):
        strict(built)
        sent = decoded(built)
        assert sent.size == values.size
        wanted = cells.astype(np.float64)
        assert np.array_equal(sent, wanted.reshape(sent.shape), equal_nan=True)
    assert np.iscomplexobj(values) == build_matrix("m", values)["name"].startswith("|")


@few
@given(arrays(shapes=[shape for shape in SHAPES if len(shape) < 3]))
def test_heatmaps_and_their_charts_take_every_number_and_mark_what_is_not_finite(values):
    matrix = Matrix("m", "w", values, values.shape)
    group = Group("g", (matrix, Matrix("none", "b", None, (3,))))
    assert np.isfinite(group.peak) and group.peak > 0
    strict(build_group(group))
    if not values.size:
        return

    chart = build_enlarged(matrix, group.peak)
    chart.to_json()

    odd = ~np.isfinite(real(np.atleast_2d(values)))
    marks = [trace for trace in chart.data if trace.text is not None]
    assert len(marks) == odd.any()
    if marks:
        assert np.array_equal(np.isfinite(marks[0].z), odd)
        shown = [[bool(text) for text in row] for row in marks[0].text]
        assert np.array_equal(shown, odd)


@few
@given(arrays(("float32", "float64", "float16", "int64"), [(1,), (3,), (9,), (40,)]))
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_bars_and_points_have_a_place_for_every_number_or_say_which_it_is(values):
    floats = values.astype(float)
    steps = [str(i) for i in range(len(values))]
    for log, hidden in itertools.product((False, True), (None, 1)):
        panels = [Panel("t", {"a": values, "b": -floats})]
        built = build_series(Series("t", panels, steps, "x", log=log), hidden)
        json.dumps(built, allow_nan=False)
        for step, cells in enumerate(built["panels"][0]["cells"]):
            if hidden is not None and step >= hidden:
                assert cells is None
                continue
            for (place, text), value in zip(cells, (floats[step], -floats[step]), strict=True):
                if np.isfinite(value) and (value > 0 or not log):
                    assert 0 <= place <= 1
                else:
                    assert place is None and text == (glyph(value) or f"{value:.3g}")


def strictly(figure):
    """A figure as it is sent: JSON has no NaN, and Plotly takes what is larger for no number. Its
    every value is looked at here, for charts are made without that."""

    def refuse(name):
        raise AssertionError(name)

    json.loads(figure.to_json(), parse_constant=refuse)
    go.Figure(figure.to_dict())  # raises ValueError for what Plotly does not know
    for trace in figure.data:
        sizes = [np.abs(trace[axis]) for axis in ("x", "y", "z") if axis in trace]
        assert not any((size > 1e304).any() for size in sizes)


@few
@given(arrays(("float32", "float64"), [(2, 3), (5, 2)]))
def test_a_surface_takes_every_number(values):
    with np.errstate(all="raise"):
        surface = Surface(
            "t",
            np.abs(values),
            values[:, 0].astype(float),
            values[0].astype(float),
            (values[:, 0], values[:, 1]),
            *("w", "b", "loss", "step"),
        )
        figure = build_surface(surface)
        strictly(figure)
        assert np.isfinite(figure.data[0].z).all()


@few
@given(arrays(("float32", "float64"), [(1,), (3,)]), arrays(("float32",), [()]))
def test_the_prediction_takes_every_number(values, loss):
    built = build_prediction(loss, values, np.zeros_like(values), SAY["explorer"])

    strict(built)
    assert [
        text for _, _, text in built["outputs"] if not text[0].isdigit() and text[0] != "-"
    ] == [glyph(v) for v in values if not np.isfinite(v)]


def record(values):
    """A graph of three nodes through which an array travels backward."""
    gradient = torch.from_numpy(values.copy())
    leaf = torch.ones_like(gradient, requires_grad=True)
    return ax.trace_backward(leaf * 1, gradient=gradient)


@few
@given(arrays(("float32", "float64", "float16", "complex64", "complex128")))
def test_a_graph_and_its_cards_take_every_number_and_mark_what_is_not_finite(values):
    graph = record(values)
    kind = ax.nonfinite(values)

    built = build_graph(graph, SAY["graph"])
    strict(built)
    strict(build_steps(graph, SAY["graph"]))
    for node in graph.nodes:
        strict(build_node(graph, node.id, SAY["graph"]))
    for edge in graph.edges:
        strict(build_edge(graph, edge, SAY["graph"]))

    carried = [link for link in built["links"] if link["gradient"] is not None]
    assert carried and {link["nonfinite"] for link in carried} == {kind}
    nodes = [box for box in built["boxes"] if box["kind"] != "none"]
    assert {box.get("nonfinite", "") for box in nodes} == {kind}
    assert nodes[0].get("starts", "") == kind
    if values.size <= 3 and values.dtype.kind == "f":
        marks = {glyph(float(v)) for v in values.flat} - {""}
        assert all(mark in carried[0]["gradient"] for mark in marks)


@few
@given(arrays(("float32", "float64", "float16", "complex64", "complex128")))
def test_tables_to_be_searched_take_every_number(values):
    graph = record(values)

    assert len(build_nodes(graph)) == len(graph.nodes)
    assert len(build_edges(graph)) == len(graph.edges)
    if values.ndim <= 2:
        assert build_numbers(values).size == values.size


TENSORS = {
    "sparse": "torch.eye(3).to_sparse() * float('nan')",
    "bfloat16": "torch.tensor([1e38, float('inf')], dtype=torch.bfloat16)",
    "complex": "torch.tensor([(-1) ** 0.5, 2]) * float('nan')",
    "empty": "torch.zeros(0, 3)",
    "huge": "torch.zeros(1).expand(10**6)",
    "integers": "torch.tensor([2**63 - 1, -2**63])",
    "truth": "torch.tensor([True, False])",
    "none": "torch.tensor(-0.0)",
    "plain": "(-1) ** 0.5",
    "large": "10 ** 400",
}


@pytest.mark.parametrize("name", TENSORS)
def test_a_program_with_a_value_of_any_kind_is_shown(name):
    run = ax.run(f"import torch\nv = {TENSORS[name]}\nw = torch.ones(2, requires_grad=True)\n")
    view = run.variables.get("v")

    built = build_program(run, SAY["program"])
    strict(built)
    tensors = [key for key, value in run.variables.items() if isinstance(value, ax.TensorView)]
    if tensors:
        table(build_tensors(run, SAY["explorer"], tensors), "t")
        assert [*build_all_tensors(run).index] == tensors
    if isinstance(view, ax.TensorView):
        marks = [mark["kind"] for mark in built["lines"][1].get("marks", [])]
        assert marks == [kind for kind in [ax.nonfinite(view.values)] if kind]


@pytest.mark.parametrize(
    ("tensor", "shown"),
    [
        (torch.tensor(True), "True"),
        (torch.tensor(2**53 + 1), str(2**53 + 1)),
        (torch.tensor(-(2**63)), str(-(2**63))),
        (torch.tensor(-0.0), "-0"),
        (torch.tensor(5e-324, dtype=torch.float64), "4.94e-324"),
        (torch.tensor(1e308, dtype=torch.float64), "1.0000e+308"),
        (torch.tensor(complex(0, -np.inf)), "0-infj"),
    ],
)
def test_a_number_beside_a_line_is_the_one_it_is(tensor, shown):
    assert number(view_of(tensor).values) == shown


def test_the_mark_stands_out_by_lightness_and_can_be_read():
    ground, ink, edge = NONFINITE
    assert contrast(ground, ink) >= 7
    assert contrast(ground, "#5096CE") >= 3 and contrast(ground, "#DB7F35") >= 3
    assert contrast(edge, "#15181C") >= 3  # on the dark page
