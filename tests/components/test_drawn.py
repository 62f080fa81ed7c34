"""Charts of what a program drew: every number and every word of it has a place, or says why not."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

import autograd_explorer as ax
import texts
from components.charts.drawn import build_look, build_numbers, spoken
from components.charts.drawn_traces import _CYCLE, _MAKERS, _on_both, build_axes, readable
from components.theme import ROLES
from tests.components.test_builds import contrast

BEGIN = "import numpy as np\nimport torch\nimport matplotlib.pyplot as plt\n"
EVERYTHING = """
fig, axs = plt.subplots(2, 3)
a, b, c, d, e, f = axs.flat
a.plot([1, float("nan"), 3], "ro-", label="loss"); a.step([0, 1], [2, 3]); a.axhline(1, label="goal")
a.errorbar([0, 1], [1, 2], yerr=[0.1, 0.2]); a.fill_between([0, 1], [1, 2]); a.axvline(0.5)
a.legend(); a.set_yscale("log"); a.set_xlim(0, 5); a.set_ylim(0.1, 1e3); a.text(0, 1, "here")
b.scatter([1, 2, 3], [3, 4, float("inf")], c=[0, 1, 1]); b.set_xlabel("x"); b.set_title(r"$\\theta_1$")
c.bar(["a", "b"], [1, 2]); c.bar(["a", "b"], [3, 4], bottom=[1, 2]); d.barh(["p"], [1e308])
e.imshow([[1.0, float("nan")], [3.0, 4.0]], vmin=0, vmax=5, cmap="coolwarm_r"); e.axis("off")
e.set_xticks([0, 1], ["u", "v"])
f.contour(np.eye(3)); f.contourf(np.eye(3), cmap="hot"); f.plot([])
plt.show()
plt.imshow(np.zeros((2, 2, 3)), extent=(0, 1, 0, 1))
"""
RUN = ax.run(BEGIN + EVERYTHING)
AXES = [axes for figure in RUN.figures for axes in figure.axes]
SAY = texts.for_page("charts", "en")


def axes_of(body):
    run = ax.run(BEGIN + body)
    assert run.error is None, run.error
    return run.figures[0].axes[0]


def refuse(name):
    raise AssertionError(name)


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("place", range(7))
def test_plotly_knows_every_part_of_every_chart_and_takes_every_number(place, low):
    figure = build_axes(AXES[place], low=low)

    json.loads(figure.to_json(), parse_constant=refuse)
    go.Figure(figure.to_dict())  # raises ValueError for what Plotly does not know
    for trace in figure.to_dict()["data"]:
        for axis in ("x", "y", "z"):
            numbers = np.array(trace.get(axis, []), dtype=float)
            assert not (np.abs(numbers) > 1e304).any()


def test_every_kind_has_been_drawn():
    drawn = {series.kind for axes in AXES for series in axes.series}

    assert drawn == {*_MAKERS, "level", "upright"}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_everything_is_said_and_has_its_numbers(language):
    say = texts.for_page("charts", language)
    for axes in AXES:
        assert spoken(axes, say)
        assert len(build_numbers(axes, say))


def test_a_chart_in_words_has_its_kind_its_points_and_their_ends():
    axes = axes_of("plt.plot([1, 4, 2.5], label='loss')\nplt.ylabel('value')\nplt.title('Fall')")

    said = "Fall. y axis: value. Line loss: 3 points, x from 0 to 2, y from 1 to 4"
    assert spoken(axes, SAY) == said


def test_the_table_has_each_number_under_the_names_of_its_axes():
    axes = axes_of("plt.bar(['a', 'b'], [1, float('nan')])\nplt.ylabel('count')")
    frame = build_numbers(axes, SAY)

    assert [*frame.columns] == ["x", "count"]
    assert frame.to_numpy().tolist() == [["a", "1"], ["b", "NaN"]]


def test_the_table_of_an_image_is_its_matrix():
    frame = build_numbers(axes_of("plt.imshow([[1, 2], [3, 4]])"), SAY)

    assert frame.to_numpy().tolist() == [["1", "2"], ["3", "4"]]


def test_words_of_a_program_stay_words():
    bad = '<a href=\\"javascript:alert(1)\\">x</a>'
    axes = axes_of(
        f'plt.plot([1, 2], label="{bad}")\nplt.xlabel("{bad}")\nplt.text(0, 0, "{bad}")\n'
        f'plt.axhline(1, label="{bad}")\nplt.legend()\nplt.xticks([0], ["{bad}"])'
    )

    assert "<a" not in build_axes(axes).to_json().replace("\\u003c", "<")


def test_tex_is_read_as_the_letters_it_stands_for():
    assert readable(r"$\nabla_\theta L$ of $w_{1}$") == "∇_θ L of w_1"
    assert readable("costs $5") == "costs $5"


def test_lines_of_which_the_program_says_nothing_differ_by_more_than_their_colour():
    axes = axes_of("for i in range(4): plt.plot([i, i])\nfor i in range(3): plt.scatter([i], [i])")
    traces = build_axes(axes).data

    assert len({trace.line.dash for trace in traces[:4]}) == 4
    assert len({trace.marker.symbol for trace in traces[4:]}) == 3
    assert len({trace.line.color for trace in traces[:4]}) == 4


def test_a_dash_and_a_colour_that_the_program_says_are_its_own():
    (trace,) = build_axes(axes_of("plt.plot([1, 2], color='red', linestyle=':')")).data

    assert (trace.line.dash, trace.line.color) == ("dot", _on_both("#ff0000"))


@pytest.mark.parametrize("colour", [*_CYCLE, "#000000", "#ffffff", "#ffff00", "#000080", "#ff0000"])
def test_a_colour_can_be_seen_on_both_grounds(colour):
    for ground in ROLES["page"]:
        assert contrast(_on_both(colour), ground) >= 3


def test_limits_turn_into_logarithms_on_such_an_axis():
    layout = build_axes(axes_of("plt.plot([1, 10])\nplt.yscale('log')\nplt.ylim(1, 1000)")).layout

    assert [*layout.yaxis.range] == [0, 3]


def test_an_image_stands_on_its_head_as_matplotlib_has_it():
    assert build_axes(axes_of("plt.imshow(np.eye(2))")).layout.yaxis.autorange == "reversed"
    other = build_axes(axes_of("plt.imshow(np.eye(2), origin='lower')")).layout.yaxis.autorange
    assert other is None


@pytest.mark.parametrize(
    ("columns", "form"), [(1, "1 1 360px"), (2, "1 1 360px"), (3, "0 1 max(150px, 31%)")]
)
def test_charts_stand_side_by_side_by_a_style_of_their_own(columns, form):
    look = build_look("drawn_1_large", columns)
    assert f".st-key-drawn_1_large > * {{ flex: {form}; min-width:" in look
    assert look.startswith("<style>") and look.endswith("</style>")
