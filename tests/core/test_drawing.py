"""What matplotlib.pyplot draws in a program, as records."""

import numpy as np
import pytest

import autograd_explorer as ax
from autograd_explorer import figures
from autograd_explorer.records import Figure
from autograd_explorer.wire import BadMessage, packed, unpacked

BEGIN = "import numpy as np\nimport torch\nimport matplotlib.pyplot as plt\n"


def drawn(body):
    """The figures of a program, as they come from a process of its own."""
    run = ax.run(BEGIN + body)
    assert run.error is None, run.error
    assert figures.hold(run.figures)
    return unpacked(packed(run), run.source).figures


def only(body):
    """The only axes of the only figure."""
    (figure,) = drawn(body)
    (axes,) = figure.axes
    return axes


def failure(body):
    run = ax.run(BEGIN + body)
    assert run.error is not None
    assert figures.hold(run.figures)
    return run.error


def test_a_line_has_its_numbers_its_words_and_its_lines():
    (figure,) = drawn(
        "losses = [4.0, 2.0, 1.0]\n"
        "plt.plot(range(3), losses, 'r--o', label='loss')\n"
        "plt.title('falls'); plt.xlabel('step'); plt.ylabel('loss')\n"
        "plt.yscale('log'); plt.ylim(0.5, 5); plt.legend()\n"
        "plt.show()\n"
    )
    (axes,) = figure.axes
    (line,) = axes.series

    assert (figure.number, figure.line, line.line, line.kind) == (1, 8, 5, "line")
    assert line.x.tolist() == [0, 1, 2]
    assert line.y.tolist() == [4, 2, 1]
    assert (line.label, line.colour, line.dash, line.marker) == ("loss", "#ff0000", "dashed", "o")
    assert (axes.title, axes.x_label, axes.y_label) == ("falls", "step", "loss")
    assert (axes.y_scale, axes.y_limits, axes.legend) == ("log", (0.5, 5.0), True)


@pytest.mark.parametrize(
    ("call", "kind", "points"),
    [
        ("plot([1, 2, 3])", "line", 3),
        ("plot({'a': 1.0, 'b': 2.0}.values())", "line", 2),
        ("plot([torch.tensor(1.0), torch.tensor(2.0)])", "line", 2),
        ("plot(torch.linspace(0, 1, 7), torch.zeros(7))", "line", 7),
        ("semilogy([1, 10])", "line", 2),
        ("step([0, 1], [2, 3])", "step", 2),
        ("scatter([1, 2], np.ones(2), c=[0, 1])", "points", 2),
        ("bar(['a', 'b'], [3, 4])", "bars", 2),
        ("barh(['a', 'b'], [3, 4])", "lying_bars", 2),
        ("hist(np.arange(100.0), bins=5)", "bars", 5),
        ("fill_between([0, 1], [1, 2], [3, 4], alpha=0.2)", "band", 2),
        ("errorbar([0, 1], [1, 2], yerr=0.1, fmt='o')", "errors", 2),
        ("axhline(0.5)", "level", 1),
        ("axvline(0.5)", "upright", 1),
        ("hlines([0, 1], 0, 2)", "line", 6),
        ("vlines(1, 0, 2, colors='k')", "line", 3),
        ("text(0, 1, 'here')", "text", 1),
        ("annotate('start', xy=(3, 1))", "text", 1),
        ("imshow(torch.rand(3, 4))", "image", 12),
        ("matshow(np.eye(3))", "image", 9),
        ("imshow(np.zeros((3, 4, 3)))", "picture", 12),
        ("contour(np.eye(3))", "contour", 9),
        ("contourf([0, 1], [0, 1, 2], np.ones((3, 2)), 20)", "filled_contour", 6),
        ("pcolormesh(np.eye(3))", "image", 9),
    ],
)
@pytest.mark.parametrize("owner", ["plt", "plt.gca()"])
def test_each_call_that_is_drawn(owner, call, kind, points):
    (series,) = only(f"{owner}.{call}").series

    assert series.kind == kind
    assert max(series.given, series.x.size) == points
    assert series.line == 4


def test_a_line_of_two_columns_is_two_lines():
    axes = only("plt.plot(np.ones((4, 2)), label=['a', 'b'])")

    assert [series.label for series in axes.series] == ["a", "b"]


