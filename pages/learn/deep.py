"""Lesson: on its way back through many layers a gradient is multiplied again and again."""

import streamlit as st

import autograd_explorer as ax
from components.board import board
from components.charts import show_norms
from components.dials import NO_SWITCH
from components.lesson import ask_choice, ask_first, begin, offer_playground, show_lesson, words
from components.part import part
from components.program_view import show_program, summary
from components.prose import note, paragraph, show
from components.turns import fragment


@fragment
def lesson() -> None:
    say, problem = begin("deep", hidden=("n_in", "n_out", "x", "y", *NO_SWITCH))
    with st.container(horizontal=True):
        depth = int(ask_choice("depth", say("depth"), say))
        activation = ask_choice("activation", say("activation"), say)
        init = ask_choice("init", say("init"), say)
        skip = ask_choice("residual", say("residual"), say) == "on"
    run = ax.run(ax.deep_program(problem, depth, activation, init, skip=skip))
    if ask_first("deep", lambda: ax.deep_quiz(run), run.source):
        with board("lesson"):
            with part():
                norms = run.tensor("norms").values
                dead = summary(run.variables["total_dead"])
                show_norms(norms, say("chart"), say("layer"), key="norms")
                show(
                    paragraph(say("norms", first=f"{norms[0]:.2e}", last=f"{norms[-1]:.2e}")),
                    paragraph(say("dead", count=dead, all=depth * ax.DEEP_WIDTH))
                    if activation == "relu"
                    else "",
                    note(say(f"about_{activation}")),
                )
            show_program(run, words("program"), key="program")
    offer_playground(run.source)


show_lesson("deep", lesson, ("vanishing", "exploding", "initialisation", "residual"))
