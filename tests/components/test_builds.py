import base64

import numpy as np
import pytest

import core
import texts
from components.graph_view import build_graph
from components.heatmaps import Group, Matrix, build_enlarged, build_group
from components.prediction import build_prediction
from components.program_view import build_program, coloured_lines
from components.tables import build_grad_modes, build_nodes, build_proof, build_tensors
from components.theme import DIVERGING, IDENTITY, INK_ON_CELL, ROLES

SAY = texts.for_page("explorer", "en")
RUN = core.run(core.Problem().source)
OFF = core.run(core.Problem(recording=False).source)


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
    readable += [ROLES[role][theme] for role in ("ink", "quiet", "accent", "wrong")]
    for colour in readable:
        assert contrast(colour, ROLES["page"][theme]) >= 4.5
        assert contrast(colour, ROLES["raised"][theme]) >= 4.4
    assert contrast(ROLES["on-accent"][theme], ROLES["accent"][theme]) >= 4.5


def test_numbers_are_readable_on_every_cell():
    assert all(contrast(INK_ON_CELL, colour) >= 4.5 for colour in DIVERGING)


def test_the_colours_of_streamlits_theme_are_those_of_ours():
    import tomllib
    from pathlib import Path

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


@pytest.mark.parametrize("n, has_text", [(5, True), (16, True), (17, False), (64, False)])
def test_an_enlarged_matrix_is_centred_on_zero_and_drops_numbers_when_large(n, has_text):
    values = core.run(core.Problem(n_in=n, n_out=n).source).variables["w"].grad

    trace = build_enlarged(Matrix("w.grad", "w", values, values.shape), peak=0.5).data[0]

    assert (trace.zmin, trace.zmax) == (-0.5, 0.5)
    assert (trace.z == values).all()
    assert bool(trace.texttemplate) == has_text
    assert [colour for _, colour in trace.colorscale] == list(DIVERGING)


def test_the_drawn_graph_has_every_node_slot_and_gradient():
    built = build_graph(RUN.graph, SAY)

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


def test_a_graph_without_gradients_can_be_drawn():
    run = core.run("import torch\nw = torch.ones(2, requires_grad=True)\nz = w * 3\n")

    built = build_graph(run.graph, SAY)

    assert all(link["gradient"] is None for link in built["links"])


def test_the_program_view_holds_the_program_and_what_each_line_did():
    built = build_program(RUN, SAY)
    notes = {line["number"]: line["note"] for line in built["lines"]}
    text = "\n".join("".join(piece for _, piece in line["pieces"]) for line in built["lines"])

    assert built["source"] == RUN.source
    assert text + "\n" == RUN.source
    assert notes[5] == "(5,)  [1, 1, 1, 1, 1]"
    assert notes[7] == "(5, 3)"
    assert notes[10] == "2.2493"
    assert notes[12] == "True"
    assert "0x…" in notes[13]
    assert notes[17] == "filled b.grad, w.grad"
    assert not any(line["failed"] for line in built["lines"])


def test_the_program_view_marks_the_line_that_raised():
    built = build_program(OFF, SAY)

    assert [line["number"] for line in built["lines"] if line["failed"]] == [18]
    assert built["lines"][17]["note"] == "RuntimeError"


def test_names_are_coloured_as_variables_only_where_they_are_variables():
    (pieces,) = coloured_lines("z = x.b + w  # b")

    assert [kind for kind, _ in pieces if kind] == ["name-z", "name-x", "name-w", "comment"]


@pytest.mark.parametrize("source", ["x = (", "'''", "\tx = 1\n  y", "a\n\nb"])
def test_any_text_can_be_coloured_and_stays_itself(source):
    lines = coloured_lines(source)

    assert ["".join(text for _, text in pieces) for pieces in lines] == source.split("\n")


def test_the_prediction_names_the_output_that_is_farthest_off():
    built = build_prediction(
        np.float32(0.5), np.array([0.1, 0.9, 0.4], "f4"), np.array([0, 0, 1], "f4"), SAY
    )

    assert built["loss"] == "0.5000"
    assert "Output 1" in built["meaning"] and "0.9000" in built["meaning"]


def test_tables_say_what_the_run_says():
    tensors = build_tensors(RUN, SAY)
    nodes = build_nodes(RUN.graph, SAY)
    modes = build_grad_modes(RUN, OFF, SAY)

    assert tensors.loc["**z**", "grad_fn"] == "`AddBackward0`"
    assert tensors.loc["**w**", "is_leaf"] == "`True`"
    assert len(nodes) == 6
    assert nodes.iloc[0]["Passes on"] == "`(3,)` → `1 AddBackward0`; slot 1: None"
    assert "self (1, 5)" in nodes.loc["`4 MmBackward0`", "Saved for backward"]
    assert modes.loc["z.requires_grad"].tolist() == ["`True`", "`False`"]
    assert modes.loc["z.grad_fn"].tolist() == ["`AddBackward0`", "`None`"]
    assert modes.loc["nodes recorded"].tolist() == ["`6`", "`0`"]


def test_the_proof_measures_from_autograd_or_without_it_from_the_formula():
    recorded, unrecorded = (build_proof(core.prove(run), SAY) for run in (RUN, OFF))

    assert "autograd" in recorded.columns[1]
    assert recorded.iloc[0, 1] == "reference"
    assert "formula" in unrecorded.columns[1]
    assert unrecorded.iloc[0, 0] == "`None`"