def test_several_groups_of_one_call_are_several_lines():
    axes = only("plt.plot([0, 1], [1, 2], 'r', [0, 1], [2, 3], 'C1-.')")

    assert [(one.colour, one.dash) for one in axes.series] == [
        ("#ff0000", ""),
        ("#ff7f0e", "dashdot"),
    ]


def test_categories_stand_in_their_order_and_name_the_ticks():
    axes = only("plt.bar(['b', 'a'], [1, 2])\nplt.plot(['a'], [3], 'o')")

    assert axes.x_names == ("b", "a")
    assert [one.x.tolist() for one in axes.series] == [[0, 1], [1]]


def test_bars_have_widths_and_begin_somewhere():
    (series,) = only("plt.bar([0, 1], [2, 3], 0.5, bottom=[1, 1], align='edge')").series

    assert series.x.tolist() == [0.25, 1.25]
    assert series.z.tolist() == [[0.5, 0.5], [1, 1]]


def test_a_histogram_returns_what_it_counted():
    run = ax.run(BEGIN + "n, edges, _ = plt.hist([1.0, 1.5, 3.0], bins=2)\nprint(n, edges)")

    assert run.printed == "[2. 1.] [1. 2. 3.]\n"
    (series,) = run.figures[0].axes[0].series
    assert series.y.tolist() == [2, 1]
    assert series.x.tolist() == [1.5, 2.5]


def test_a_grid_of_torch_is_turned_as_matplotlib_turns_it():
    (series,) = only(
        "x, y = torch.meshgrid(torch.arange(3.0), torch.arange(2.0), indexing='ij')\n"
        "plt.contour(x, y, x + 10 * y)"
    ).series

    assert series.x.tolist() == [0, 1, 2]
    assert series.y.tolist() == [0, 1]
    assert series.z.tolist() == [[0, 1, 2], [10, 11, 12]]


def test_axes_come_row_by_row_however_they_are_drawn_on():
    (figure,) = drawn(
        "fig, axs = plt.subplots(2, 2)\n"
        "axs[1, 0].plot([1]); axs[1, 0].set_title('third')\n"
        "axs[0, 1].plot([1]); axs[0, 1].set(title='second', ylim=(0, 1))\n"
        "fig.suptitle('all')\n"
        "plt.plot([1]); plt.title('the last is the current one')\n"
        "plt.show()"
    )

    assert [axes.title for axes in figure.axes] == [
        "second",
        "third",
        "the last is the current one",
    ]
    assert (figure.title, figure.columns, figure.axes[0].y_limits) == ("all", 2, (0.0, 1.0))


def test_subplot_goes_back_to_axes_that_are_there():
    (figure,) = drawn(
        "plt.subplot(121); plt.plot([1])\nplt.subplot(1, 2, 2); plt.plot([2])\n"
        "plt.subplot(1, 2, 1); plt.plot([3])"
    )

    assert [[one.y.tolist() for one in axes.series] for axes in figure.axes] == [[[1], [3]], [[2]]]


def test_each_show_shows_what_was_drawn_until_then():
    first, second = drawn("plt.plot([1])\nplt.show()\nplt.plot([2])\nplt.plot([3])\nplt.show()")

    assert (first.number, first.line, second.number, second.line) == (1, 5, 2, 8)
    assert (len(first.axes[0].series), len(second.axes[0].series)) == (1, 2)


def test_what_is_never_shown_belongs_to_the_line_that_drew_last():
    (figure,) = drawn("plt.plot([1])\nplt.title('end')\nx = 1\n")

    assert figure.line == 5


def test_what_is_closed_is_not_shown():
    assert drawn("plt.plot([1])\nplt.close()\n") == ()


def test_an_interactive_figure_is_shown_once_as_it_was_at_the_end():
    (figure,) = drawn(
        "plt.ion()\nplt.show()\n"
        "for i in range(3):\n    plt.cla()\n    plt.plot([i])\n    plt.pause(0.1)\n"
        "plt.ioff()\nplt.show()"
    )

    assert figure.axes[0].series[0].y.tolist() == [2]


def test_a_line_can_be_given_other_numbers():
    (series,) = only("line, = plt.plot([1, 2])\nline.set_ydata([3, 4])\nline.set_label('w')").series

    assert (series.y.tolist(), series.label) == ([3, 4], "w")


def test_figures_of_a_program_that_fails_are_there():
    run = ax.run(BEGIN + "plt.plot([1])\n1 / 0")

    assert run.error.type == "ZeroDivisionError"
    assert len(run.figures) == 1


