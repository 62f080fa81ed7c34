"""What became of the gradients: in one line if all is well, else what is missing, where and why."""

from collections.abc import Iterable, Sequence
from html import escape

import autograd_explorer as ax
from components.part import part
from components.prose import choice, folded, heading, inline, note, paragraph, show
from components.runs import once
from texts import Say

_MARKS = {"alarm": "✗", "fact": "•"}
_MOST_NAMES = 40  # of gradients that arrived; a network may have thousands of parameters


@part()
def show_findings(findings: Sequence[ax.Finding], say: Say) -> None:
    """A line that a finding names can be chosen, if this stands on a board that takes choices."""
    if findings:
        show(build_findings(findings, say))


def findings_beside(run: ax.Run) -> tuple[ax.Finding, ...]:
    """What there is to say of a run's gradients beside its failure, which explains itself: of a
    mistake that is made on the very line on which PyTorch notices it, nothing is left to say."""
    said = ax.cause_of(run.error) if run.error else None
    return tuple(
        one
        for one in once(run, "findings", lambda: ax.diagnose(run))
        if (one.cause, one.facts.get("raised_line")) != (said, one.line)
    )


def build_findings(findings: Sequence[ax.Finding], say: Say) -> str:
    """The alarms in full, and behind a line each what may be intended and what arrived."""
    arrived = [one.name for one in findings if one.status == "arrived"]
    told = [one for one in findings if one.status != "arrived"]
    alarms = [one for one in told if one.severity == "alarm"]
    facts = [one for one in told if one.severity == "fact"]
    parts = [heading(say("title")), paragraph(_verdict(len(alarms), len(facts), len(arrived), say))]
    if alarms:
        parts.append(_rows(alarms, say))
    if facts:
        parts.append(folded(say("facts", count=len(facts)), _rows(facts, say)))
    if arrived and told:
        parts.append(folded(say("arrived", count=len(arrived)), note(_names(arrived))))
    return f'<section class="findings">{"".join(parts)}</section>'


def _verdict(alarms: int, facts: int, arrived: int, say: Say) -> str:
    if alarms:
        return f"**✗ {say('alarms' if alarms > 1 else 'alarm', count=alarms)}**"
    if arrived:
        return f"✓ {say('well_but' if facts else 'well', count=arrived)}"
    return say("nothing_asked")


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:_MOST_NAMES]) + (
        " …" if names[_MOST_NAMES:] else ""
    )


def _rows(findings: Iterable[ax.Finding], say: Say) -> str:
    return f'<ul class="found">{"".join(_row(one, say) for one in findings)}</ul>'


def _row(finding: ax.Finding, say: Say) -> str:
    cause, cure = words_of(finding, say)
    status = f"{_MARKS[finding.severity]} {say(f'status_{finding.status}')}"
    head = [f'<span class="status">{escape(status)}</span>']
    if finding.name:
        head.append(f"<code>{escape(finding.name)}</code>")
    if finding.line is not None:
        head.append(choice(say("line", line=finding.line), f"line-{finding.line}"))
    why = f"<p>{inline(cause)}</p><p><b>{escape(say('cure'))}</b> {inline(cure)}</p>"
    return f'<li class="{finding.severity}"><div class="head">{" ".join(head)}</div>{why}</li>'


def words_of(finding: ax.Finding, say: Say) -> tuple[str, str]:
    """The sentence of the cause and that of the cure."""
    facts = {"name": finding.name, "line": finding.line or 0, **finding.facts}
    plain: dict[str, object] = {key: _plain(value) for key, value in facts.items()}
    return say(f"cause_{finding.cause}", **plain), say(f"cure_{finding.cause}", **plain)


def _plain(value: object) -> object:
    """Numbers as a sentence has them; a name of the program's can't end the code it stands in."""
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)).replace("`", "'")
    return str(value).replace("`", "'")
