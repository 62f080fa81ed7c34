"""The article's program, live: every number follows from the dials, and autograd made it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

import autograd_explorer as ax
import texts
from autograd_explorer.course.changes import Changes, steps_in
from components import address
from components.board import board, columns, folded, slide
from components.chosen import show_chosen
from components.complaints import show_complaints
from components.dials import ask_problem
from components.fragment import fragment
from components.glance import show_glance
from components.heatmaps import Group, Matrix, build_enlarged
from components.letters import build_reading, show_letters
from components.matrix import shape_text
from components.on_page import (
    drawn_when_opened,
    show_graph,
    show_heatmaps,
    show_program,
    show_timeline,
)
from components.part import part
from components.prediction import show_prediction
from components.printout import printout
from components.probe import Probed, show_probe
from components.prose import (
    answer,
    callout,
    heading,
    headline,
    note,
    paragraph,
    printed,
    show,
    steps,
    table,
)
from components.reasons import show_reason
from components.runs import proof_of, run_of
from components.searching import offer_tables
from components.selection import Selection
from components.slices import Slices
from components.tables import (
    build_grad_modes,
    build_numbers,
    build_proof,
    build_tensors,
)
from texts import Say

STRIKING = ("print(z.requires_grad)", "print(z.grad_fn)", "print(loss.grad_fn)")


@fragment
def explore() -> None:
    """One fragment: a moving dial reruns this and leaves the frame alone."""
    language = address.language()
    say = texts.for_page("explorer", language)
    problem = address.current_problem()
    changes = address.current_changes(problem)
    # While nothing is recorded, the diagnosis says why; a dial that moves while something is does
    # not wait for the clues that it needs.
    run = run_of(problem.changed(changes), clues=not problem.recording)
    other = partial(run_of, replace(problem, recording=not problem.recording).changed(changes))

    show_complaints(address.complaints(), texts.for_page("frame", language))
    with st.container(key="dial_bar"):
        ask_problem(problem, texts.for_page("dials", language))

    groups = number_groups(run)
    with board(address.FIRST_SCREEN):
        if not address.presenting():
            show_glance(run, key="glance")
        with slide("graph"):
            show_band(run, run if problem.recording else other(), say)
        left, right = columns(7, 6)
        with left:
            with slide("program"):
                show_source(run, texts.for_page("program", language))
            if run.error:
                with slide("error"):
                    show_error(run.error, run, say)
        with right, slide("loss"):
            show_grip(run, changes, texts.for_page("probe", language))
            show_heatmaps(groups, say, key="numbers")
            pattern = ax.row_pattern(run)
            show(note(say("reading")), note(why(pattern, say)) if pattern else "")
    with slide("enlarged"):
        show_enlarged(groups, say)
    with board("more"):
        show_more(run, other, say)
    with slide("measured"):
        offer_measurement(run, say)


@part()
def show_band(run: ax.Run, recorded: ax.Run, say: Say) -> None:
    """The run to be played, and its graph; while nothing is recorded, a shadow of what would be."""
    language = address.language()
    show_timeline(
        run, run.graph, texts.for_page("timeline", language), "timeline", drawn_by="graph"
    )
    if recorded.graph is not None:
        shadow = "" if run.graph else say("not_recording")
        say_graph = texts.for_page("graph", language)
        show_graph(recorded.graph, say_graph, key="graph", compact=True, shadow=shadow)


@part()
def show_source(run: ax.Run, say_program: Say) -> None:
    # What recording, or not, comes down to.
    striking = STRIKING if run.graph is None else ()
    show_program(run, say_program, key="program", striking=striking)


@part()
def show_error(error: ax.Failure, run: ax.Run, say: Say) -> None:
    where = say("error_where", type=f"`{error.type}`", line=error.line)
    show(paragraph(where), callout("wrong", printed(error.message)))
    show_reason(run)
    show(paragraph(say("error_why")))


@part()
def show_grip(run: ax.Run, changes: Changes, say: Say) -> None:
    """The loss, and one number to grab: the chosen one, or the first of w."""
    name, place = probed_number(run, address.current_cell())
    probed = Probed(
        name=name,
        place=place,
        curve=ax.loss_curve(run, name, place),
        steps=steps_in(changes),
        changed=bool(changes),
        rate=address.rate(),
        trains=run.tensor("w").grad is not None,
    )
    show_probe(
        probed,
        say,
        "probe",
        on_grab=lambda _: None,  # read by current_changes and write_changes
        on_step=address.take_training_step,
        on_rate=address.take_rate,
        on_afresh=address.start_afresh,
    )


def probed_number(run: ax.Run, chosen: Selection | None) -> tuple[str, tuple[int, ...]]:
    """The number that a selection means, if this run has it."""
    if chosen is not None and chosen.kind == "cell":
        row, column = chosen.numbers
        place = (row, column) if chosen.name == "w" else (column,)
        shape = run.tensor(chosen.name).shape
        if all(at < size for at, size in zip(place, shape, strict=True)):
            return chosen.name, place
    return "w", (0, 0)


@part()
def show_more(run: ax.Run, other: Callable[[], ax.Run], say: Say) -> None:
    """What is there for whoever wants to know more, folded away until it is asked for.

    other  the same program with recording on instead of off, or off instead of on
    """
    chosen = address.selection()
    if run.graph is not None:
        by_cell = chosen is not None and chosen.kind == "cell"
        drawn_when_opened(
            say("card_title"),
            partial(show_card, run.graph, chosen, say),
            unfold=chosen is not None and not by_cell,
        )
        drawn_when_opened(
            say("story_section"),
            partial(show_story, run, chosen, say),
            unfold=chosen is not None and ".grad" in chosen.text,
        )
    with folded(say("printed_title")):
        show(printout(run.printed))
    drawn_when_opened(say("tensors_title"), partial(show_variables, run, say))
    drawn_when_opened(say("proof_title"), partial(show_proof, run, say))
    drawn_when_opened(
        say("recording_title"), partial(show_recording, run, other, say), unfold=run.graph is None
    )
    show(build_reading(say))


@part()
def show_card(graph: ax.BackwardGraph, chosen: Selection | None, say: Say) -> None:
    say_graph = texts.for_page("graph", address.language())
    show_chosen(graph, chosen, say_graph, key="card", hint=say("choose_hint"))
    show(
        paragraph(say("none_explained")),
        paragraph(say("saved_cost", bytes=graph.saved_bytes)),
    )


@part()
def show_loss(run: ax.Run, say: Say) -> None:
    show(heading(say("loss_title"), 3))
    loss, wanted = run.tensor("loss").values, run.tensor("y").values
    show_prediction(loss, ax.predicted(run), wanted, say, key="loss")


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
    if chosen is None or chosen.kind != "cell" or chosen.name == "x" or run.graph is None:
        show(note(say("story_choose")))
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


def number_groups(run: ax.Run) -> tuple[Group, Group, Group]:
    """x beside the rows that it multiplies, w over b, and w.grad over b.grad: columns line up."""
    x, w, b = run.tensor("x"), run.tensor("w"), run.tensor("b")
    large = "choices" not in address.left_out()
    by_hand = partial(Matrix, selectable=True, draggable=True)
    return (
        Group("", (by_hand("x", "x", x.values, x.shape, upright=True),), narrow=True),
        Group(
            "",
            (
                by_hand("w", "w", w.values, w.shape, enlargeable=large),
                by_hand("b", "b", b.values, b.shape, enlargeable=large),
            ),
        ),
        Group(
            "",
            (
                Matrix("w.grad", "w", w.grad, w.shape, selectable=True, enlargeable=large),
                Matrix("b.grad", "b", b.grad, b.shape, selectable=True, enlargeable=large),
            ),
        ),
    )


def why(pattern: ax.RowPattern, say: Say) -> str:
    if pattern.all_zero:
        return say("why_zero")
    gap = f"{pattern.largest_gap:.1e}"
    if pattern.all_ones and pattern.identical and pattern.equal_to_b:
        return (
            say("why_single_one") if pattern.rows == 1 else say("why_identical", rows=pattern.rows)
        )
    return say("why_scaled_single" if pattern.rows == 1 else "why_scaled", gap=gap)


@part()
def show_variables(run: ax.Run, say: Say) -> None:
    with slide("tensors"):
        show(table(build_tensors(run, say), say("tensors_title")))
    x, y, z = (run.tensor(name) for name in ("x", "y", "z"))
    with slide("vectors"):
        show_heatmaps(
            (
                Group(
                    "x, y",
                    (Matrix("x", "x", x.values, x.shape), Matrix("y", "y", y.values, y.shape)),
                ),
                Group("z", (Matrix("z", "z", z.values, z.shape),)),
            ),
            say,
            key="vectors",
        )
        show(paragraph(say("tensors_note" if z.requires_grad else "tensors_note_off")))
    with slide("average"):
        show_loss(run, say)


@part()
def show_proof(run: ax.Run, say: Say) -> None:
    """Three ways to the gradient, each with its largest difference from the first there is.

    They wait until no dial moves: finding them takes ten times as long as the run.
    """
    if not address.settled() or address.is_held():
        show(note(say("proof_waits")))
        return
    proof = proof_of(run)
    show(
        paragraph(say("proof_intro" if proof.autograd else "proof_intro_off")),
        table(build_proof(proof, say), say("proof_title")),
        note(say("proof_note", step=f"{proof.step:g}")),
    )


@part()
def show_recording(run: ax.Run, other: Callable[[], ax.Run], say: Say) -> None:
    recorded, unrecorded = (run, other()) if run.graph is not None else (other(), run)
    show(
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
with slide("title"):
    show(headline(say("title"), say("intro")))
explore()
show_letters(say)  # last: above the rest even what is unseen would take room
