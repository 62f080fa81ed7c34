"""What became of the gradients: in one line if all is well, else what is missing, where and why."""

import re

import streamlit as st

import autograd_explorer as ax
from components.found import Findings, build_findings, is_all_well, shown_path
from components.graph_view import Shown
from components.part import part
from components.prose import callout, paragraph, show
from components.runs import once
from components.tables import build_gradients
from texts import Say

_CURED = "cured"  # in the session: the program that a cure has made, and the finding that it is for


@part()
def show_diagnosis(
    run: ax.Run,
    findings: Findings,
    say: Say,
    *,
    chosen: ax.Finding | None = None,
    ends: Shown | None = None,
) -> None:
    """What a cure has changed, and what is not well. It stands on a board that takes choices: a
    finding's line, its node, and its cure (cure_chosen).

    chosen  the one whose path the graph shows, with where it .ends
    """
    changed = _difference(run, findings, say)
    if not is_all_well(findings):
        gradients = once(
            run, "gradients", lambda: build_gradients(run, findings, say), findings, say
        )
        box = build_findings(findings, say, run.source, chosen, ends, gradients)
        show(changed, box)
    elif changed:
        show(changed)


@part()
def show_all_well(run: ax.Run, findings: Findings, say: Say) -> None:
    """That every gradient arrived, if it did: a line, which need not stand on the first screen."""
    if findings and is_all_well(findings):
        show(build_findings(findings, say, run.source))


def findings_of(run: ax.Run) -> Findings:
    return once(run, "findings", lambda: ax.diagnose(run))


@part()
def findings_beside(run: ax.Run) -> Findings:
    """What there is to say of a run's gradients beside its failure, which explains itself: of a
    mistake that is made on the very line on which PyTorch notices it, nothing is left to say."""
    said = ax.cause_of(run.error) if run.error else None
    return tuple(
        one
        for one in findings_of(run)
        if (one.cause, one.facts.get("raised_line")) != (said, one.line)
    )


@part()
def end_of_path(
    run: ax.Run, finding: ax.Finding | None, graph: ax.BackwardGraph | None, say: Say
) -> Shown | None:
    """Where the path of a finding ends in a graph, in few words."""
    if finding is None or graph is None:
        return None
    known = once(run, "path", lambda: dict[tuple[int, int], ax.Path | None]())
    key = id(finding), id(graph)  # the run keeps both
    if key not in known:
        known[key] = ax.path_of(run, finding, graph)
    path = known[key]
    return None if path is None else shown_path(path, finding, graph, say)


def cure_chosen(sent: object, run: ax.Run, findings: Findings) -> str | None:
    """The program with a cure applied, if that is what a browser sent: it may send anything."""
    found = re.fullmatch(r"cure-(\d{1,3})", sent) if isinstance(sent, str) else None
    if found is None or int(found[1]) >= len(findings):
        return None
    finding = findings[int(found[1])]
    new = ax.cured(run.source, finding)
    st.session_state[_CURED] = new, finding
    return new


def _difference(run: ax.Run, findings: Findings, say: Say) -> str:
    """What a cure that has just been applied has changed."""
    new, before = st.session_state.get(_CURED, (None, None))
    if new != run.source or before is None:
        return ""
    left = any((one.cause, one.name) == (before.cause, before.name) for one in findings)
    after = next((one.status for one in findings if one.name == before.name), "")
    if left or run.error is not None:
        told = callout("beware", paragraph(say("not_yet", line=before.line)))
        return f'<div class="changed">{told}</div>'
    told = paragraph(say("helped", line=before.line))
    if before.name and after and after != before.status:
        ways = {"before": say(f"status_{before.status}"), "after": say(f"status_{after}")}
        told = paragraph(say("helped_to", line=before.line, name=before.name, **ways))
    return f'<div class="changed">{callout("right", told)}</div>'
