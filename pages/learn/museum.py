"""Lesson: the same few mistakes come back; each has its words, its reason and its cure."""

import streamlit as st

import core
from components import state
from components.complaints import show_complaints
from components.failure import show_failure
from components.graph_view import show_graph
from components.lesson import ask_first, offer_playground, show_lesson, words
from components.program_view import show_program, without_addresses
from components.prose import heading, paragraph, show
from components.turns import fragment
from texts import Say


@fragment
def lesson() -> None:
    say = words("museum")
    exhibit = core.EXHIBITS[state.CHOICES["exhibit"].index(state.choice("exhibit"))]
    fixed = state.choice("fixed") == "on"
    run = core.run(exhibit.fixed if fixed else exhibit.source)

    show_complaints(state.complaints(), words("frame"))
    ask_exhibit(say)
    show(heading(say(f"exhibit_{exhibit.name}"), 3))
    if fixed or ask_first("museum", core.museum_quiz(run), run.source, ("museum", exhibit.name)):
        show_exhibit(exhibit, run, fixed, say)
    offer_playground(run.source)


def show_exhibit(exhibit: core.Exhibit, run: core.Run, fixed: bool, say: Say) -> None:
    """The program with its words and its reason, the node in its graph, and the fix."""
    left, right = st.columns(2, gap="medium")
    with left:
        show_program(run, words("program"), key="program")
        ask_fix(exhibit, fixed, say)
    with right:
        if run.printed:
            st.code(without_addresses(run.printed), language=None, wrap_lines=True)
        if run.error:
            show_failure(run.error, words("errors"))
        elif fixed:
            st.success(say("runs"))
        else:
            st.warning(say("silent"))
        show(paragraph(say(f"why_{exhibit.name}")))
    if run.graph:
        show_graph(run.graph, words("graph"), key="graph")


def ask_exhibit(say: Say) -> None:
    if "choices" in state.left_out():
        return
    st.session_state["exhibit_choice"] = state.choice("exhibit")
    st.selectbox(
        say("exhibits"),
        state.CHOICES["exhibit"],
        format_func=lambda name: say(f"exhibit_{name}"),
        key="exhibit_choice",
        on_change=lambda: state.choose("exhibit", st.session_state["exhibit_choice"], "fixed"),
    )


def ask_fix(exhibit: core.Exhibit, fixed: bool, say: Say) -> None:
    """One click mends the program, another brings the mistake back."""
    old, new = (text.strip("\n") for text in exhibit.edit)
    show(paragraph(say("edit")))
    st.code(
        "\n".join([*(f"- {s}" for s in old.split("\n")), *(f"+ {s}" for s in new.split("\n"))]),
        "diff",
    )
    st.button(
        say("unfix" if fixed else "fix"),
        key="fix",
        on_click=state.choose,
        args=("fixed", "off" if fixed else "on"),
    )


show_lesson("museum", lesson, ("version", "leaf", "retain_graph", "accumulate", "detach"))
