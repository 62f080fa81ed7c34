"""Show why a program stopped: where, in PyTorch's own words, and what that means."""

import streamlit as st

import core
from components.prose import paragraph, show
from texts import Say


def show_failure(failure: core.Failure, say: Say) -> None:
    """The line, the words of whoever raised it, and our explanation where we have one."""
    where = say(f"where_{failure.kind}", type=f"`{failure.type}`", line=failure.line)
    show(paragraph(f"**{where}**"))
    if failure.kind in ("torch", "syntax"):
        st.error(f"```\n{failure.message or failure.type}\n```".replace("````", "'```"))
    else:
        subject = failure.message.replace("`", "'")
        st.error(say(f"{failure.kind}_{failure.key}", subject=f"`{subject}`"))
    cause = core.cause_of(failure)
    if cause is not None:
        show(paragraph(say(f"cause_{cause}")))
