"""Every node, edge and cell of every program opens, in both languages, and travels as strict JSON.

The programs are those of the project, and those that people had when they were stuck. Each also
runs with only some of its leaves requiring a gradient: what a node saves depends on that, and
PyTorch saves no more than it has to.
"""

import ast
import itertools
import json
import logging
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import autograd_explorer as ax
import texts
from autograd_explorer import course
from components.address import EXAMPLES
from components.graph_view import build_graph
from components.heatmaps import Group, Matrix, build_enlarged, build_group
from components.node_card import build_edge, build_node
from components.program_view import build_program
from components.prose import table
from components.selection import Selection
from components.steps import build_steps
from components.tables import build_all_tensors, build_edges, build_nodes, build_tensors
from components.timeline import build_timeline

ROOT = Path(__file__).parents[2]
LANGUAGES = texts.LANGUAGES
MOST_SUBSETS = 32
MOST_STORIES = 512  # of 4,096 cells; their rows and columns have another length than the step
MOST_CELLS = 8  # of one gradient, where no page lets a reader choose a cell
EXTREMES = [
    ax.Problem(1, 1, seed=3),
    ax.Problem(),
    ax.Problem(64, 64, x="normal", y="ones"),
    ax.Problem(2, 64, x="ramp", y="alternating", recording=False),
]
OPENED = Counter()


def lessons(p):
    yield p.source
    for mode in course.modes.MODES:
        yield course.modes.program(p, mode)
    for calls, clear in itertools.product((1, 3), course.life.CLEARS):
        yield course.life.program(p, calls, clear)
    yield course.life.second_backward_program(p, retain=False)
    yield course.life.second_backward_program(p, retain=True)
    yield course.life.deleted_program(p)
    yield course.backward.program(p)
    yield course.leaf.program(p)
    yield course.proofs.program(p)
    for vector in course.vectors.VECTORS:
        yield course.vectors.program(p, vector, (1.0,) * p.n_out)
    for optimizer, rate in itertools.product(
        course.training.OPTIMIZERS, (course.training.RATES[0], course.training.RATES[-1])
    ):
        yield course.training.program(p, optimizer, rate, 5)


def deep_lessons(depth):
    """Of the dials that all lessons share, the deep one knows the seed alone."""
    for activation, init, skip in itertools.product(
        course.deep.ACTIVATIONS, course.deep.INITS, (False, True)
    ):
        yield course.deep.program(ax.Problem(seed=3), depth, activation, init, skip=skip)


def programs():
    found = {name: (ROOT / "pages/play/examples" / f"{name}.py").read_text() for name in EXAMPLES}
    for exhibit in course.museum.EXHIBITS:
        found[f"museum {exhibit.name}"] = exhibit.source
        found[f"museum {exhibit.name}, mended"] = exhibit.fixed
    for folder in ("programs", "forum"):
        found |= {path.name: path.read_text() for path in (ROOT / "tests" / folder).glob("*.py")}
    for case in json.loads((ROOT / "tests/forum/cases.json").read_text()):
        found[f"{case['file']}, cured"] = case["cured_program"]
    return found


PROGRAMS = programs()
WORDS = {
    language: {
        name: texts.for_page(name, language)
        for name in ("graph", "program", "explorer", "timeline")
    }
    for language in LANGUAGES
}


def strict(payload):
    json.dumps(payload, allow_nan=False)


def chosen_node(number):
    return Selection("node", (number,), "", f"node-{number}")


def open_graph(graph, say):
    for chosen in [None, chosen_node(0), chosen_node(len(graph.nodes) - 1)]:
        strict(build_graph(graph, say, chosen=chosen))
    strict(build_steps(graph, say))
    assert (len(build_nodes(graph)), len(build_edges(graph))) == (
        len(graph.nodes),
        len(graph.edges),
    )
    for node in graph.nodes:
        strict(build_node(graph, node.id, say))
        OPENED["nodes"] += 1
    for edge in graph.edges:
        strict(build_edge(graph, edge, say))
        OPENED["edges"] += 1


