"""Ask a question about this run: predict first, then see which answer holds, and why."""

import streamlit as st

import core
from components import state
from texts import Say


def ask_quiz(quiz: core.Quiz, lesson: str, say: Say) -> None:
    """The question with its options; once one is chosen, whether it is right, and the reason."""
    st.subheader(say("predict"), anchor=False)
    labels = [option.label or say("option_none") for option in quiz.options]
    chosen = st.radio(
        say(quiz.key, **quiz.facts),
        range(len(quiz.options)),
        format_func=lambda i: f"`{labels[i]}`" if quiz.options[i].label else labels[i],
        index=None,
        key=f"quiz-{lesson}-{hash(quiz.options[0].label + str(len(labels)))}",
        on_change=state.mark_done,
        args=(lesson,),
    )
    if chosen is None:
        return
    option = quiz.options[chosen]
    reason = say(option.why, **option.facts)
    if option.right:
        st.success("✓ " + say("right", reason=reason))
    else:
        answer = labels[quiz.options.index(quiz.answer)]
        st.warning("✗ " + say("wrong", answer=f"`{answer}`", reason=reason))
