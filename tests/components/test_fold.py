"""Chains that only re-arrange numbers are drawn as one box, and nothing is lost by it."""

from pathlib import Path

import numpy as np
import pytest
import torch

import autograd_explorer as ax
import texts
from components.graph_view import build_graph
from components.graph_view.fold import MOST_UNFOLDED
from components.graph_view.tree import MOST_BOXES

EXAMPLES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in (Path(__file__).parents[2] / "pages" / "play" / "examples").glob("*.py")
}
SAY = texts.for_page("graph", "en")


def passes(source):
    run = ax.run(source)
    return [*run.backwards, *([run.graph] if run.graph else [])]


def reshaped(x, times=3):
    for _ in range(times):
        x = x.view(2, 3).transpose(0, 1).reshape(6)
    return x


def folds_of(graph):
    return [box for box in build_graph(graph, SAY)["boxes"] if box["kind"] == "fold"]


def nodes_in(fold):
    return [box for box in fold["boxes"] if box["kind"] != "port"]


def edges_by_id(graph):
    return {f"edge-{edge.source}-{edge.slot}": edge for edge in graph.edges}


def check(graph):
    built = build_graph(graph, SAY)
    edges = edges_by_id(graph)
    boxes = built["boxes"]
    folds = [box for box in boxes if box["kind"] == "fold"]
    held = [inner for box in boxes for inner in (nodes_in(box) if "boxes" in box else [box])]
    links = [*built["links"], *(link for fold in folds for link in fold["links"])]
    assert len({box["id"] for box in held}) == len(held)
    assert sum(box["kind"] != "none" for box in held) == len(graph.nodes)
    assert {link["id"] for link in links} == set(edges)
    for fold in folds:
        assert len(nodes_in(fold)) == len(fold["links"]) - 1 >= 2
        at = boxes.index(fold)
        (came,) = [edges[link["id"]] for link in built["links"] if link["target"] == at]
        (left,) = [edges[link["id"]] for link in built["links"] if link["source"] == at]
        first, *between, last = [edges[link["id"]] for link in fold["links"]]
        assert (first, last) == (came, left)  # they go on inside, from the border
        assert [
            built["links"][box["line"]]["id"] for box in fold["boxes"] if box["kind"] == "port"
        ] == [fold["links"][at]["id"] for at in (0, -1)]
        assert came.target == between[0].source and between[-1].target == left.source
        for edge in (*between, left):
            assert (came.gradient is None) == (edge.gradient is None)
            if came.gradient is not None:
                assert edge.gradient.sum() == pytest.approx(came.gradient.sum(), rel=1e-5, abs=1e-6)
    for link in built["links"]:
        source, target = boxes[link["source"]], boxes[link["target"]]
        assert len(link["bends"]) == target["layer"] - source["layer"] - 1
    return folds


@pytest.mark.parametrize("name", EXAMPLES)
def test_folds_keep_every_edge_and_its_sum(name):
    for graph in passes(EXAMPLES[name]):
        if "tree" not in build_graph(graph, SAY):
            check(graph)


def test_a_graph_of_few_boxes_is_drawn_as_it_is():
    x = torch.ones(6, requires_grad=True)
    few = ax.trace_backward(reshaped(x, 1).sum())
    many = ax.trace_backward(reshaped(x, 5).sum())

    assert len(few.nodes) <= MOST_UNFOLDED < len(many.nodes)
    assert not folds_of(few)
    (fold,) = check(many)
    assert fold["name"] == f"reshape ×{len(nodes_in(fold))}"
    assert len(build_graph(many, SAY)["boxes"]) == 3  # the sum, the fold, and the leaf


def test_a_hook_that_changes_a_gradient_keeps_its_node_out():
    x = torch.ones(6, requires_grad=True)
    plain = ax.trace_backward(reshaped(x, 6).sum())
    h = reshaped(x, 3)
    h.register_hook(lambda gradient: gradient * 2)
    hooked = ax.trace_backward(reshaped(h, 3).sum())

    assert len(check(plain)) == 1
    assert len(check(hooked)) == 2


def test_an_expand_that_sums_and_a_node_used_twice_do_not_fold():
    x = torch.ones(3, 1, requires_grad=True)
    h = x.expand(3, 2).clone()
    for _ in range(3):
        h = (h.t().t() + h.t().t()) * 1
    graph = ax.trace_backward(h.sum())

    names = [[box["name"] for box in nodes_in(fold)] for fold in check(graph)]
    assert names == [["TBackward0"] * 2] * 6


def test_without_a_backward_shapes_decide():
    x = torch.ones(3, 1, requires_grad=True)
    h = x.expand(3, 2)
    for _ in range(5):
        h = h.t().t() * 1
    graph = ax.record_graph(h.sum())

    folds = check(graph)
    assert len(folds) == 5
    assert {box["name"] for fold in folds for box in nodes_in(fold)} == {"TBackward0"}


def test_in_the_boxes_of_a_large_graph_chains_fold_too():
    h = torch.ones(2, 3, requires_grad=True)
    for _ in range(100):
        h = h.t().t() * 1
    built = build_graph(ax.trace_backward(h.sum()), SAY)

    assert len(built["boxes"]) <= MOST_BOXES
    (turns,) = [box for box in built["boxes"] if "turns" in box]
    (fold,) = [box for box in turns["turns"]["shown"]["99"]["boxes"] if box["kind"] == "fold"]
    assert [box["name"] for box in nodes_in(fold)] == ["TBackward0"] * 2
    assert fold["name"] == "reshape ×2"


def test_nan_counts_as_the_same_number():
    x = torch.zeros(6, requires_grad=True)
    graph = ax.trace_backward((reshaped(x, 5).sqrt() * 0).sum())

    (fold,) = folds_of(graph)
    assert fold["nonfinite"] == "nan"
    edges = edges_by_id(graph)
    assert all(np.isnan(edges[link["id"]].gradient).all() for link in fold["links"])
