"""A watched run as one file that needs no server: the app's own views and words, in both languages.

What a page asks its server for is here already: the card of every node, the parts of a graph that
is too large to be drawn whole, what a line recorded. static/saved/main.js does what the server does
elsewhere. All of it is bounded, and what is left out is said.
"""

import base64
import hashlib
import json
import zlib
from dataclasses import replace
from html import escape
from types import MappingProxyType
from typing import Any

import autograd_explorer as ax
import texts
from autograd_explorer.records import LINE, LINE_BITS
from components import board, graph_view
from components.assets import STATIC, Mount, build_shared, collected
from components.failure import show_failure
from components.found import build_findings, finding_chosen, show_verdict, shown_path
from components.graph_view import build_graph, show_graph
from components.graph_view.describe import clipped, listed
from components.page_language import in_language
from components.part import part
from components.program_view import show_program
from components.prose import callout, heading, headline, note, paragraph, printed, show
from components.saved.cards import MOST_NODES, build_cards
from components.saved.one_script import bundle, modules_of
from components.saved.sources import MOST_LINES, lines_of, names_of, parts_of
from components.tables import build_gradients
from components.theme import ICON, PAGE_CSS
from components.timeline import built_of, show_timeline
from texts import Say

_ENTRY = "saved/main.js"
_MOST_BOXES = 2_000  # of a large graph
_MOST_LEAVES = 500  # of the table that is read; all are in the one to take away
_MOST_ROWS = 5_000  # of a table to take away
_MOST_PASSES = 6  # to choose from
_MOST_OTHER_NODES = 600  # of the passes beside the one that was asked for
_MOST_WARNINGS = 5
_LONGEST = 4_000  # characters of a warning


def build_page(seen: ax.Seen) -> str:
    """The whole file. Whatever it holds of a program is packed, but for the title."""
    said = _said(seen)
    told = {
        "shared": build_shared(),
        "styles": _styles(),
        "said": {"en": said["en"], "ja": difference(said["en"], said["ja"])},
        "tables": _tables(seen),
        "number": seen.number,
        "passes": [
            [number, {lang: _name_of_pass(seen, number, lang) for lang in texts.LANGUAGES}]
            for number in _passes(seen)
        ],
        "others": {
            number: _told_of_other(seen.of_pass(number), said["en"])
            for number in _passes(seen)
            if number != seen.number
        },
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    packed = base64.b64encode(zlib.compress(data.encode(), 9)).decode()
    script = bundle(_ENTRY)
    icon = base64.b64encode(ICON.encode()).decode()
    style = PAGE_CSS.replace("<style>", "").replace("</style>", "") + _read("saved/page.css")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy(script))}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(said['en']['title'])}</title>\n"
        f'<link rel="icon" href="data:image/svg+xml;base64,{icon}">\n'
        f"<style>{style}</style>\n</head>\n"
        '<body class="explorer">\n<header class="row"></header>\n'
        f'<main class="stMainBlockContainer">{_waiting()}</main>\n<footer class="row"></footer>\n'
        f'<template id="told">{packed}</template>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _said(seen: ax.Seen) -> dict[str, dict[str, Any]]:
    return {language: _Contents(seen, language).build() for language in texts.LANGUAGES}


def _passes(seen: ax.Seen) -> list[int]:
    """The pass that was asked for, and the first others of those that were kept, as far as their
    nodes leave the file small."""
    found = [] if seen.number is None else [seen.number]
    room = _MOST_OTHER_NODES
    for number, graph in seen.graphs.items():
        room -= 0 if number in found else len(graph.nodes)
        if room < 0 or len(found) == _MOST_PASSES:
            break
        if number not in found:
            found.append(number)
    return sorted(found)


def _told_of_other(seen: ax.Seen, en: dict[str, Any]) -> dict[str, Any]:
    """A further pass, by what is different in it; the tables are wholly others."""
    said = _said(seen)
    by = {"en": difference(en, said["en"]), "ja": difference(said["en"], said["ja"])}
    return {"said": by, "tables": _tables(seen)}


def _name_of_pass(seen: ax.Seen, number: int, language: str) -> str:
    """What tells a pass from the others: where it began, and the line that ran it."""
    say = texts.for_page("saved", language)
    root, told = seen.graphs[number].nodes[0], seen.of_pass(number).told
    file, line = seen.place(told.statements[-1].line) if told is not None else ("", None)
    names = names_of([*seen.sources], lambda cell: say("cell", number=cell))
    about = {"root": root.tensor or root.name, "file": names.get(file, file), "line": line}
    return say("pass_from", number=number + 1, **about)


