import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import autograd_explorer as ax
from autograd_explorer.course import LESSONS
from autograd_explorer.course.sketch import Bars, Curve, Graph, Grid, Path
from components import address
from components.thumbnail import HEIGHT, WIDTH, thumbnail


def shapes(svg):
    return list(ElementTree.fromstring(svg))  # noqa: S314  our own picture


def inside(svg):
    """Whether no point or box of a picture lies off it."""
    for shape in shapes(svg):
        points = [tuple(map(float, p.split(","))) for p in shape.get("points", "").split()]
        if shape.tag == "rect":
            x, y, width, height = (float(shape.get(k)) for k in ("x", "y", "width", "height"))
            points += [(x, y), (x + width - 0.6, y + height - 0.6)]
        for x, y in points:
            if not (-0.1 <= x <= WIDTH + 0.1 and -0.1 <= y <= HEIGHT + 0.1):
                return False
    return True


@pytest.mark.parametrize("lesson", address.NUMBERED)
def test_each_lesson_has_a_picture_of_its_own_run(lesson):
    of = LESSONS[lesson]

    run = ax.run(of.program())

    assert run.error is None
    picture = thumbnail(of.sketch(run))
    assert shapes(picture)
    assert inside(picture)


def test_a_graph_has_a_box_a_node_and_a_line_an_edge():
    graph = ax.run(LESSONS["backward"].program()).graph

    drawn = [shape.tag for shape in shapes(thumbnail(Graph(graph)))]

    assert drawn.count("rect") == len(graph.nodes)
    assert drawn.count("polyline") == sum(edge.target is not None for edge in graph.edges)


def test_bars_stand_in_proportion():
    heights = [float(s.get("height")) for s in shapes(thumbnail(Bars([1.0, 2.0, -4.0])))]

    np.testing.assert_allclose(heights, [20, 40, 80], atol=0.1)


@pytest.mark.parametrize(
    "sketch",
    [
        Bars([0.0, 0.0]),
        Bars([float("nan"), float("inf"), 1.0]),
        Curve(np.zeros(3), np.zeros(3), at=1, slope=0.0),
        Curve(np.arange(3.0), np.array([1.0, np.nan, 2.0])),
        Grid(np.full((64, 64), np.nan)),
        Path(np.full((3, 3), np.inf), np.arange(3.0), np.arange(3.0), (np.zeros(2), np.ones(2))),
    ],
)
def test_numbers_that_cannot_be_drawn_break_no_picture(sketch):
    assert "nan" not in thumbnail(sketch)
    assert "inf" not in thumbnail(sketch)


def test_a_tangent_has_the_slope_of_its_curve():
    x = np.linspace(0, 4, 41)
    svg = thumbnail(Curve(x, x * x, at=20, slope=4.0))  # at x = 2, where the curve is 4

    curve, tangent = (s.get("points").split() for s in shapes(svg) if s.tag == "polyline")
    near = [tuple(map(float, p.split(","))) for p in (curve[19], curve[21])]
    ends = [tuple(map(float, p.split(","))) for p in tangent]

    def slope(points):
        (x0, y0), (x1, y1) = points
        return (y1 - y0) / (x1 - x0)

    assert slope(ends) == pytest.approx(slope(near), rel=0.05)
