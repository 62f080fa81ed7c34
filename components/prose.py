"""What is read, as plain HTML: titles, headings, paragraphs, notes, tables, printed text.

Streamlit's own headings and Markdown cost the browser three times as much, and every element has
its price: `show` draws parts that stand one below the other as one.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Literal
from zlib import crc32

import pandas as pd

import texts
from components.assets import collected
from components.icons import draw_icons
from components.page_language import page_language
from texts import Say

_SPANS = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
)
TERM = re.compile(r"\[\[([a-z_]+)(?:\|([^][|]+))?\]\]")
# A browser may break a line on either side of a button: even before a comma.
_WITH_MARKS = re.compile(rf"([（(「]?){TERM.pattern}([、。）」),.;:]*)")


def show(*parts: str) -> None:
    html = "".join(parts)
    board = collected.get()
    if board is None:
        import streamlit as st  # what stands on a board needs none

        st.html(f'<div class="prose">{html}</div>')
    else:
        board.append(html)


def title(text: str, intro: str) -> str:
    return heading(text, 1) + paragraph(intro)


def headline(text: str, intro: str) -> str:
    """A title with what it means beside it, where there is room for both."""
    return f'<div class="headline">{title(text, intro)}</div>'


def heading(text: str, level: int = 2) -> str:
    return f"<h{level}>{inline(text)}</h{level}>"


def paragraph(text: str) -> str:
    return f"<p>{inline(text)}</p>"


def lead(text: str) -> str:
    """What a page is about, below its title and as broad as the page."""
    return f'<p class="lead">{inline(text)}</p>'


def note(text: str) -> str:
    """A paragraph that steps back."""
    return f'<p class="note">{inline(text)}</p>'


def progress(done: int, of: int, label: str) -> str:
    """How much of something is done, as a bar."""
    values = f'aria-valuemin="0" aria-valuemax="{of}" aria-valuenow="{done}"'
    share = f"--share:{done / max(of, 1):.3f}"
    return (
        f'<div class="progress" role="progressbar" aria-label="{escape(label)}" {values}'
        f' style="{share}"></div>'
    )


def steps(texts: Sequence[str]) -> str:
    """One line after the other; without numbers of their own, for nodes have some."""
    return f"<ol>{''.join(f'<li>{inline(text)}</li>' for text in texts)}</ol>"


def callout(kind: Literal["wrong", "right", "beware", "know"], *parts: str) -> str:
    """Parts that stand out: what went wrong, what went right, what to beware of, what to know."""
    role = "alert" if kind == "wrong" else "status"
    return f'<div class="callout {kind}" role="{role}">{"".join(parts)}</div>'


def choice(text: str, chosen: str, *, bring: str = "") -> str:
    """A button in the text: the board on which it stands tells its `choose` what was chosen.

    bring  a selector of what is then to be seen
    """
    kind = f'type="button" class="choice" data-choose="{escape(chosen)}"'
    kind += f' data-bring="{escape(bring)}"' if bring else ""
    return f"<button {kind}>{escape(text)}</button>"


def answer(*parts: str) -> str:
    """What a reader has asked for with a click elsewhere; static/page.js brings it into view."""
    return f'<section class="answer">{"".join(parts)}</section>'


def afterwards(*parts: str) -> str:
    """What stands under a lesson's figure once its question is answered; on a phone it comes after
    the question, so that the verdict stays where it was asked for."""
    return f'<section class="afterwards">{"".join(parts)}</section>'


def printed(text: str) -> str:
    """What a program has printed, character by character."""
    return f"<pre>{escape(text, quote=False)}</pre>"


def folded(summary: str, *parts: str, unfold: bool = False) -> str:
    """Parts that stand behind a line until it is chosen; the browser alone folds them."""
    line = f"<summary>{inline(summary)}</summary>"
    is_open = " open" if unfold else ""
    return f'<details class="folded"{is_open}>{line}{"".join(parts)}</details>'


def table(frame: pd.DataFrame, caption: str, *, sentences: bool = False) -> str:
    """A small frame whose cells, of one-line Markdown, are to be read; its index has the rows'
    headers. The caption is for those who do not see where the table stands. Where it is too wide it
    scrolls, by keyboard too.

    sentences  its last column has some: on a phone each row then is a paragraph of its cells
    """
    corner = f'<th scope="col">{inline(frame.index.name)}</th>' if frame.index.name else "<td></td>"
    head = corner + "".join(f'<th scope="col">{inline(str(name))}</th>' for name in frame.columns)
    columns = [f' data-column="{escape(str(name))}"' if sentences else "" for name in frame.columns]
    body = "".join(
        f'<tr><th scope="row">{inline(str(first))}</th>'
        + "".join(
            f"<td{of}>{inline(str(cell))}</td>" for of, cell in zip(columns, rest, strict=True)
        )
        + "</tr>"
        for first, rest in zip(frame.index.tolist(), frame.to_numpy().tolist(), strict=True)
    )
    kind = ' class="sentences"' if sentences else ""
    return (
        f'<div class="wide" role="group" aria-label="{escape(caption)}" tabindex="0">'
        f"<table{kind}><caption>{inline(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def inline(text: str) -> str:
    """One line of text with `code`, **bold** and [[terms]] as HTML; all else stands as it is.

    [[leaf]] is a term as texts/*/glossary.toml writes it, [[leaf|leaves]] the same in another form.
    """
    html = escape(text, quote=False)
    for pattern, span in _SPANS:
        html = pattern.sub(span, html)
    html = draw_icons(html)
    if "[[" not in html:
        return html
    glossary = texts.for_page("glossary", page_language())
    return _WITH_MARKS.sub(lambda found: _term(found, glossary, text), html)


def _term(found: re.Match[str], glossary: Say, text: str) -> str:
    """A word that opens its meaning: the browser alone does that, by click, tap or keyboard, and
    Escape closes it."""
    before, name, written, after = found.groups()
    try:
        word, meaning = glossary(f"term_{name}"), glossary(f"meaning_{name}")
    except KeyError:  # a program's own [[name]], in a message
        return found[0]
    # The same for the same text at every rerun, or a moving dial would close what is open.
    place = f"term-{name}-{crc32(f'{found.start()} {text}'.encode()):08x}"
    html = (
        f'<button type="button" class="term" popovertarget="{place}">{written or word}</button>'
        f'<span popover id="{place}" class="meaning"><b>{word}</b> {inline(meaning)}</span>'
    )
    return f'<span class="with-marks">{before}{html}{after}</span>' if before or after else html
