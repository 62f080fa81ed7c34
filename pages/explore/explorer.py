"""The article's program, live: every number follows from the dials, and autograd made it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

import autograd_explorer as ax
import texts
from components import address
from components.board import board, columns
from components.chosen import show_chosen
from components.complaints import show_complaints
from components.dials import ask_problem
from components.fragment import fragment
from components.heatmaps import Group, Matrix, build_enlarged
from components.matrix import shape_text
from components.on_page import show_graph, show_heatmaps, show_program
from components.part import part
from components.prediction import show_prediction
from components.printout import printout
from components.prose import (
    answer,
    callout,
    heading,
    note,
    paragraph,
    printed,
    show,
    steps,
    table,
    title,
)
from components.runs import proof_of, run_of
from components.selection import Selection
from components.slices import Slices
from components.tables import (
    build_grad_modes,
    build_numbers,
    build_proof,
    build_tensors,
    offer_tables,
)
from texts import Say


@fragment
def explore() -> None:
    """One fragment: a moving dial reruns this and leaves the frame alone."""
    language = address.language()
    say = texts.for_page("explorer", language)
    problem = address.current_problem()
    run = run_of(problem.source)

    show_complaints(address.complaints(), texts.for_page("frame", language))
    with st.container(key="dial_bar"):
        ask_problem(problem, texts.for_page("dials", language))

    groups = gradient_groups(run, say)
    with board("program_and_gradients"):
        left, right = columns(13, 11)
        with left:
            show_source(run, say, texts.for_page("program", language))
        with right:
            show_loss(run, say)
            show_gradients(run, groups, say)
    show_enlarged(groups, say)
    other = run_of(replace(problem, recording=not problem.recording).source)
    with board("graph_and_tensors"):
        show_recorded_graph(run, say, texts.for_page("graph", language))
        show_variables(run, say)
        show_proof(run, say)
        show_recording(*((run, other) if problem.recording else (other, run)), say)
    offer_measurement(run, say)


@part()
def show_source(run: ax.Run, say: Say, say_program: Say) -> None:
    show(heading(say("program_title")))
    show_program(run, say_program, key="program")
    show(heading(say("printed_title"), 3), printout(run.printed))
    if run.error:
        where = say("error_where", type=f"`{run.error.type}`", line=run.error.line)
        show(
            paragraph(where),
            callout("wrong", printed(run.error.message)),
            paragraph(say("error_why")),
        )


@part()
def show_loss(run: ax.Run, say: Say) -> None:
    show(heading(say("loss_title"), 3))
    loss, wanted = run.tensor("loss").values, run.tensor("y").values
    show_prediction(loss, ax.predicted(run), wanted, say, key="loss")


@part()
def show_gradients(run: ax.Run, groups: Sequence[Group], say: Say) -> None:
    show(heading(say("gradients_title"), 3))
    show_heatmaps(groups, say, key="gradients")
    show_story(run, address.selection(), say)
    show(paragraph(why(ax.row_pattern(run), say)))


@part()
def show_enlarged(groups: Sequence[Group], say: Say) -> None:
    """The matrix that is chosen for it, if it has values, as a chart to zoom into."""
    drawn = {
        matrix.name: (matrix, group.peak)
        for group in groups
        for matrix in group.matrices
        if matrix.values is not None
    }
    name = address.enlarged()
    if name in drawn:
        matrix, peak = drawn[name]
        assert matrix.values is not None  # noqa: S101  as chosen above
        with st.container(key="answer"):
            show(heading(f"{name} {shape_text(matrix.shape)}", 3))
            st.plotly_chart(build_enlarged(matrix, peak), key="enlarged", alt=name)
            show(note(say("zoom_hint")))
            numbers = build_numbers(matrix.values)
            offer_tables("open_numbers", {"numbers": (len(numbers), lambda: numbers)})


@part()
def show_story(run: ax.Run, chosen: Selection | None, say: Say) -> None:
    """The chain-rule product behind a chosen cell of w.grad or b.grad."""
    if chosen is None or chosen.kind != "cell" or run.graph is None:
        return
    row, column = chosen.numbers
    cell = (row, column) if chosen.name == "w" else (column,)
    story = ax.cell_story(run.graph, chosen.name, cell)
    if story is None:
        show(answer(note(say("story_none"))))
        return
    place = {"name": chosen.name, "cell": list(cell)}
    lines = [say("story_start", value=f"{story.start:g}")]
    for factor in story.factors:
        node = run.graph.nodes[factor.node]
        name = f"`{node.id} {node.name}`" + (f" ({node.tensor})" if node.tensor else "")
        lines.append(say("story_factor", node=name, value=f"{factor.value:.6g}"))
    check = {
        "product": f"{story.product:+.8f}",
        "sent": f"{story.sent:+.8f}",
        "gap": f"{abs(story.product - story.sent):.1e}",
    }
    show(
        answer(
            paragraph("**" + say("story_title", value=f"{story.sent:+.6f}", **place) + "**"),
            paragraph(say("story_intro")),
            steps(lines),
            paragraph(say("story_check", **check, **place)),
        )
    )


def gradient_groups(run: ax.Run, say: Say) -> tuple[Group, Group]:
    """w.grad over b.grad, and w over b: columns line up, each pair on one scale."""
    x, w, b = run.tensor("x"), run.tensor("w"), run.tensor("b")
    labels = tuple(f"x={value:.3g}" for value in x.values)
    large = "choices" not in address.left_out()
    return (
        Group(
            say("gradients"),
            (
                Matrix("w.grad", "w", w.grad, w.shape, labels, selectable=True, enlargeable=large),
                Matrix("b.grad", "b", b.grad, b.shape, selectable=True, enlargeable=large),
            ),
        ),
        Group(
            say("parameters"),
            (
                Matrix("w", "w", w.values, w.shape, enlargeable=large),
                Matrix("b", "b", b.values, b.shape, enlargeable=large),
            ),
        ),
    )


def why(pattern: ax.RowPattern | None, say: Say) -> str:
    """Say of the gradients on screen what is true of them just now."""
    if pattern is None:
        return say("why_none")
    if pattern.all_zero:
        return say("why_zero")
    gap = f"{pattern.largest_gap:.1e}"
    if pattern.all_ones and pattern.identical and pattern.equal_to_b:
        return (
            say("why_single_one") if pattern.rows == 1 else say("why_identical", rows=pattern.rows)
        )
    return say("why_scaled_single" if pattern.rows == 1 else "why_scaled", gap=gap)


@part()
def show_recorded_graph(run: ax.Run, say: Say, say_graph: Say) -> None:
    show(heading(say("graph_title")), paragraph(say("graph_intro" if run.graph else "graph_gone")))
    if run.graph is None:
        return
    show_graph(run.graph, say_graph, key="graph")
    show_chosen(run.graph, address.selection(), say_graph, key="card", hint=say("choose_hint"))
    show(
        paragraph(say("none_explained")),
        paragraph(say("saved_cost", bytes=run.graph.saved_bytes)),
    )


@part()
def show_variables(run: ax.Run, say: Say) -> None:
    show(heading(say("tensors_title")), table(build_tensors(run, say), say("tensors_title")))
    x, y, z = (run.tensor(name) for name in ("x", "y", "z"))
    show_heatmaps(
        (
            Group(
                "x, y", (Matrix("x", "x", x.values, x.shape), Matrix("y", "y", y.values, y.shape))
            ),
            Group("z", (Matrix("z", "z", z.values, z.shape),)),
        ),
        say,
        key="vectors",
    )
    show(paragraph(say("tensors_note" if z.requires_grad else "tensors_note_off")))


@part()
def show_proof(run: ax.Run, say: Say) -> None:
    """Three ways to the gradient, each with its largest difference from the first there is.

    They wait until no dial moves: finding them takes ten times as long as the run.
    """
    show(heading(say("proof_title")))
    if not address.settled():
        show(note(say("proof_waits")))
        return
    proof = proof_of(run)
    show(
        paragraph(say("proof_intro" if proof.autograd else "proof_intro_off")),
        table(build_proof(proof, say), say("proof_title")),
        note(say("proof_note", step=f"{proof.step:g}")),
    )


@part()
def show_recording(recorded: ax.Run, unrecorded: ax.Run, say: Say) -> None:
    show(
        heading(say("recording_title")),
        paragraph(say("recording_intro")),
        table(build_grad_modes(recorded, unrecorded, say), say("recording_title")),
    )


@part()
def offer_measurement(run: ax.Run, say: Say) -> None:
    if st.button(say("measure")):
        cost = ax.measure_recording(run, Slices().pause)
        spread = {"rounds": cost.rounds, "low": cost.low, "high": cost.high}
        show(paragraph(say("measured", ratio=cost.ratio, **spread)))


say = texts.for_page("explorer", address.language())
show(title(say("title"), say("intro")))
explore()
