"""What became of the gradients, in words: what is missing, where and why. On a page,
components/findings.py shows it; a saved file has it as it is."""

from collections.abc import Callable, Iterable, Sequence
from difflib import unified_diff
from html import escape
from itertools import chain
from pathlib import PurePath
from typing import Any, NamedTuple

import pandas as pd

import autograd_explorer as ax
import texts
from components.graph_view import Shown
from components.page_language import page_language
from components.part import part
from components.prose import choice, folded, heading, inline, note, paragraph, show, table
from components.selection import Selection
from components.tables import to_be_read
from texts import Say

# Where the program stands, in an editor or as it is; and the graph.
_EDITOR = ".part:is([data-key^='editor '], [data-key^='program_view '])"
_GRAPH = ".part[data-key^='graph_view ']"
_MARKS = {"alarm": "✗", "fact": "•"}
_MOST_ROWS = 8  # of a table that is to be read
_MOST_IN_WORDS = 3  # names in a sentence
_MOST_MARKED = 8  # lines of the editor
_MOST_NAMES = 40  # of gradients that arrived; a network may have thousands of parameters


Findings = Sequence[ax.Finding]


def finding_chosen(findings: Findings, selection: Selection | None) -> ax.Finding | None:
    """The finding whose path the graph shows: that of the chosen line, or else the first alarm."""
    told = [one for one in findings if one.status != "arrived"]
    line = selection.numbers[0] if selection and selection.kind == "line" else None
    of_line = [one for one in told if line is not None and one.line == line]
    return next(chain(of_line, (one for one in told if one.severity == "alarm")), None)


def shown_path(path: ax.Path, finding: ax.Finding, graph: ax.BackwardGraph, say: Say) -> Shown:
    """Where the path of a finding ends in a graph, in few words."""
    words = [] if path.what in ("nan", "inf") else [say(f"path_{path.what}")]  # the box says it
    if path.what in ("cut", "anew", "left"):
        facts = {"operation": finding.facts["operation"], "line": finding.facts["at"]}
        words.append(say("path_cut_by", **facts))
    name = f"{path.at} {graph.nodes[path.at].name}"
    return Shown(path, name, tuple(words), finding.severity == "alarm")


@part()
def show_verdict(findings: Findings, say: Say) -> None:
    """The first alarm's cause, above the program: on a phone the box stands below it, and there it
    leads to it (components/theme.py shows it there alone)."""
    first = next(iter(rows_of(findings)), None)
    if first is not None and first.finding.severity == "alarm":
        cause, _ = words_of(first.finding, say, first.names)
        to_the_box = choice(say("read"), "", bring=".found .alarm")
        # With the sign in it the text is another than the box's, and so are the ids of its terms.
        show(f'<p class="verdict">{inline(f"**✗** {cause}")} {to_the_box}</p>')


def marks_of(findings: Findings, say: Say) -> list[dict[str, Any]]:
    """What the editor shows below the lines of findings."""
    marks = []
    for _, one, names in rows_of(findings)[:_MOST_MARKED]:
        raised = one.facts.get("raised_line", one.line) != one.line
        words = say("origin") if raised else say(f"status_{one.status}")
        text = ": ".join(filter(None, (words, listed(names))))
        marks.append({"line": one.line, "kind": one.severity, "text": text})
    return [mark for mark in marks if mark["line"] is not None]


def is_all_well(findings: Findings) -> bool:
    return all(one.status == "arrived" for one in findings)


def explains_failure(findings: Findings) -> bool:
    """Whether one says where the exception comes from, which is more than its words tell."""
    return any("raised_line" in one.facts for one in findings)


def build_findings(
    findings: Findings,
    say: Say,
    source: str,
    chosen: ax.Finding | None = None,
    ends: Shown | None = None,
    gradients: pd.DataFrame | None = None,
    *,
    others: Callable[[ax.Finding], Shown | None] = lambda _: None,
    cures: bool = True,
    most: int = _MOST_ROWS,
) -> str:
    """The alarms in full, and behind a line each what may be intended and what arrived.

    chosen  the one whose path the graph shows, with where it .ends; others where those of the other
            findings end
    cures   whether a button writes a cure into the program
    most    rows of a table that stands here; one with more stands elsewhere
    """
    arrived = [one.name for one in findings if one.status == "arrived"]
    told = rows_of(findings)
    rows = {"alarm": list[str](), "fact": list[str]()}
    for row in told:
        is_chosen = chosen is not None and _key_of(row.finding) == _key_of(chosen)
        end = ends if is_chosen else others(row.finding)
        rows[row.finding.severity].append(_drawn(row, say, source, is_chosen, end, cures))
    alarms, facts = rows["alarm"], rows["fact"]
    verdict = _verdict(len(alarms), len(facts), len(arrived), say)
    if not told:  # a line is enough, and leaves the graph where it is
        return f'<section class="findings">{note(verdict)}</section>'
    parts = [heading(say("title")), paragraph(verdict)]
    if alarms:
        parts.append(_list(alarms))
    if facts:
        is_asked = chosen is not None and chosen.severity == "fact"
        parts.append(folded(say("facts", count=len(facts)), _list(facts), unfold=is_asked))
    if arrived and told:
        parts.append(folded(say("arrived", count=len(arrived)), note(_names(arrived))))
    if gradients is not None and len(gradients):
        parts.append(_table(gradients, say, most))
    return f'<section class="findings">{"".join(parts)}</section>'