def open_cells(graph, most=MOST_CELLS):
    """The story of each cell of what arrived at the leaves; of large gradients, of some."""
    for node in graph.nodes:
        if node.kind != "leaf" or not node.tensor or node.upstream[0] is None:
            continue
        cells = list(np.ndindex(node.upstream[0].shape))
        for cell in cells[:: (len(cells) - 1) // most + 1]:
            ax.cell_story(graph, node.tensor, cell)
            OPENED["cells"] += 1


def open_values(run, say):
    for name, view in run.variables.items():
        if isinstance(view, ax.TensorView):
            for values in (view.values, view.grad):
                if values is None or np.iscomplexobj(values) or values.ndim > 2:
                    continue
                matrix = Matrix(name, "", np.atleast_1d(values), values.shape)
                group = Group(name, (matrix,))
                strict(build_group(group))
                build_enlarged(matrix, group.peak).to_json()
                OPENED["heatmaps"] += 1
    names = [name for name, view in run.variables.items() if isinstance(view, ax.TensorView)]
    if names:
        table(build_tensors(run, say["explorer"], names), "t")
        assert len(build_all_tensors(run)) == len(names)


def open_run(run):
    """Open all of a run, in one of the two languages: that neither lacks a word is tested
    elsewhere."""
    graphs = {id(graph): graph for graph in (*run.backwards, run.graph) if graph is not None}
    for language in [LANGUAGES[len(run.source) % 2]]:
        say = WORDS[language]
        strict(build_program(run, say["program"]))
        for graph in graphs.values():
            open_graph(graph, say["graph"])
            strict(build_timeline(run, ax.timeline(run, graph), say["timeline"]))
        open_values(run, say)
    for graph in graphs.values():
        open_cells(graph)
    OPENED["runs"] += 1


@pytest.fixture(autouse=True)
def no_rule_fails(caplog):
    """A rule that does not fit is caught and logged, for the page's sake; here it counts."""
    with caplog.at_level(logging.WARNING):
        yield
    assert not caplog.records, caplog.text


@pytest.mark.parametrize("name", PROGRAMS)
def test_all_of_a_program_opens(name):
    open_run(ax.run(PROGRAMS[name]))


@pytest.mark.parametrize("problem", EXTREMES, ids=["1x1", "usual", "64x64", "not recorded"])
def test_all_of_every_lesson_opens_at_its_dials_extremes(problem):
    for source in dict.fromkeys(lessons(problem)):
        open_run(ax.run(source))


@pytest.mark.parametrize("depth", [int(course.deep.DEPTHS[0]), int(course.deep.DEPTHS[-1])])
def test_all_of_the_deep_lesson_opens_at_its_dials_extremes(depth):
    for source in deep_lessons(depth):
        open_run(ax.run(source))


@pytest.mark.parametrize("problem", EXTREMES[:3], ids=["1x1", "usual", "64x64"])
def test_the_cells_of_the_explorers_gradients_have_their_stories(problem):
    (graph,) = ax.run(problem.source).backwards
    for node in graph.nodes:
        if node.kind == "leaf":
            cells = [*np.ndindex(node.upstream[0].shape)]
            for cell in cells[:: len(cells) // MOST_STORIES + 1]:
                story = ax.cell_story(graph, node.tensor, cell)
                assert story is not None and abs(story.product - story.sent) < 1e-6
                OPENED["cells"] += 1


def flags(source):
    """Where a program says requires_grad=True."""
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.keyword)
        and node.arg == "requires_grad"
        and isinstance(node.value, ast.Constant)
        and node.value.value is True
    ]


def with_only_some(source):
    """The program with every subset of its flags set, up to 32, none of them the whole."""
    found = flags(source)
    lines = source.split("\n")
    several = itertools.product((False, True), repeat=len(found))
    for kept in itertools.islice(several, min(MOST_SUBSETS, 2 ** len(found) - 1)):
        changed = [line.encode() for line in lines]  # columns count bytes
        for node, stays in sorted(
            zip(found, kept, strict=True), key=lambda pair: -pair[0].col_offset
        ):
            if not stays:
                line = changed[node.lineno - 1]
                changed[node.lineno - 1] = (
                    line[: node.col_offset] + b"False" + line[node.end_col_offset :]
                )
        yield "\n".join(line.decode() for line in changed)


@pytest.mark.thinned(3)
@pytest.mark.parametrize("name", [name for name, source in PROGRAMS.items() if flags(source)])
def test_it_opens_as_well_with_only_some_of_its_leaves_requiring_a_gradient(name):
    for source in with_only_some(PROGRAMS[name]):
        open_run(ax.run(source))


def test_how_many_were_opened(capsys):
    with capsys.disabled():
        print(f" opened: {dict(OPENED)}")
    assert OPENED["runs"] == 0 or OPENED["nodes"] > OPENED["runs"]
