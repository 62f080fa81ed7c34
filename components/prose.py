"""Headings and tables as plain HTML: Streamlit's own cost the browser three times as much."""

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

_SPANS = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
)


def show_title(text: str, intro: str) -> None:
    show_heading(text, 1, intro)


def show_heading(text: str, level: int = 2, intro: str = "") -> None:
    """A heading and its first paragraph, if any, as one element: every element has its price."""
    paragraph = f"<p>{inline(intro)}</p>" if intro else ""
    st.html(f"<h{level}>{inline(text)}</h{level}>{paragraph}")


def show_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Cells may hold `code` and **bold**; the first of a row is the row's header."""
    st.html(build_table(header, rows))


def build_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{inline(cell)}</th>' for cell in header)
    body = "".join(
        f'<tr><th scope="row">{inline(first)}</th>'
        + "".join(f"<td>{inline(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def inline(text: str) -> str:
    """One line of text with `code` and **bold** as HTML; everything else stands as it is."""
    html = escape(text, quote=False)
    for pattern, span in _SPANS:
        html = pattern.sub(span, html)
    return html
