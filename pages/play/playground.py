"""Your own program: whatever you paste runs on real PyTorch, and everything it did is shown."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import autograd_explorer as ax
import texts
from autograd_explorer.records import Array
from components import address
from components.board import board, columns, slide
from components.chosen import show_chosen
from components.complaints import show_complaints
from components.download import show_downloads
from components.editor import ask_program
from components.failure import show_failure
from components.fragment import fragment
from components.graph_view.describe import clipped
from components.heatmaps import Group, Matrix
from components.local_file import local_program
from components.matrix import real, shape_text
from components.on_page import show_graph, show_heatmaps, show_program, show_timeline
from components.part import part
from components.printout import printout
from components.prose import callout, heading, note, paragraph, printed, show, table, title
from components.runs import run_apart, stop_run
from components.tables import (
    build_all_tensors,
    build_edges,
    build_nodes,
    build_tensors,
    offer_tables,
)
from texts import Say

FOLDER = Path(__file__).parent / "examples"
EXAMPLES = {name: (FOLDER / f"{name}.py").read_text(encoding="utf-8") for name in address.EXAMPLES}
SOON = 0.4  # seconds, after which a reader would like to know
MOST_TENSORS, MOST_GRADIENTS, MOST_WARNINGS, LARGEST = 30, 6, 5, 64


@fragment
def play() -> None:
    language = address.language()
    say = texts.for_page("playground", language)
    program = address.program(EXAMPLES, local_program() or EXAMPLES["linear_layer"])
    show_complaints(address.complaints(), texts.for_page("frame", language))
    ask_example(program, say)
    left, right = st.columns(2, gap="medium")
    with right:
        run = run_shown(program.source, say)
    with left, slide("editor"):
        ask_program(program.source, run.error, texts.for_page("editor", language), EXAMPLES)
        if not program.shared:
            st.warning(say("too_long"))
        show_downloads(program.source, say)
    # Both dim while a later text runs (theme.py).
    with right, st.container(key="results_beside"), slide("printed"):
        show_output(run, say, texts.for_page("errors", language))
    with st.container(key="results_below"):
        show_results(run, say)


def run_shown(source: str, say: Say) -> ax.Run:
    """Run the program; one that takes long shows how far it is, and can be stopped."""
    place = st.empty()
    begun = time.monotonic()
    line: list[DeltaGenerator] = []  # where it says so, once that is there

    def tell(turns: int) -> None:
        if time.monotonic() - begun < SOON:
            return
        if not line:
            with place.container(horizontal=True, vertical_alignment="center"):
                st.button(say("stop"), key="stop_run", on_click=stop_run, args=(source,))
                line.append(st.empty())
        line[0].html(note(say("turns_so_far", turns=f"{turns:,}") if turns else say("waiting")))

    run = run_apart(source, tell)
    place.empty()
    return run


@part()
def ask_example(program: address.Program, say: Say) -> None:
    st.session_state["example_choice"] = program.example
    st.pills(
        say("examples"),
        address.EXAMPLES,
        format_func=lambda name: say(f"example_{name}"),
        key="example_choice",
        on_change=lambda: address.choose_example(st.session_state["example_choice"]),
    )
    # Always a line, or the editor would move up under the reader's hands.
    show(note(say(f"example_{program.example or 'none'}_note")))


@part()
def show_output(run: ax.Run, say: Say, say_errors: Say) -> None:
    show(heading(say("printed_title")))
    show(printout(run.printed) if run.printed else note(say("printed_nothing")))
    show_warnings(run.warnings, say)
    if run.error:
        show_failure(run.error, say_errors)


def show_warnings(warnings: Sequence[ax.Heard], say: Say) -> None:
    """What plain Python would have printed beside the program's own words, each once."""
    told = list(dict.fromkeys(warnings))
    for heard in told[:MOST_WARNINGS]:
        where = say("warned", line=heard.line, type=f"`{heard.type}`")
        show(paragraph(f"**{where}**"), callout("beware", printed(heard.message)))
    if len(told) > MOST_WARNINGS:
        show(note(say("warned_more", count=len(told) - MOST_WARNINGS)))


def show_results(run: ax.Run, say: Say) -> None:
    """The lines, the graph, the numbers: each figure with its text beside it.

    They are two boards, with Streamlit's own box between them where there is a pass to choose.
    """
    language = address.language()
    with board("lines"):
        with slide("lines"):
            show_lines(run, say, texts.for_page("program", language))
        if not address.presenting():
            show(heading(say("graph_title")))
    graph = ask_pass(run, say) or run.graph or next(iter(run.backwards), None)
    with board("recorded"):
        with slide("graph"):
            show_recorded(run, graph, say, texts.for_page("graph", language))
        with slide("values"):
            show_values(run, graph, say)
    if not address.presenting():
        offer_searching(run, graph)


@part()
def show_lines(run: ax.Run, say: Say, say_program: Say) -> None:
    show(heading(say("lines_title")))
    left, right = columns(7, 5)
    with left:
        show_program(run, say_program, key="program")
    with right:
        show(note(say("lines_note")))