def _waiting() -> str:
    """What stands on the page until its script has run."""
    words = [(language, texts.for_page("saved", language)) for language in texts.LANGUAGES]
    return "".join(f'<p lang="{language}">{escape(say("needs"))}</p>' for language, say in words)


def _policy(script: str) -> str:
    """Nothing is loaded from anywhere, and no other script runs than this one."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _styles() -> dict[str, str]:
    """The styles of the views that are here."""
    views = {name.partition("/")[0] for name in modules_of(_ENTRY) if name.endswith("/view.js")}
    names = ["matrix.css", *(f"{view}/view.css" for view in sorted(views))]
    return {name: _read(name) for name in names if (STATIC / name).exists()}


def difference(old: Any, new: Any) -> Any:
    """What makes the new data of the old: most of two languages is numbers, which are the same.

    None for the same; ["is", new]; or ["has", the differences by key or place].
    """
    if old == new:
        return None
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        pairs = [(key, old[key], new[key]) for key in new]
    elif isinstance(old, (list, tuple)) and isinstance(new, (list, tuple)) and len(old) == len(new):
        pairs = [(str(at), old[at], new[at]) for at in range(len(new))]
    else:
        return ["is", new]
    return ["has", {key: difference(a, b) for key, a, b in pairs if a != b}]


def _tables(seen: ax.Seen) -> dict[str, str]:
    """The tables to take away, by their names, as CSV."""
    if seen.told is None:
        return {}
    names = names_of([*seen.sources], "cell {}".format)
    frames = {"gradients": ax.gradients_frame(seen.told, seen.findings)}
    if seen.graph is not None:
        nodes = seen.graph.nodes_frame()
        frames["nodes"] = nodes.assign(file=nodes["file"].map(lambda file: names.get(file, file)))
        frames["edges"] = seen.graph.edges_frame()
    return {name: frame.head(_MOST_ROWS).to_csv() for name, frame in frames.items() if len(frame)}


class _Contents:
    """All that is to be seen, in one language."""

    def __init__(self, seen: ax.Seen, language: str) -> None:
        self._seen = seen
        self._language = language
        self._say = self._words("saved")
        self._names = names_of([*seen.sources], lambda number: self._say("cell", number=number))
        self._run = seen.told or ax.Run("", (), MappingProxyType({}), "", (), None, None)
        self._graph = self._run.graph if seen.graph is not None else None
        self._findings = [self._named(finding) for finding in seen.findings]
        known = zip(self._findings, seen.findings, strict=True)
        self._paths = {id(ours): seen.path_of(finding) for ours, finding in known}

    def _words(self, name: str) -> Say:
        return texts.for_page(name, self._language)

    def _named(self, finding: ax.Finding) -> ax.Finding:
        """A finding whose files are called as on the page; where there is one file, it needs no
        name."""
        several = len(self._seen.sources) > 1
        facts = {
            key: self._names.get(value, value) if key.endswith("_file") else value
            for key, value in finding.facts.items()
        }
        file = self._names.get(finding.file, finding.file) if several else ""
        return replace(finding, file=file, facts=MappingProxyType(facts))

    def build(self) -> dict[str, Any]:
        """As static/saved/main.js describes it."""
        parts, whole = parts_of(self._lines(), self._seen.sources, self._names)
        main = self._main()
        parts.sort(key=lambda part: part.file != main)
        title = self._say("title", program=main)
        ends = self._ends()
        with in_language(self._language), board.gathered() as shown:
            show(headline(title, self._about()))
            left, right = board.columns(1, 1)
            with left:
                show_verdict(self._findings, self._words("diagnosis"))
                for number, (file, piece) in enumerate(parts):
                    show(heading(file))
                    show_program(
                        self._run, self._words("program"), f"program {number}", piece=piece
                    )
                if not whole:
                    show(note(self._say("more_lines", shown=MOST_LINES)))
            with right:
                self._show_told()
                self._show_findings(ends)
                if self._graph is not None:
                    show_graph(self._graph, self._words("graph"), "graph", ends=ends)
            if self._graph is not None:
                names = [*self._names.values()]
                built = built_of(self._run, self._graph, self._words("timeline"), names)
                show_timeline(built, "timeline", drawn_by="graph")
                self._place_for_what_is_chosen()
        common, cards = self._cards()
        return {
            "title": title,
            "parts": shown,
            "graph": self._drawn(ends),
            "common": common,
            "cards": cards,
            "lines": self._recorded(),
            "lit": self._lit(),
            "files": {name: number for number, name in enumerate(self._names.values())},
            "hint": note(self._say("hint")),
            "beyond": note(self._say("beyond", count=f"{MOST_NODES:,}")),
            "labels": {
                key: self._say(key)
                for key in ("language", "pass", "take", "svg", "png", "nodes", "edges", "gradients")
            },
        }

    def _main(self) -> str:
        """The file that ran the pass; where none ran, that in which the watching began."""
        names = [*self._names.values()]
        if not names:
            return self._say("nowhere")
        statements = self._run.statements
        return names[statements[-1].line >> LINE_BITS if statements else 0]

    def _about(self) -> str:
        if self._graph is None or self._seen.number is None:
            return self._say("no_pass")
        words = "one_pass" if self._seen.passes == 1 else "some_passes"
        number, nodes = self._seen.number + 1, f"{len(self._graph.nodes):,}"
        return self._say(words, passes=self._seen.passes, number=number, nodes=nodes)

    def _lines(self) -> set[int]:
        numbers = {file: number for number, file in enumerate(self._seen.sources)}
        found = [
            numbers[finding.file] << LINE_BITS | finding.line
            for finding in self._seen.findings
            if finding.line is not None and finding.file in numbers
        ]
        return lines_of(self._run, found)

    def _ends(self) -> graph_view.Shown | None:
        """Where the path of the first alarm ends."""
        chosen = finding_chosen(self._findings, None)
        return None if chosen is None else self._end_of(chosen)

    @part()
    def _end_of(self, finding: ax.Finding) -> graph_view.Shown | None:
        path = self._paths[id(finding)]
        if path is None or self._graph is None:
            return None
        return shown_path(path, finding, self._graph, self._words("diagnosis"))

    @part()
    def _show_told(self) -> None:
        """What PyTorch and Python said, and what could not be looked into."""
        if self._run.error is not None:
            failure = replace(self._run.error, line=self._run.error.line & LINE)
            show_failure(failure, self._words("errors"))
        heard = list(zip(self._seen.warnings, self._seen.warned_in, strict=True))
        for one, file in dict.fromkeys(heard[:_MOST_WARNINGS]):
            about = {"type": f"`{one.type}`", "line": one.line, "file": self._names.get(file, file)}
            show(paragraph(f"**{self._say('warned', **about)}**"))
            show(callout("beware", printed(one.message[:_LONGEST])))
        if self._seen.unseen:
            told = self._say("then").join(self._say(f"unseen_{key}") for key in self._seen.unseen)
            show(callout("know", paragraph(f"{self._say('unseen')} {told}")))

    @part()
    def _show_findings(self, ends: graph_view.Shown | None) -> None:
        say = self._words("diagnosis")
        gradients = build_gradients(self._run, self._findings, say).head(_MOST_LEAVES)
        first = next(iter(self._seen.sources), "")
        ours = all(one.file == first for one in self._seen.findings if one.line is not None)
        source = self._run.source if ours else ""  # a cure may be of another file's line
        show(
            build_findings(
                self._findings, say, source, finding_chosen(self._findings, None), ends, gradients,
                others=self._end_of, cures=False, most=_MOST_LEAVES,
            )
        )  # fmt: skip

    def _place_for_what_is_chosen(self) -> None:
        opened = collected.get()
        assert opened is not None  # noqa: S101  it is on the board
        opened.append(Mount("chosen", "card", None, {}))

    def _drawn(self, ends: graph_view.Shown | None) -> dict[str, Any] | None:
        """The graph with the insides of its boxes, since nobody can be asked for more."""
        if self._graph is None:
            return None
        return build_graph(self._graph, self._words("graph"), ends=ends, most=_MOST_BOXES)

    def _cards(self) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        if self._seen.graph is None:
            return {}, {}
        nodes = [
            node._replace(file=self._names.get(node.file, node.file))
            for node in self._seen.graph.nodes
        ]
        graph = replace(self._seen.graph, nodes=tuple(nodes))
        return build_cards(graph, self._words("graph"), self._say("without").replace("`", ""))

    def _lit(self) -> dict[str, list[int]]:
        """The nodes of each line, as the run calls it."""
        lit: dict[str, list[int]] = {}
        for node in self._graph.nodes if self._graph else ():
            if node.line:
                lit.setdefault(str(node.line), []).append(node.id)
        return lit

    def _recorded(self) -> dict[str, str]:
        """What is said of a line that is chosen."""
        said = {}
        names = [*self._names.values()]
        say = self._words("graph")
        with in_language(self._language):
            for line, nodes in self._lit().items():
                assert self._graph is not None  # noqa: S101  it has these nodes
                told = (f"`{i} {clipped(self._graph.nodes[i].name)}`" for i in nodes)
                file, number = names[int(line) >> LINE_BITS], int(line) & LINE
                about = {"line": number, "file": file, "nodes": listed(told, len(nodes), ", ", say)}
                said[line] = paragraph(self._say("line_recorded", **about))
        return said
