"""The trusted script on a page: how far it is while it runs, and what it may do."""

import time
from types import MappingProxyType
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import autograd_explorer as ax
from components.local_file import options
from components.part import part
from components.prose import callout, heading, note, paragraph, printed, show
from components.server import someone_clicked
from components.trusted import Execution, trusted
from components.turns import TURNS
from texts import Say

_LOOK = 0.2  # seconds between two looks at it
_SOON = 0.4  # seconds, after which a reader would like to know
_LAST_LINES = 12  # of what it has printed, while it runs


def watch_script(source: str, say: Say) -> ax.Watched:
    """What was seen of the script when it ran last. One that runs is waited for, with how far it
    is; it goes on when the reader clicks something else, of which only Stop is for it.

    source  its text, to be shown when the reader does not wait
    """
    script = trusted()
    execution = script.latest()
    place = st.empty()
    begun = time.monotonic()
    lines: list[DeltaGenerator] = []
    with TURNS.given_up():
        while not execution.over.wait(_LOOK):
            if someone_clicked():
                return _so_far(execution, source)
            if time.monotonic() - begun > _SOON:
                if not lines:
                    with place.container():
                        with st.container(
                            key="running", horizontal=True, vertical_alignment="center"
                        ):
                            st.button(say("stop"), key="stop_script", on_click=script.stop)
                            lines.append(st.empty())
                        lines.append(st.empty())
                _tell(execution.progress, lines, say)
    place.empty()
    watched = execution.watched
    assert watched is not None  # noqa: S101
    return watched


def _tell(progress: ax.Progress, lines: list[DeltaGenerator], say: Say) -> None:
    words = say("running", seconds=f"{progress.seconds:.0f}", line=progress.line)
    lines[0].html(note(words if progress.line else say("starting")))
    if progress.printed:
        last = "\n".join(progress.printed.rstrip("\n").split("\n")[-_LAST_LINES:])
        lines[1].html(heading(say("so_far")) + printed(last))


def _so_far(execution: Execution, source: str) -> ax.Watched:
    printed_text = execution.progress.printed
    run = ax.Run(source, (), MappingProxyType({}), printed_text, (), None, None)
    return ax.Watched(run, (), 0, (), ())


@part()
def show_trust(watched: ax.Watched, say: Say) -> None:
    """Which file runs as real Python, how often backward ran, and what could not be seen."""
    asked = options()
    name = asked.program.name.replace("`", "'") if asked else ""
    count = watched.passes
    passes = {0: "passes_none", 1: "passes_one"}.get(count, "passes")
    told = [paragraph(f"{say('trusted', name=name)} {say(passes, count=f'{count:,}')}")]
    if watched.unseen:
        kinds = ", ".join(say(f"unseen_{kind}") for kind in watched.unseen)
        told.append(note(f"{say('unseen')} {kinds}"))
    show(*told)


def offer_again(say: Say) -> None:
    """A button that runs the file anew, as it is by then."""
    with st.container(key="script_again"):
        st.button(say("again"), key="run_script_again", on_click=trusted().again)


@part()
def show_not_run(say: Say, *, another: bool) -> None:
    """That --trust was given, and why this program does not run as real Python all the same."""
    kind: Literal["know", "beware"] = "know" if another else "beware"
    show(callout(kind, paragraph(say("another" if another else "refused"))))