@part()
def show_recorded(run: ax.Run, graph: ax.BackwardGraph | None, say: Say, say_graph: Say) -> None:
    """A graph, the bar that plays it, and whatever is chosen of it."""
    if graph is None:
        show(paragraph(say("graph_none")))
        return
    show_graph(graph, say_graph, key="graph")
    say_timeline = texts.for_page("timeline", address.language())
    show_timeline(run, graph, say_timeline, key="timeline", drawn_by="graph")
    show_chosen(graph, address.selection(), say_graph, key="card", hint=say("choose_hint"))
    show(note(say(state_of(graph, run), bytes=graph.saved_bytes)))


def state_of(graph: ax.BackwardGraph, run: ax.Run) -> str:
    """Which sentence is true of a graph: whether backward ran through it, will, or cannot."""
    if graph.order:
        return "graph_note"
    if all(saved.held for node in graph.nodes for saved in node.saved):
        return "graph_forward_only"
    stopped = run.error is not None and run.error.kind == "torch"
    return "graph_stopped" if stopped and not run.backwards else "graph_freed"


@part()
def ask_pass(run: ax.Run, say: Say) -> ax.BackwardGraph | None:
    """Which backward pass to draw; None for the last graph.

    There is a choice where several ran, and where the last graph is not that of the only one: then
    the pass, which has gradients to show, stands there until another is chosen.
    """
    last_is_pass = run.graph is None or any(graph is run.graph for graph in run.backwards)
    if not run.backwards or (len(run.backwards) == 1 and last_is_pass):
        return None
    number = address.chosen_pass(len(run.backwards), -1 if last_is_pass else len(run.backwards) - 1)
    st.session_state["pass_choice"] = number
    st.selectbox(
        say("pass"),
        range(-1, len(run.backwards)),
        format_func=lambda i: say("pass_last") if i < 0 else say("pass_number", number=i + 1),
        key="pass_choice",
        on_change=lambda: address.choose_pass(st.session_state["pass_choice"]),
    )
    return run.backwards[number] if number >= 0 else None


@part()
def show_values(run: ax.Run, graph: ax.BackwardGraph | None, say: Say) -> None:
    """What the run has left: its tensors, and beside them their gradients as heatmaps."""
    tensors = tensors_of(run)
    gradients = {f"{name}.grad": view.grad for name, view in tensors.items()}
    # Parameters of modules are no variables; what a pass put into them is on their nodes.
    for node in graph.nodes if graph and graph.order else ():
        if node.kind == "leaf" and node.tensor and node.tensor.partition(",")[0] not in tensors:
            gradients[f"→ {node.tensor}.grad"] = node.upstream[0]
    left, right = columns(7, 5)
    with left:
        show_tensors(run, list(tensors), say)
    with right:
        show_gradients({name: g for name, g in gradients.items() if g is not None}, say)


def tensors_of(run: ax.Run) -> dict[str, ax.TensorView]:
    return {name: view for name, view in run.variables.items() if isinstance(view, ax.TensorView)}


@part()
def show_tensors(run: ax.Run, names: Sequence[str], say: Say) -> None:
    if not names:
        return
    shown = build_tensors(run, say, names[:MOST_TENSORS])
    show(heading(say("tensors_title")), table(shown, say("tensors_title")))
    if len(names) > MOST_TENSORS:
        show(note(say("tensors_more", shown=MOST_TENSORS, count=len(names))))


@part()
def show_gradients(gradients: dict[str, Array], say: Say) -> None:
    if not gradients:
        return
    groups = [Group("", (drawn(*one),)) for one in gradients.items() if drawable(one[1])]
    show(heading(say("gradients_title")))
    if groups:
        show_heatmaps(groups[:MOST_GRADIENTS], say, key="gradients")
        show(note(say("gradients_note")))
    others = [
        f"`{clipped(name)} {shape_text(values.shape)}`"
        for name, values in gradients.items()
        if not drawable(values)
    ]
    if others:
        several = ", ".join(others[:MOST_GRADIENTS]) + (" …" if others[MOST_GRADIENTS:] else "")
        show(note(say("gradients_undrawn", names=several, most=LARGEST)))


@part()
def offer_searching(run: ax.Run, graph: ax.BackwardGraph | None) -> None:
    """The graph and the tensors once more, as tables to be searched."""
    if graph is not None:
        offer_tables(
            "open_graph",
            {
                "nodes": (len(graph.nodes), lambda: build_nodes(graph)),
                "edges": (len(graph.edges), lambda: build_edges(graph)),
            },
        )
    if tensors := tensors_of(run):
        made = {"tensors": (len(tensors), lambda: build_all_tensors(run))}
        offer_tables("open_tensors", made)


def drawn(name: str, values: Array) -> Matrix:
    """A gradient as a matrix; of complex numbers the magnitudes, which its name says."""
    shown = f"|{name}|" if np.iscomplexobj(values) else name
    return Matrix(shown, name.removesuffix(".grad"), np.atleast_1d(real(values)), values.shape)


def drawable(values: Array) -> bool:
    """A vector or a matrix that a screen can hold."""
    return values.ndim <= 2 and values.size > 0 and max(values.shape, default=1) <= LARGEST


say = texts.for_page("playground", address.language())
with slide("title"):
    show(title(say("title"), say("intro")))
play()