def _table(gradients: pd.DataFrame, say: Say, most: int) -> str:
    """All leaves, where they are few; else where they stand."""
    count = len(gradients)
    if count > most:
        return note(say("table_below", count=count))
    title = say("table", count=count)
    return folded(
        title, table(to_be_read(gradients, texts.for_page("tables", page_language())), title)
    )


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


def _list(rows: Iterable[str]) -> str:
    return f'<ul class="found">{"".join(rows)}</ul>'


class _Row(NamedTuple):
    """Findings with one cause on one line: the .number of the first among all, and all .names."""

    number: int
    finding: ax.Finding
    names: list[str]


def rows_of(findings: Findings) -> list[_Row]:
    """What is to be told, alarms first. Whatever a line cut off is told once."""
    rows: dict[tuple[str, str, int | None], _Row] = {}
    for number, one in enumerate(findings):
        if one.status != "arrived":
            row = rows.setdefault(_key_of(one), _Row(number, one, []))
            if one.name and one.name not in row.names:
                row.names.append(one.name)
    return [*rows.values()]


def _key_of(finding: ax.Finding) -> tuple[str, str, int | None]:
    return finding.status, finding.cause, finding.line


def _drawn(row: _Row, say: Say, source: str, chosen: bool, ends: Shown | None, cures: bool) -> str:
    number, finding, names = row
    cause, cure = words_of(finding, say, names)
    status = f"{_MARKS[finding.severity]} {say(f'status_{finding.status}')}"
    head = [f'<span class="status">{escape(status)}</span>']
    if names:
        head.append(f"<code>{escape(listed(names))}</code>")
    if finding.line is not None:
        to_line = f"line-{finding.line}"
        told = say("line", line=finding.line)
        if finding.file:
            to_line, told = f"{to_line} {finding.file}", f"{PurePath(finding.file).name}, {told}"
        head.append(choice(told, to_line, bring=_EDITOR))
    why = f"<p>{inline(cause)}</p><p><b>{escape(say('cure'))}</b> {inline(cure)}</p>"
    edit = _edit(number, finding, say, source, cures)
    current = ' aria-current="true"' if chosen else ""
    return (
        f'<li class="{finding.severity}"{current}><div class="head">{" ".join(head)}</div>'
        f"{why}{_end(ends, say) if ends else ''}{edit}</li>"
    )


def _end(ends: Shown, say: Say) -> str:
    """Where in the graph its path ends, with a button that chooses the node."""
    words = " · ".join(ends.words) or say(f"path_{ends.path.what}")
    node = choice(ends.name, f"node-{ends.path.at}", bring=_GRAPH)
    return f"<p><b>{escape(say('path'))}</b> {node} {escape(words)}</p>"


def _edit(number: int, finding: ax.Finding, say: Say, source: str, cures: bool) -> str:
    """What the line becomes, with a button that writes it into the program."""
    new = ax.cured(source, finding)
    if new is None:
        return ""
    lines = unified_diff(source.split("\n"), new.split("\n"), lineterm="", n=0)
    shown = "".join(
        f'<span class="{"gone" if line[0] == "-" else "new"}">{line[0]} {escape(line[1:].strip())}'
        "\n</span>"
        for line in lines
        if line[0] in "+-" and line[:3] not in ("---", "+++")
    )
    if not cures:
        return f'<pre class="edit">{shown}</pre>'
    apply = choice(say("apply"), f"cure-{number}", bring=".changed")
    return f'<pre class="edit">{shown}</pre><p>{apply}</p>'


def words_of(finding: ax.Finding, say: Say, names: Sequence[str] = ()) -> tuple[str, str]:
    """The sentence of the cause, which may be that of several names, and that of the cure."""
    facts = {"name": finding.name, "line": finding.line or 0, **finding.facts}
    plain: dict[str, object] = {
        key: f"{_plain(value)}{_elsewhere(key, finding)}" for key, value in facts.items()
    }
    cure = say(f"cure_{finding.cause}", **plain)
    if len(names) > 1:  # each is code of its own
        several = [str(_plain(name)) for name in names[:_MOST_IN_WORDS]]
        plain["name"] = "`, `".join(several + ["…"] * (len(names) > _MOST_IN_WORDS))
    return say(f"cause_{finding.cause}", **plain), cure


def _elsewhere(fact: str, finding: ax.Finding) -> str:
    """Which file a line is of, where that is another than the finding's own."""
    file = finding.facts.get(f"{fact}_file", "")
    return f" ({PurePath(file).name})" if file and file != finding.file else ""


def listed(names: Sequence[str]) -> str:
    """The first of some names."""
    return ", ".join([*names[:_MOST_IN_WORDS]] + ["…"] * (len(names) > _MOST_IN_WORDS))


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