def test_what_is_not_drawn_is_named_with_its_line():
    (figure,) = drawn("plt.quiver([1], [2], [3], [4])\nplt.grid(True)\nplt.gca().twinx().plot([1])")

    assert figure.skipped == (("quiver", 4), ("twinx", 6))
    assert figure.axes == ()


def test_axes_in_three_dimensions_are_not_drawn():
    (figure,) = drawn("ax = plt.figure().add_subplot(projection='3d')\nax.plot([1], [2], [3])")

    assert figure.skipped == (("plot", 5),)


@pytest.mark.parametrize(
    ("call", "type_", "words"),
    [
        (
            "plot(torch.ones(2, requires_grad=True))",
            "RuntimeError",
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        ),
        (
            "plot([torch.ones((), requires_grad=True)])",
            "RuntimeError",
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        ),
        (
            "plot([1, 2], [1, 2, 3])",
            "ValueError",
            "x and y must have same first dimension, but have shapes (2,) and (3,)",
        ),
        ("scatter([1], [1, 2])", "ValueError", "x and y must be the same size"),
        (
            "imshow(np.zeros((1, 28, 28)))",
            "TypeError",
            "Invalid shape (1, 28, 28) for image data",
        ),
        ("plot([1], 'q')", "ValueError", "'q' is not a valid format string"),
        ("scatter([1])", "TypeError", "scatter() missing 1 required positional argument: 'y'"),
    ],
)
def test_what_matplotlib_would_not_take_fails_on_the_line_that_called(call, type_, words):
    error = failure(f"plt.{call}\n")

    assert (error.line, error.type, error.kind) == (4, type_, "torch")
    assert error.message.startswith(words)


# Bounds


def test_a_million_points_are_thinned_out_evenly():
    (series,) = only("plt.plot(np.linspace(0, 999_999, 1_000_000))").series

    assert (series.given, series.x.size) == (1_000_000, figures.MOST_POINTS)
    assert (series.x[0], series.x[-1]) == (0, 999_999)
    assert np.ptp(np.diff(series.x)) <= 1


def test_a_large_image_is_thinned_out():
    (series,) = only("plt.imshow(np.arange(250_000.0).reshape(500, 500))").series

    assert (series.given, series.z.shape) == (250_000, (100, 100))
    assert (series.y[0], series.y[-1]) == (0, 499)


def test_numbers_that_are_none_stay_gaps():
    (series,) = only("plt.plot([1, float('nan'), None, float('inf')])").series

    assert series.y.tolist()[0] == 1
    assert np.isnan(series.y[1:3]).all()
    assert np.isinf(series.y[3])


def test_of_many_figures_the_first_and_the_last_are_kept():
    found = drawn("for i in range(30):\n    plt.plot([i])\n    plt.show()")

    assert [figure.number for figure in found] == [*range(1, 12), 30]
    assert found[-1].axes[0].series[0].y.tolist() == [29]


def test_axes_and_series_without_room_are_counted():
    (figure,) = drawn("fig, axs = plt.subplots(5, 5)\nfor ax in axs.flat: ax.plot([1])")
    assert (len(figure.axes), figure.left_out) == (16, 9)

    axes = only("for i in range(100): plt.plot([i])")
    assert (len(axes.series), axes.left_out) == (64, 36)

    found = drawn(
        "for i in range(3):\n    fig, axs = plt.subplots(4, 4)\n"
        "    for ax in axs.flat: ax.plot([1])\n    plt.show()"
    )
    assert [(len(figure.axes), figure.left_out) for figure in found] == [(16, 0), (8, 8), (0, 16)]


def test_words_are_cut_and_stay_words():
    axes = only("plt.plot([1], label='<b>' * 999)\nplt.title('<script>' * 99)\nplt.legend()")

    assert axes.title == ("<script>" * 99)[: figures.LONGEST]
    assert len(axes.series[0].label) == figures.LONGEST


@pytest.mark.parametrize(
    "body",
    [
        "plt.plot([1], color='url(javascript:1)', marker='<img>', linestyle='x')",
        "plt.plot([1], alpha=float('nan'))\nplt.xlim(float('inf'), 1)\nplt.ylim(bottom=0)",
        "plt.plot([])\nplt.scatter([], [])\nplt.imshow(np.zeros((0, 3)))\nplt.axhline([])",
        "plt.bar(['x' * 20_000] * 3, 1)\nplt.xticks(range(1000), ['t'] * 1000)",
        "plt.gca()._id = 99\nplt.plot([1])",
        "fig, ax = plt.subplots()\nplt.close()\nax.plot([1]); ax.set_title('gone'); fig.show()",
        "for i in range(50): plt.figure()\nplt.plot([1])",
        "fig, ax = plt.subplots()\nfor i in range(40): plt.figure(); plt.plot([1])",
    ],
)
def test_odd_things_are_drawn_within_the_bounds(body):
    drawn(body)


