"""Your own program: whatever you paste runs on real PyTorch, and everything it did is shown."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import autograd_explorer as ax
import texts
from components import address
from components.board import board, columns, slide
from components.charts import show_chart
from components.charts.turns import Turns, chart_of, turns_of
from components.choice import ask_choice
from components.chosen import show_chosen
from components.complaints import show_complaints
from components.editor import ask_program, know_names
from components.failure import show_failure
from components.findings import (
    cure_chosen,
    end_of_path,
    findings_beside,
    show_all_well,
    show_diagnosis,
)
from components.found import Findings, explains_failure, finding_chosen, marks_of, show_verdict
from components.fragment import fragment
from components.graph_view import Shown
from components.local_file import is_trusted, local_program, may_run
from components.on_page import show_graph, show_program, show_timeline
from components.part import part
from components.printout import printout
from components.prose import callout, heading, headline, note, paragraph, printed, show
from components.runs import once, run_apart, stop_run
from components.script import offer_again, show_not_run, show_trust, watch_script
from components.searching import offer_tables
from components.server import someone_clicked
from components.tables import (
    build_all_tensors,
    build_edges,
    build_gradients,
    build_nodes,
)
from components.tensors import show_tensors
from texts import Say

FOLDER = Path(__file__).parent / "examples"
EXAMPLES = {name: (FOLDER / f"{name}.py").read_text(encoding="utf-8") for name in address.EXAMPLES}
MOST_WARNINGS = 5
_SHOWN = "playground_was_shown"
SOON = 0.4  # seconds, after which a reader would like to know


@fragment
def play() -> None:
    language = address.language()
    say = texts.for_page("playground", language)
    say_script = texts.for_page("script", language)
    program = address.program(EXAMPLES, local_program() or EXAMPLES["linear_layer"])
    show_complaints(address.complaints(), texts.for_page("frame", language))
    # The file from the command line, as real Python, where it may run as that; else nothing.
    script = watch_script(program.source, say_script) if program.is_first and may_run() else None
    run = script.run if script else run_shown(program, say)
    findings = (script.findings if script else findings_beside(run)) or ()
    chosen = finding_chosen(findings, address.selection())
    graph = graph_of(run, numbers_of(run, script), chosen)
    turns = changing(run) or {}
    below = bool(turns or run.figures)  # charts, which have no place on a board
    if script:
        offer_again(say_script)
    with board("pane", choose=lambda sent: choose(sent, run, () if script else findings)):
        show_pane(run, program, script, graph, findings, chosen, say)
        if not below:
            show_values(run, graph, say)
    if not someone_clicked():  # or this pane may never be sent: Streamlit begins anew
        st.session_state[_SHOWN] = True
    # Streamlit's own elements dim by themselves while a later text runs (theme.py).
    with st.container(key="results_below"):
        if run.figures:
            show_figures(run)
        if turns:
            with slide("turns"):
                show_turns(run, turns, say)
        if below:
            with board("values"):
                show_values(run, graph, say)
        if not address.presenting():
            offer_searching(run, graph, findings)


@part()
def show_figures(run: ax.Run) -> None:
    from components.charts.drawn import show_drawn  # for programs that draw alone

    show_drawn(run, address.take_selection)


@part()
def changing(run: ax.Run) -> Mapping[str, Turns]:
    return once(run, "turns", lambda: turns_of(run))


@part()
def show_turns(run: ax.Run, turns: Mapping[str, Turns], say: Say) -> None:
    show_chart(once(run, "chart_of_turns", lambda: chart_of(turns, say), say), "turns")


def run_shown(program: address.Program, say: Say) -> ax.Run:
    """Run the program; one that takes long shows how far it is, and can be stopped.

    Meanwhile the pane stays as it was; before there is one, an editor stands in its place.
    """
    source = program.source
    place = st.empty()
    begun = time.monotonic()
    line: list[DeltaGenerator] = []  # where it says so, once that is there

    def tell(turns: int) -> None:
        if time.monotonic() - begun < SOON:
            return
        if not line:
            with place.container():
                if _SHOWN not in st.session_state:
                    say_editor = texts.for_page("editor", address.language())
                    nothing = ax.Run(source, (), {}, "", (), None, None)
                    with board("waiting"):
                        ask_program(nothing, program, say_editor, EXAMPLES, running=True)
                with st.container(key="running", horizontal=True, vertical_alignment="center"):
                    st.button(say("stop"), key="stop_run", on_click=stop_run, args=(source,))
                    line.append(st.empty())
        line[0].html(note(say("turns_so_far", turns=f"{turns:,}") if turns else say("waiting")))

    run = run_apart(source, tell)
    place.empty()
    return run


def show_pane(
    run: ax.Run,
    program: address.Program,
    script: ax.Watched | None,
    graph: ax.BackwardGraph | None,
    findings: Findings,
    chosen: ax.Finding | None,
    say: Say,
) -> None:
    """The program and its graph side by side, and below them the bar that plays both and what is
    chosen of them. Projected, the bar stands with the graph, and what is chosen is a slide."""
    language = address.language()
    say_diagnosis = texts.for_page("diagnosis", language)
    ends = end_of_path(run, chosen, graph, say_diagnosis)
    left, right = columns(1, 1)
    with left, slide("editor"):
        if not address.presenting():
            show_verdict(findings, say_diagnosis)
        show_text(run, program, script, findings, say)
    with right:
        with slide("findings"):
            explained = not explains_failure(findings)
            show_told(run, say, texts.for_page("errors", language), explained=explained)
            # A file is changed where it lies: without its text no cure is offered as a button.
            told = replace(run, source="") if script else run
            show_diagnosis(told, findings, say_diagnosis, chosen=chosen, ends=ends)
        with slide("graph"):
            show_recorded(run, script, graph, chosen, ends, say)
            if address.presenting():
                show_player(run, graph)
    if not address.presenting():
        show_player(run, graph)
    with slide("card"):
        show_card(run, graph, say)
    with slide("printed"):
        show_all_well(run, findings, say_diagnosis)
        show_output(run, say)


def show_text(
    run: ax.Run,
    program: address.Program,
    script: ax.Watched | None,
    findings: Findings,
    say: Say,
) -> None:
    """The program, to be changed; or the file as it is, which is changed where it lies."""
    language = address.language()
    say_script = texts.for_page("script", language)
    if script:
        show_trust(script, say_script)
        show_program(run, texts.for_page("program", language), "script")
        return
    if is_trusted():
        show_not_run(say_script, another=not program.is_first)
    marks = marks_of(findings, texts.for_page("diagnosis", language))
    ask_program(run, program, texts.for_page("editor", language), EXAMPLES, marks=marks)
    if not program.shared:
        show(callout("beware", paragraph(say("too_long"))))


def choose(sent: object, run: ax.Run, findings: Findings) -> None:
    """A line that the diagnosis names, or its cure, which the program then becomes."""
    new = cure_chosen(sent, run, findings)
    if new is None:
        address.take_selection(sent)
    else:
        address.take_program(new, EXAMPLES)


@part()
def show_told(run: ax.Run, say: Say, say_errors: Say, *, explained: bool) -> None:
    """What PyTorch and Python said, in full, beside the program."""
    if run.error:
        show_failure(run.error, say_errors, explained=explained)
    # Each once; that a notebook's command was passed over is said on its line alone.
    told = [heard for heard in dict.fromkeys(run.warnings) if heard.type != "IPython"]
    for heard in told[:MOST_WARNINGS]:
        where = say("warned", line=heard.line, type=f"`{heard.type}`")
        show(paragraph(f"**{where}**"), callout("beware", printed(heard.message)))
    if len(told) > MOST_WARNINGS:
        show(note(say("warned_more", count=len(told) - MOST_WARNINGS)))


@part()
def show_recorded(
    run: ax.Run,
    script: ax.Watched | None,
    graph: ax.BackwardGraph | None,
    chosen: ax.Finding | None,
    ends: Shown | None,
    say: Say,
) -> None:
    ask_pass(run, numbers_of(run, script), chosen, say)
    if graph is None:
        show(paragraph(say("graph_none")))
    else:
        show_graph(graph, texts.for_page("graph", address.language()), key="graph", ends=ends)


@part()
def show_player(run: ax.Run, graph: ax.BackwardGraph | None) -> None:
    """The bar that plays program and graph."""
    if graph is not None:
        say = texts.for_page("timeline", address.language())
        show_timeline(run, graph, say, key="timeline", drawn_by="graph")


@part()
def show_card(run: ax.Run, graph: ax.BackwardGraph | None, say: Say) -> None:
    """What is chosen of the graph and the program."""
    if graph is not None:
        say_graph = texts.for_page("graph", address.language())
        show_chosen(graph, address.selection(), say_graph, key="card", hint=say("choose_hint"))
        show(note(say(state_of(graph, run), bytes=f"{graph.saved_bytes:,}")))


def state_of(graph: ax.BackwardGraph, run: ax.Run) -> str:
    """Which sentence is true of a graph: whether backward ran through it, will, or cannot."""
    if graph.order:
        return "graph_note"
    if all(saved.held for node in graph.nodes for saved in node.saved):
        return "graph_forward_only"
    stopped = run.error is not None and run.error.kind == "torch"
    return "graph_stopped" if stopped and not run.backwards else "graph_freed"


def numbers_of(run: ax.Run, script: ax.Watched | None) -> Sequence[int]:
    """Which passes run.backwards are: of a script's, not all are kept."""
    return script.numbers if script else range(len(run.backwards))


