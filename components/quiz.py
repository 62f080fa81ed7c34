"""Ask a question about this run: predict first, then see which answer holds, and why."""

import streamlit as st

from autograd_explorer.course import Quiz
from components import address
from components.prose import heading, paragraph, show
from texts import Say


def ask_quiz(quiz: Quiz, marks: tuple[str, ...], say: Say, say_own: Say) -> bool:
    """The question with its options, and once one is chosen whether it is right, and the reason.

    say      the words that all questions share; say_own those of this one
    marks    what counts as done then, in the address
    Returns  whether the reader has answered, now or before, or asked to see without
    """
    show(heading(say("predict")), paragraph(say_own(quiz.key, **quiz.facts)))
    labels = [
        f"`{option.label}`" if option.label else say("option_none") for option in quiz.options
    ]
    # Another question, another key: an old answer is none to it.
    key = f"quiz-{'-'.join(marks)}-{'-'.join(labels)}"
    chosen = st.session_state.get(key)
    # Buttons, not a radio group: there an arrow key on its way to an answer would give one.
    with st.container(gap="xsmall", key="options"):
        for i, option in enumerate(quiz.options):
            told = chosen is not None and (i == chosen or option.right)
            st.button(
                f"{'✓' if option.right else '✗'} {labels[i]}" if told else labels[i],
                key=f"{key}-{i}",
                type="primary" if i == chosen else "secondary",
                on_click=_answer,
                args=(key, i, marks),
            )
    if chosen is None:
        if all(mark in address.done() for mark in marks):
            return True
        st.button(say("reveal"), on_click=address.mark_done, args=marks)
        return False
    option = quiz.options[chosen]
    reason = say_own(option.why, **option.facts)
    if option.right:
        st.success("✓ " + say("right", reason=reason))
    else:
        answer = labels[quiz.options.index(quiz.answer)]
        st.warning("✗ " + say("wrong", answer=answer, reason=reason))
    return True


def _answer(key: str, chosen: int, marks: tuple[str, ...]) -> None:
    st.session_state[key] = chosen
    address.mark_done(*marks)
