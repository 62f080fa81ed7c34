"""A page for the projector, and the QR code by which a class follows."""

from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st

from components import address
from components.prose import heading, note, show
from texts import Say

_LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104  names, nothing is bound


def show_bar(say: Say) -> None:
    """All that is left of the frame while presenting."""
    with st.container(key="present_bar", horizontal=True, gap="small"):
        st.button(say("qr_hide" if address.shows_qr() else "qr_show"), on_click=address.toggle_qr)
        st.button(say("stop"), on_click=address.stop_presenting)


def show_qr(say: Say) -> None:
    """The link to this very screen; inside the page's fragment, for it changes with every dial."""
    with st.container(key="follow"):
        show(build_qr(address.link(), say))


def build_qr(link: str, say: Say) -> str:
    picture, told = qr_of(link, say)
    told = note(told) if told else ""
    if picture is None:
        return heading(say("follow"), 2) + told
    return (
        heading(say("follow"), 2)
        + f'<img src="{picture}" alt="{escape(say("qr_alt"))}">'
        + f'<p><a href="{escape(link)}" target="_blank">{escape(say("follow_link"))}</a></p>'
        + told
    )


def qr_of(link: str, say: Say) -> tuple[str | None, str]:
    """The code as a picture's address, None where the link is too long; and what to know of it."""
    try:
        picture = segno.make(link, micro=False, error="l").svg_data_uri(border=2, scale=4)
    except segno.DataOverflowError:
        return None, say("qr_too_long")
    return picture, say("qr_local") if urlsplit(link).hostname in _LOCAL else ""