def graph_of(
    run: ax.Run, numbers: Sequence[int], finding: ax.Finding | None
) -> ax.BackwardGraph | None:
    """What is drawn: a pass that was chosen, or else the last graph."""
    _, chosen = passes_of(run, numbers, finding)
    return (run.backwards[chosen] if chosen >= 0 else run.graph) or next(iter(run.backwards), None)


def passes_of(run: ax.Run, numbers: Sequence[int], finding: ax.Finding | None) -> tuple[range, int]:
    """The backward passes to choose from, and the one that is chosen; -1 is the last graph.

    There is a choice where several ran, and where the last graph is not that of the only one: then
    the pass, which has gradients to show, stands there until another is chosen. That of a finding
    which began in a certain pass comes before.
    """
    last_is_pass = run.graph is None or any(graph is run.graph for graph in run.backwards)
    if not run.backwards or (len(run.backwards) == 1 and last_is_pass):
        return range(0), -1
    usual = -1 if last_is_pass else len(run.backwards) - 1
    began = finding.facts.get("in_pass") if finding else None
    if began is not None and began - 1 in numbers:
        place = numbers.index(began - 1)
        usual = place if run.backwards[place] is not run.graph else usual
    return range(-1, len(run.backwards)), address.chosen_pass(len(run.backwards), usual)


