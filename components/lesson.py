"""What all lessons share: how they begin, and how they end."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

import autograd_explorer as ax
import texts
from autograd_explorer.course import CHOICES, Quiz
from components import state
from components.complaints import show_complaints
from components.dials import NO_SWITCH, ask_problem
from components.glossary import show_glossary
from components.part import part
from components.prose import paragraph, show, title
from components.quiz import ask_quiz
from texts import Say


def show_lesson(lesson: str, body: Callable[[], None], terms: Sequence[str]) -> None:
    """A whole lesson: its title and one claim, the body that follows the dials, and its end.

    body  a fragment, which is all that a moved dial draws again
    """
    say = words(lesson)
    show(title(say("title"), say("intro")))
    body()
    if not state.presenting():
        show_end(lesson, say, terms)


def words(name: str) -> Say:
    """The words of one file, in the language of the page."""
    return texts.for_page(name, state.language())


def begin(lesson: str, hidden: Sequence[str] = NO_SWITCH) -> tuple[Say, ax.Problem]:
    """Start a lesson that has the dials; its words, and the problem that they stand at.

    hidden  dials that are not shown; without the switch the problem always records
    """
    say = words(lesson)
    problem = state.current_problem()
    if "recording" in hidden:
        problem = replace(problem, recording=True)
    show_complaints(state.complaints(), words("frame"))
    ask_problem(problem, words("dials"), hidden=hidden)
    return say, problem


def ask_first(
    lesson: str,
    quiz: Callable[[], Quiz | None],
    source: str,
    marks: tuple[str, ...] | None = None,
) -> bool:
    """The question, with the bare program it is about; whether the rest may be shown.

    quiz  makes the question from a run; where there is none, the rest is shown at once
    """
    say = words("quizzes")
    left, right = st.columns(2, gap="medium")
    revealed = True
    with left, part():
        question = quiz()
        revealed = question is None or ask_quiz(question, marks or (lesson,), say, words(lesson))
    if not revealed:
        with right:
            st.code(source, language="python", line_numbers=True)
    return revealed


def offer_playground(source: str) -> None:
    """The way into the Playground with the program as it stands; at the end of a body."""
    if not state.presenting() and st.button(words("lessons")("playground")):
        state.open_in_playground(source)
        st.rerun()  # the whole app: a callback would rerun this fragment alone


def show_end(lesson: str, say: Say, terms: Sequence[str]) -> None:
    """The teacher's note, the terms, and on to the next lesson."""
    frame = words("lessons")
    with st.expander(frame("teacher")):
        show(paragraph(say("teacher")))
    show_glossary(terms, words("glossary"), key="glossary")
    place = state.LESSONS.index(lesson)
    with st.container(horizontal=True, gap="small"):
        for label, at in (("previous", place - 1), ("next", place + 1)):
            if 0 <= at < len(state.LESSONS):
                other = state.LESSONS[at]
                st.button(
                    frame(label, title=words(other)("title")),
                    key=label,
                    on_click=state.choose_page,
                    args=(other,),
                )


def ask_choice(key: str, label: str, say: Say, *dropped: str) -> str:
    """A dial of the lesson as a row of buttons; what it says now."""
    if "choices" in state.left_out():
        return state.choice(key)
    st.session_state[f"choice-{key}"] = state.choice(key)
    st.segmented_control(
        label,
        CHOICES[key].values,
        format_func=lambda value: say(f"{key}_{value}"),
        key=f"choice-{key}",
        required=True,
        on_change=lambda: state.choose(key, st.session_state[f"choice-{key}"], *dropped),
    )
    return state.choice(key)


def ask_numbers(key: str, name: str, count: int) -> tuple[float, ...]:
    """A dial for each of a vector's numbers, the first six of them; what they say now."""
    shown = min(count, 6)
    values = state.numbers(key, shown)
    if "choices" in state.left_out():
        return values

    def take() -> None:
        state.choose_numbers(key, [st.session_state[f"{key}-{i}"] for i in range(shown)])

    for i, column in enumerate(st.columns(shown)):
        st.session_state[f"{key}-{i}"] = values[i]
        with column:
            st.slider(f"{name}[{i}]", -2.0, 2.0, step=0.5, key=f"{key}-{i}", on_change=take)
    return values
