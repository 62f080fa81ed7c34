"""Ask a question about this run: predict first, then see which answer holds, and why."""

import streamlit as st

import autograd_explorer as ax
from components import state
from components.prose import heading, show
from texts import Say


def ask_quiz(quiz: ax.Quiz, marks: tuple[str, ...], say: Say) -> bool:
    """The question with its options, and once one is chosen whether it is right, and the reason.

    marks    what counts as done then, in the address
    Returns  whether the reader has answered, now or before, or asked to see without
    """
    show(heading(say("predict"), 3))
    labels = [option.label or say("option_none") for option in quiz.options]
    chosen = st.radio(
        say(quiz.key, **quiz.facts),
        range(len(quiz.options)),
        format_func=lambda i: f"`{labels[i]}`" if quiz.options[i].label else labels[i],
        index=None,
        # Another question, another widget: an old answer is none to it.
        key=f"quiz-{'-'.join(marks)}-{'-'.join(labels)}",
        on_change=state.mark_done,
        args=marks,
    )
    if chosen is None:
        if all(mark in state.done() for mark in marks):
            return True
        st.button(say("reveal"), on_click=state.mark_done, args=marks)
        return False
    option = quiz.options[chosen]
    reason = say(option.why, **option.facts)
    if option.right:
        st.success("✓ " + say("right", reason=reason))
    else:
        answer = labels[quiz.options.index(quiz.answer)]
        st.warning("✗ " + say("wrong", answer=f"`{answer}`", reason=reason))
    return True