@pytest.mark.parametrize(
    "body",
    [
        "plt.gca()._id = '1'\nplt.plot([1])",
        "plt.plot([np.ones(1_000_000)] * 1000)",
        "class A: pass\nplt.plot([A()])",
        "plt.plot(open)",
        "while True: plt.plot(np.arange(5000))",
        "plt.gca()._draws('clear', (), {})",
        "plt.plot([1], runtime=1)\nplt.gca().plot(iter(int, 1))",
    ],
)
def test_hostile_drawing_is_stopped(body):
    assert failure(body).line >= 4


# What arrives from a process that nobody trusts

FINE = ax.run(
    BEGIN + "plt.plot([1, 2], label='a')\nplt.imshow(np.eye(2))\nplt.quiver()\nplt.show()"
)


def changed_axes(**new):
    (figure,) = FINE.figures
    return figure._replace(axes=(figure.axes[0]._replace(**new),))


def changed_series(place=0, **new):
    series = [*FINE.figures[0].axes[0].series]
    series[place] = series[place]._replace(**new)
    return changed_axes(series=tuple(series))


LIES = {
    "too many figures": lambda f: (f,) * 13,
    "a number of none": lambda f: f._replace(number=0),
    "a line of none": lambda f: f._replace(line=-1),
    "a long title": lambda f: f._replace(title="x" * 161),
    "too many axes": lambda f: f._replace(axes=f.axes * 17),
    "too many that are skipped": lambda f: f._replace(skipped=f.skipped * 9),
    "too many series": lambda f: changed_axes(series=f.axes[0].series * 33),
    "limits of one number": lambda f: changed_axes(x_limits=(1.0,)),
    "limits that are no numbers": lambda f: changed_axes(y_limits=(0.0, float("nan"))),
    "ticks without names": lambda f: changed_axes(x_ticks=(1.0,)),
    "a scale that there is not": lambda f: changed_axes(x_scale="<b>"),
    "x longer than y": lambda f: changed_series(x=np.zeros(3)),
    "too many points": lambda f: changed_series(x=np.zeros(5001), y=np.zeros(5001)),
    "whole numbers": lambda f: changed_series(x=np.zeros(2, dtype=int)),
    "two dimensions": lambda f: changed_series(x=np.zeros((1, 2)), y=np.zeros((1, 2))),
    "a kind that there is not": lambda f: changed_series(kind="x"),
    "a colour that is a text": lambda f: changed_series(colour="red;"),
    "a marker that is a text": lambda f: changed_series(marker="<img>"),
    "too opaque": lambda f: changed_series(opacity=2.0),
    "a palette that there is not": lambda f: changed_series(palette="url()"),
    "an image of another shape": lambda f: changed_series(1, z=np.zeros((3, 2))),
    "a large image": lambda f: changed_series(
        1, x=np.zeros(101), y=np.zeros(101), z=np.zeros((101, 101))
    ),
    "an image without a matrix": lambda f: changed_series(1, z=None),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused(lie):
    made = LIES[lie](FINE.figures[0])
    figures_ = (made,) if isinstance(made, Figure) else made
    run = ax.run("x = 1")
    object.__setattr__(run, "figures", figures_)

    with pytest.raises(BadMessage):
        unpacked(packed(run), run.source)


def test_the_truth_is_taken():
    assert figures.hold(unpacked(packed(FINE), FINE.source).figures)


def test_what_is_drawn_can_be_set_and_is_the_one_thing_that_matplotlib_gives():
    run = ax.run(
        "import matplotlib.pyplot as plt, numpy as np\n"
        "picture = plt.imshow(np.eye(2))\npicture.set_data(np.zeros((2, 2)))\n"
        "points = plt.scatter([1], [2])\nline, = plt.plot([1, 2])\nplt.axvline(1).set_color('r')\n"
        "plt.legend([points, line], ['points', 'line'])\nplt.show()\n"
    )

    assert run.error is None
    assert [one.name for one in run.figures[0].skipped] == ["set_data"]