@part()
def ask_pass(run: ax.Run, numbers: Sequence[int], finding: ax.Finding | None, say: Say) -> None:
    passes, chosen = passes_of(run, numbers, finding)
    words = [
        (i, say("pass_last") if i < 0 else say("pass_number", number=numbers[i] + 1))
        for i in passes
    ]
    if words:
        ask_choice("pass", say("pass"), words, chosen, address.choose_pass)


@part()
def show_output(run: ax.Run, say: Say) -> None:
    show(heading(say("printed_title")))
    show(printout(run.printed) if run.printed else note(say("printed_nothing")))


@part()
def show_values(run: ax.Run, graph: ax.BackwardGraph | None, say: Say) -> None:
    with slide("values"):
        show(heading(say("tensors_title")))
        show_tensors(run, graph, say, key="tensors")


@part()
def offer_searching(run: ax.Run, graph: ax.BackwardGraph | None, findings: Findings) -> None:
    """The graph and the tensors once more, as tables to be searched."""
    if graph is not None:
        offer_tables(
            "open_graph",
            {
                "nodes": (len(graph.nodes), lambda: build_nodes(graph)),
                "edges": (len(graph.edges), lambda: build_edges(graph)),
            },
        )
    tensors = [view for view in run.variables.values() if isinstance(view, ax.TensorView)]
    if tensors:
        made = {"tensors": (len(tensors), lambda: build_all_tensors(run))}
        if leaves := len({leaf.name for leaf in run.reach.leaves} - {""}):
            say = texts.for_page("diagnosis", address.language())
            made["gradients"] = leaves, lambda: build_gradients(run, findings, say)
        offer_tables("open_tensors", made)


say = texts.for_page("playground", address.language())
with slide("title"):
    show(headline(say("title"), say("intro")))
know_names()
play()
