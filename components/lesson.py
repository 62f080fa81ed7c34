"""What all lessons share: how they begin, and how they end."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

import streamlit as st

import autograd_explorer as ax
import texts
from autograd_explorer.course import CHOICES, Quiz
from components import address
from components.board import columns, slide
from components.complaints import show_complaints
from components.dials import NO_SWITCH, ask_problem
from components.on_page import show_program
from components.prose import heading, lead, note, paragraph, show
from components.question import Asked, ask, is_open, show_question
from texts import Say

# How wide the figure and its question stand beside each other; a graph needs more.
HERO = (7, 5)
HERO_OF_A_GRAPH = (8, 4)


def show_lesson(
    lesson: str,
    body: Callable[[], None],
    *,
    below: Callable[[], None] = lambda: None,
) -> None:
    """A whole lesson: its title and what it is about, the body that follows the dials, and its end.

    body   a fragment, which is all that a moved dial draws again
    below  draws what stands below the body and does not depend on any dial
    """
    say = words(lesson)
    with slide("title"):
        show_top(lesson, say)
    body()
    if not address.presenting():
        below()
        show_end(lesson, say)


def show_top(lesson: str, say: Say) -> None:
    """The title, where in the course it stands, and the way to the lessons beside it."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="lesson_top"):
        show(heading(say("title"), 1))
        if lesson in address.NUMBERED and not address.presenting():
            place = address.NUMBERED.index(lesson)
            frame = words("lessons")
            show(note(frame("place", place=place + 1, count=len(address.NUMBERED))))
            for key, sign, at in (("before", "‹", place - 1), ("after", "›", place + 1)):
                known = 0 <= at < len(address.NUMBERED)
                other = address.NUMBERED[at] if known else lesson
                st.button(
                    sign,
                    key=key,
                    help=words(other)("title") if known else None,
                    disabled=not known,
                    on_click=address.choose_page,
                    args=(other,),
                )
    show(lead(say("intro")))


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
    ask_problem(problem, words("dials"), hidden=hidden, folded="n_in" not in hidden)
    return say, problem


def hero(
    weights: tuple[float, float] = HERO,
) -> tuple[AbstractContextManager[None], AbstractContextManager[None]]:
    """On a board, a column for the figure, which is a slide, and for what its answer leads to; and
    beside it one for the question and the program."""
    figure, aside = columns(*weights)
    return figure, aside


def ask_about(lesson: str, quiz: Callable[[], Quiz | None]) -> Asked | None:
    """The lesson's question as it stands; what would answer it is shown when it is not open."""
    return ask(quiz, lesson)


def show_asked(asked: Asked | None, lesson: str) -> None:
    """The question, on the board beside the figure that it is about.

    Projected, it is asked when all that it is about has been seen, and then answered by that.
    """
    with slide("question", order=1 if is_open(asked) else -1):
        show_question(asked, words("quizzes"), words(lesson))


def show_aside(asked: Asked | None, lesson: str, run: ax.Run, matters: Collection[str]) -> None:
    """The question, and below it the lines of the program that matter, without any notes while the
    question is open."""
    show_asked(asked, lesson)
    show_program(run, words("program"), "program", matters=matters, bare=is_open(asked))


def offer_playground(source: str) -> None:
    """The way into the Playground with the program as it stands; at the end of a body."""
    if not address.presenting() and st.button(words("lessons")("playground")):
        address.open_in_playground(source)
        st.rerun()  # the whole app: a callback would rerun this fragment alone


def show_end(lesson: str, say: Say) -> None:
    """The teacher's note, and on to the next lesson."""
    frame = words("lessons")
    with st.expander(frame("teacher")):
        show(paragraph(say("teacher")))
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
