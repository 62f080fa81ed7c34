"""What all lessons share: how they begin, and how they end."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

import autograd_explorer as ax
import texts
from autograd_explorer.course import CHOICES, Quiz
from components import address
from components.complaints import show_complaints
from components.dials import NO_SWITCH, ask_problem
from components.glossary import show_glossary
from components.part import part
from components.prose import paragraph, show, title
from components.quiz import ask_quiz
from texts import Say


def show_lesson(
    lesson: str,
    body: Callable[[], None],
    terms: Sequence[str],
    below: Callable[[], None] = lambda: None,
) -> None:
    """A whole lesson: its title and one claim, the body that follows the dials, and its end.

    body   a fragment, which is all that a moved dial draws again
    below  draws what stands below the body and does not depend on any dial
    """
    say = words(lesson)
    show(title(say("title"), say("intro")))
    body()
    if not address.presenting():
        below()
        show_end(lesson, say, terms)


def words(name: str) -> Say:
    """The words of one file, in the language of the page."""
    return texts.for_page(name, address.language())


def begin(lesson: str, hidden: Sequence[str] = NO_SWITCH) -> tuple[Say, ax.Problem]:
    """Start a lesson that has the dials; its words, and the problem that they stand at.

    hidden  dials that are not shown; without the switch the problem always records
    """
    say = words(lesson)
    problem = address.current_problem()
    if "recording" in hidden:
        problem = replace(problem, recording=True)
    show_complaints(address.complaints(), words("frame"))
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
            st.code(source, language="python", line_numbers=True, wrap_lines=True)
    return revealed


def offer_playground(source: str) -> None:
    """The way into the Playground with the program as it stands; at the end of a body."""
    if not address.presenting() and st.button(words("lessons")("playground")):
        address.open_in_playground(source)
        st.rerun()  # the whole app: a callback would rerun this fragment alone


def show_end(lesson: str, say: Say, terms: Sequence[str]) -> None:
    """The teacher's note, the terms, and on to the next lesson."""
    frame = words("lessons")
    with st.expander(frame("teacher")):
        show(paragraph(say("teacher")))
    show_glossary(terms, words("glossary"), key="glossary")
    if lesson not in address.NUMBERED:
        return
    place = address.NUMBERED.index(lesson)
    with st.container(horizontal=True, gap="small"):
        for label, at in (("previous", place - 1), ("next", place + 1)):
            if 0 <= at < len(address.NUMBERED):
                other = address.NUMBERED[at]
                st.button(
                    frame(label, title=words(other)("title")),
                    key=label,
                    on_click=address.choose_page,
                    args=(other,),
                )


def ask_choice(key: str, label: str, say: Say, *dropped: str) -> str:
    """A dial of the lesson as a row of buttons; what it says now."""
    if "choices" in address.left_out():
        return address.choice(key)
    st.session_state[f"choice-{key}"] = address.choice(key)
    st.segmented_control(
        label,
        CHOICES[key].values,
        format_func=lambda value: say(f"{key}_{value}"),
        key=f"choice-{key}",
        required=True,
        on_change=lambda: address.choose(key, st.session_state[f"choice-{key}"], *dropped),
    )
    return address.choice(key)


def ask_numbers(name: str, count: int) -> tuple[float, ...]:
    """A dial for each of a vector's numbers, the first six of them; what they say now."""
    shown = min(count, 6)
    values = address.numbers(shown)
    if "choices" in address.left_out():
        return values

    def take() -> None:
        address.choose_numbers([st.session_state[f"{name}-{i}"] for i in range(shown)])

    for i, column in enumerate(st.columns(shown)):
        st.session_state[f"{name}-{i}"] = values[i]
        with column:
            st.slider(f"{name}[{i}]", -2.0, 2.0, step=0.5, key=f"{name}-{i}", on_change=take)
    return values
