import base64
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch

import autograd_explorer as ax
import texts
from autograd_explorer import course
from components.charts import (
    Surface,
    build_surface,
)
from components.graph_view import build_graph
from components.heatmaps import Group, Matrix, build_enlarged, build_group
from components.icons import LETTERS
from components.matrix import pack
from components.node_card import build_edge, build_node
from components.prediction import build_prediction
from components.program_view import build_program, number
from components.prose import inline, table
from components.searching import build_columns
from components.selection import selection_from
from components.steps import build_steps
from components.tables import (
    build_all_tensors,
    build_edges,
    build_grad_modes,
    build_leaves,
    build_modes,
    build_nodes,
    build_numbers,
    build_proof,
    build_tensors,
)
from components.theme import CHART_LINE, DIVERGING, IDENTITY, INK_ON_CELL, ROLES

SAY = texts.for_page("explorer", "en")
SAY_GRAPH = texts.for_page("graph", "en")
SAY_PROGRAM = texts.for_page("program", "en")
RUN = ax.run(ax.Problem().source)
OFF = ax.run(ax.Problem(recording=False).source)


def lines_that_are(program, state):
    return [i for i, line in enumerate(program["lines"], start=1) if state in line.get("is", [])]


def contrast(one, two):
    """WCAG 2 contrast ratio of two #rrggbb colours."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
def test_words_and_names_are_readable_on_every_ground(theme):
    readable = [pair[theme] for pair in IDENTITY.values()]
    readable += [ROLES[role][theme] for role in ("ink", "quiet", "accent", "back", "wrong")]
    for colour in readable:
        assert contrast(colour, ROLES["page"][theme]) >= 4.5
        assert contrast(colour, ROLES["raised"][theme]) >= 4.4
    assert contrast(ROLES["on-accent"][theme], ROLES["accent"][theme]) >= 4.5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1 - 2.5j, "1-2.5000j"),
        (3.0, "3"),
        (complex("nan"), "nan+0j"),
        (1e30, "1.0000e+30"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_beside_a_line_may_be_complex(value, text):
    assert number(value) == text


def test_numbers_are_readable_on_every_cell():
    assert all(contrast(INK_ON_CELL, colour) >= 4.5 for colour in DIVERGING)


def test_the_colours_of_streamlits_theme_are_those_of_ours():
    import tomllib

    config = tomllib.loads(Path(".streamlit/config.toml").read_text())["theme"]

    for at, theme in enumerate(("light", "dark")):
        for theirs, ours in {
            "backgroundColor": "page", "secondaryBackgroundColor": "raised", "textColor": "ink",
            "primaryColor": "accent", "borderColor": "line",
        }.items():  # fmt: skip
            assert config[theme][theirs] == ROLES[ours][at]


@pytest.mark.parametrize(
    "values, peak",
    [([[1.0, -3.0]], 3), ([0.0, 0.0], 1), ([np.nan, np.inf, -2.0], 2), ([np.nan], 1)],
)
def test_a_group_shares_the_largest_finite_magnitude(values, peak):
    array = np.array(values, dtype=np.float32)

    group = Group("g", (Matrix("a", "w", array, array.shape), Matrix("n", "b", None, (3,))))

    assert group.peak == peak


def test_a_matrix_travels_bit_for_bit():
    w = RUN.variables["w"]

    built = build_group(Group("g", (Matrix("w", "w", w.values, w.shape),)))["matrices"][0]

    sent = np.frombuffer(base64.b64decode(built["values"]), dtype="<f4").reshape(built["rows"], -1)
    assert (sent == w.values).all()
    assert built["shape"] == "(5, 3)"


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (2, 0, 4)])
def test_a_matrix_of_no_numbers_can_be_sent(shape):
    assert pack(np.zeros(shape, "f4"))["values"] == ""


@pytest.mark.parametrize("n, has_text", [(5, True), (16, True), (17, False), (64, False)])
def test_an_enlarged_matrix_is_centred_on_zero_and_drops_numbers_when_large(n, has_text):
    values = ax.run(ax.Problem(n_in=n, n_out=n).source).variables["w"].grad

    trace = build_enlarged(Matrix("w.grad", "w", values, values.shape), peak=0.5).data[0]

    assert (trace.zmin, trace.zmax) == (-0.5, 0.5)
    assert (trace.z == values).all()
    assert bool(trace.texttemplate) == has_text
    assert [colour for _, colour in trace.colorscale] == list(DIVERGING)


def test_the_drawn_graph_has_every_node_slot_and_gradient():
    built = build_graph(RUN.graph, SAY_GRAPH)

    nones = [box for box in built["boxes"] if box["kind"] == "none"]
    assert len(built["boxes"]) == len(RUN.graph.nodes) + len(nones)
    assert len(nones) == sum(edge.target is None for edge in RUN.graph.edges) == 2
    assert len(built["links"]) == len(RUN.graph.edges)
    assert {link["gradient"] for link in built["links"] if link["gradient"]} == {
        "+0.3313, +0.0626, +0.2530",
        "(5, 3) ‖g‖ 0.943",
    }
    assert max(link["strength"] for link in built["links"]) == 1
    assert {box["variable"] for box in built["boxes"] if "variable" in box} == {
        "loss",
        "z",
        "w",
        "b",
        "",
    }


def test_the_table_twin_says_what_each_node_saved_and_passes_on():
    table = build_graph(RUN.graph, SAY_GRAPH)["table"]
    rows = {row[0]: row for row in table["rows"]}

    assert len(rows) == len(RUN.graph.nodes)
    assert rows["0 BinaryCrossEntropyWithLogitsBackward0"][4] == (
        "+0.3313, +0.0626, +0.2530 → 1 AddBackward0; input 1: None"
    )
    assert "self (1, 5)" in rows["4 MmBackward0"][3]
    assert rows["5 AccumulateGrad"][1:] == ["w", "(5, 3)", "–", "w.grad"]


def test_choosing_a_node_lights_it_and_its_line_and_a_line_its_nodes():
    node, line = (selection_from(text) for text in ("node-1", "line-9"))
    graph = build_graph(RUN.graph, SAY_GRAPH, node)
    program = build_program(RUN, SAY_PROGRAM, node)
    by_line = build_graph(RUN.graph, SAY_GRAPH, line)

    assert (graph["selection"], graph["lit"]) == ("node-1", ["node-1"])
    assert lines_that_are(program, "lit") == [9]
    assert by_line["lit"] == ["node-1", "node-2", "node-4"]
    assert lines_that_are(program, "recorded") == [7, 8, 9, 10]


def test_a_cell_lights_the_nodes_on_its_way():
    cell = selection_from("cell-w.grad-1-2")

    lit = build_graph(RUN.graph, SAY_GRAPH, cell)["lit"]

    assert lit == [f"node-{i}" for i in (0, 1, 2, 4, 5)]


@pytest.mark.parametrize(
    "text", ["node-", "node-1-2", "edge-1", "cell-x.grad-0-0", "line-９", "<b>", ""]
)
def test_what_is_no_selection_is_none(text):
    assert selection_from(text) is None


def test_a_node_card_holds_formula_saved_tensors_and_checked_equations():
    card = build_node(RUN.graph, 4, SAY_GRAPH)
    (equation,) = card["equations"]

    assert card["forward"] == "self @ mat2"
    assert card["formulas"][1][0] == "grad_mat2" and "mm_mat2_backward" in card["formulas"][1][1]
    assert ["self", "(1, 5)", "20", SAY_GRAPH("card_held")] in [row[:4] for row in card["saved"]]
    assert equation["text"] == "grad_mat2 = selfᵀ @ grad"
    assert [term["name"] for term in equation["terms"]] == ["selfᵀ", "grad"]
    assert equation["agrees"]
    assert build_node(RUN.graph, 5, SAY_GRAPH)["note"] == SAY_GRAPH("card_leaf", name="w")


def test_a_node_without_a_rule_gets_its_formula_and_no_invented_equation():
    w = torch.ones(2, requires_grad=True)
    graph = ax.trace_backward(torch.erf(w).sum())

    card = build_node(graph, 1, SAY_GRAPH)

    assert card["equations"] == [] and card["forward"] == ""
    assert card["note"] == SAY_GRAPH("card_no_rule")
    assert [sent["name"] for sent in card["sends"]] == ["→ 2 AccumulateGrad"]
    assert "exp" in card["formulas"][0][1]


def test_an_edge_card_says_what_it_carried_or_that_it_leads_nowhere():
    carried = build_edge(RUN.graph, RUN.graph.edges[0], SAY_GRAPH)
    nowhere = build_edge(RUN.graph, RUN.graph.edges[1], SAY_GRAPH)

    assert "+0.3313, +0.0626, +0.2530" in carried["note"] and carried["upstream"]
    assert "None" in nowhere["title"] and not nowhere["upstream"]


def test_steps_follow_the_engine_and_fill_the_leaves():
    steps = build_steps(RUN.graph, SAY_GRAPH)

    assert list(steps) == [f"node-{i}" for i in RUN.graph.order]
    assert [
        step["texts"][-1]
        for step in steps.values()
        if "(w)" in step["title"] or "(b)" in step["title"]
    ] == [
        "It is added to b.grad.",
        "It is added to w.grad.",
    ]


def test_where_edges_meet_a_step_shows_the_sum_so_far():
    run = ax.run(
        "import torch\nw = torch.ones(2, requires_grad=True)\nz = w * w\nl = (z * 3 + z).sum()\nl.backward()\n"
    )

    texts_of_steps = [
        text for step in build_steps(run.graph, SAY_GRAPH).values() for text in step["texts"]
    ]

    assert sum("1 of 2 have arrived" in text for text in texts_of_steps) == 2  # into z, into w
    assert sum("2 of 2 have arrived" in text for text in texts_of_steps) == 2


def test_a_graph_without_gradients_can_be_drawn():
    run = ax.run("import torch\nw = torch.ones(2, requires_grad=True)\nz = w * 3\n")

    built = build_graph(run.graph, SAY_GRAPH)

    assert all(link["gradient"] is None for link in built["links"])


@pytest.mark.parametrize("name", ["rnn_by_hand", "residual_block", "shared_weights"])
def test_no_line_leaves_the_picture(name):
    run = ax.run(Path(f"tests/programs/{name}.py").read_text(encoding="utf-8"))

    built = build_graph(run.graph, SAY_GRAPH)

    bends = [slot for link in built["links"] for slot in link["bends"]]
    assert min(bends + [box["slot"] for box in built["boxes"]]) == 0


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), 1e30, 1e300])
def test_gradients_that_are_no_numbers_or_enormous_are_drawn_all_the_same(bad):
    x = torch.ones(2, requires_grad=True, dtype=torch.float64 if bad == 1e300 else torch.float32)
    graph = ax.trace_backward((x * torch.tensor([bad, 1.0], dtype=x.dtype)).sum())

    built = build_graph(graph, SAY_GRAPH)

    json.dumps(built, allow_nan=False)  # in a browser, NaN is no JSON
    assert all(0 <= link["strength"] <= 1 for link in built["links"])
    into_leaf = built["links"][-1] if built["links"][-1]["gradient"] else built["links"][-2]
    assert into_leaf["strength"] == 1


def test_the_graph_marks_what_is_not_finite_and_where_it_starts():
    x = torch.tensor([0.0, 4.0], requires_grad=True)
    graph = ax.trace_backward(x.sqrt().sum())

    built = build_graph(graph, SAY_GRAPH)

    marks = {
        box["name"]: (box["nonfinite"], box["starts"]) for box in built["boxes"] if "starts" in box
    }
    assert marks == {"SqrtBackward0": ("", "inf"), "AccumulateGrad": ("inf", "")}
    assert [link["nonfinite"] for link in built["links"]] == ["", "inf"]
    assert built["links"][1]["gradient"] == "+∞, +0.2500"
    assert "are all finite" in build_node(graph, 1, SAY_GRAPH)["starts"]
    assert build_node(graph, 0, SAY_GRAPH)["starts"] == ""


def test_the_program_view_holds_the_program_and_what_each_line_did():
    built = build_program(RUN, SAY_PROGRAM)
    notes = {number: line.get("note") for number, line in enumerate(built["lines"], start=1)}

    assert built["source"] == RUN.source
    assert len(built["lines"]) == len(RUN.source.splitlines())
    assert notes[5] == "(5,)  [1, 1, 1, 1, 1]"
    assert notes[7] == "(5, 3)"
    assert notes[10] == "2.2493"
    assert notes[12] == "True"
    assert "0x…" in notes[13]
    assert notes[17] == "added to b.grad, w.grad"
    assert lines_that_are(built, "failed") == []


def test_the_program_view_marks_lines_whose_values_or_gradients_are_not_finite():
    run = ax.run(
        "import torch\nx = torch.tensor([0.0, 4.0], requires_grad=True)\ny = x.sqrt()\n"
        "y.sum().backward()\nz = x / 0\nn = float('nan')\n"
    )

    lines = build_program(run, SAY_PROGRAM)["lines"]

    marks = [[(m["kind"], m["starts"]) for m in line.get("marks", [])] for line in lines]
    assert marks == [[], [], [("inf", True)], [("inf", False)], [("nan", False)], [("nan", False)]]
    assert lines[3]["marks"][0]["title"] == "A gradient added by this line contains ∞."


def test_the_program_view_marks_the_line_that_raised():
    built = build_program(OFF, SAY_PROGRAM)

    assert lines_that_are(built, "failed") == [18]
    assert built["lines"][17]["note"].startswith("RuntimeError: element 0 of tensors does")


def test_the_prediction_names_the_output_that_is_farthest_off():
    built = build_prediction(
        np.float32(0.5), np.array([0.1, 0.9, 0.4], "f4"), np.array([0, 0, 1], "f4"), SAY
    )

    assert built["loss"] == "0.5000"
    assert "Output 1" in built["meaning"] and "0.9000" in built["meaning"]


def test_tables_say_what_the_run_says():
    tensors = build_tensors(RUN, SAY)
    modes = build_grad_modes(RUN, OFF, SAY)

    assert tensors.loc["**z**", "grad_fn"] == "`AddBackward0`"
    assert tensors.loc["**w**", "is_leaf"] == f"{LETTERS['leaf']} `True`"  # with a drawing
    assert (*modes.loc["z.requires_grad"],) == ("`True`", "`False`")
    assert (*modes.loc["z.grad_fn"],) == ("`AddBackward0`", "`None`")
    assert (*modes.loc["nodes recorded"],) == ("`6`", "`0`")


def test_the_proof_measures_from_autograd_or_without_it_from_the_formula():
    recorded, unrecorded = (build_proof(ax.prove(run), SAY) for run in (RUN, OFF))

    assert "autograd" in recorded.columns[1]
    assert recorded.iloc[0, 1] == "reference"
    assert "formula" in unrecorded.columns[1]
    assert unrecorded.iloc[0, 0] == "`None`"


def test_the_tables_to_be_searched_have_a_row_a_node_an_edge_and_a_tensor():
    graph = RUN.graph
    nodes, edges, tensors = build_nodes(graph), build_edges(graph), build_all_tensors(RUN)

    assert [*nodes["name"]] == [node.name for node in graph.nodes]
    assert [nodes["shapes"][4], nodes["fired"][4]] == ["(1, 3)", 5]
    assert len(edges) == len(graph.edges) and edges["target"].isna().sum() == 2
    assert tensors.loc["w", "grad_norm"] == pytest.approx(torch.tensor(RUN.tensor("w").grad).norm())
    assert (
        nodes.to_csv()
        .splitlines()[1]
        .startswith("0,BinaryCrossEntropyWithLogitsBackward0,loss,10,(),1,1.0")
    )
    numbers = build_numbers(RUN.tensor("w").values)
    assert (numbers.to_numpy() == RUN.tensor("w").values).all()


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_column_to_be_searched_is_headed_in_both_languages(lang):
    say = texts.for_page("tables", lang)
    frames = build_nodes(RUN.graph), build_edges(RUN.graph), build_all_tensors(RUN)

    for frame in frames:
        heads = [column["label"] for column in build_columns(frame, say).values()]
        assert len(heads) == len(frame.columns) + 1 == len({*heads})
    assert [*build_columns(build_numbers(np.eye(2)), say)] == ["_index", "0", "1"]


def test_of_a_graph_too_large_for_one_message_the_first_rows_are_shown(monkeypatch):
    monkeypatch.setattr("components.tables.MOST_ROWS", 3)

    assert [*build_nodes(RUN.graph)["fired"]] == [1, 2, 4]
    assert len(build_edges(RUN.graph)) == 3


def test_a_surface_is_as_high_as_its_logarithm_and_its_path_lies_on_it():
    values = np.array([[1.0, 10.0], [100.0, np.inf]])
    path = np.array([0.0, 0.5]), np.array([0.0, 1.0])
    axis = np.array([0.0, 1.0])

    drawn = Surface("t", values, axis, axis, path, "w", "b", "loss", "step")

    surface, walk = build_surface(drawn).data

    assert surface.type == "surface"
    assert np.array(surface.z).tolist() == [[0.0, 1.0], [2.0, 2.0]]
    assert surface.text[1][1] == "+∞" and surface.text[0][1] == "10"
    assert "loss = %{text}" in surface.hovertemplate
    assert ([*walk.x], [*walk.y]) == ([0.0, 1.0], [0.0, 0.5])
    assert walk.marker.size[0] > walk.marker.size[1]
    assert np.array(walk.z) - 0.04 == pytest.approx([0.0, 1.5])


def test_what_is_drawn_stands_out_on_both_grounds():
    for colour in (CHART_LINE, *DIVERGING[::4]):
        for ground in ROLES["page"]:
            assert contrast(colour, ground) >= (2.7 if colour in DIVERGING else 3)


def test_a_line_of_prose_cannot_bring_markup_along():
    assert inline("`<b>` & **x**") == "<code>&lt;b&gt;</code> &amp; <b>x</b>"
    built = table(pd.DataFrame({"<i>": ["<script>"]}, index=["<b>"]), "<u>")
    assert not re.search("<(i|b|u|script)>", built) and "<td>&lt;script&gt;</td>" in built


def test_a_table_says_what_it_is_and_which_of_its_cells_are_headers():
    run = ax.run(course.leaf.program(ax.Problem()))
    say = texts.for_page("leaf", "en")

    for frame in (build_tensors(RUN, SAY), build_leaves(run, say, {}, told=True)):
        built = table(frame, "What it is")
        assert built.count("<caption>What it is</caption>") == 1
        assert built.count('<th scope="col">') == 1 + len(frame.columns)
        assert built.count('<th scope="row">') == len(frame)


def test_the_mode_that_is_chosen_is_marked():
    say = texts.for_page("modes", "en")
    runs = {mode: ax.run(course.modes.program(ax.Problem(), mode)) for mode in course.modes.MODES}

    marked = [name for name in build_modes(runs, "no_grad", say).index if "◀" in name]

    assert marked == [f"**{say('mode_no_grad')}** ◀"]


def test_the_numbers_of_a_chart_are_lists_which_plotly_does_not_draw_twice():
    surface = Surface("t", np.eye(2), *[np.arange(2.0)] * 2, [np.ones(1)] * 2, *"wbls")
    figure = build_surface(surface)
    for trace in figure.data:
        assert not any(isinstance(trace[name], np.ndarray) for name in "xyz" if name in trace)
    assert not figure.layout.margin.autoexpand
