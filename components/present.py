"""Present a page: the teacher's checklist, and the QR code by which a class follows."""

from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st

from components import address
from components.prose import heading, note, show
from texts import Say

_LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104  names, nothing is bound


def show_setup(say: Say) -> None:
    """The checklist that makes the link; for the frame, below a page."""
    with st.expander(say("setup")):
        show(note(say("setup_intro")))
        chosen = st.pills(
            say("controls"),
            address.ALL_CONTROLS,
            format_func=lambda name: say(f"control_{name}"),
            selection_mode="multi",
            default=("n_in", "n_out", "choices"),
        )
        if st.button(say("start"), type="primary"):
            address.present(chosen)
            st.rerun()


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
    try:
        picture = segno.make(link, micro=False, error="l").svg_data_uri(border=2, scale=4)
    except segno.DataOverflowError:
        return heading(say("follow"), 3) + note(say("qr_too_long"))
    local = note(say("qr_local")) if urlsplit(link).hostname in _LOCAL else ""
    return (
        heading(say("follow"), 3)
        + f'<img src="{picture}" alt="{escape(say("qr_alt"))}">'
        + f'<p><a href="{escape(link)}" target="_blank">{escape(say("follow_link"))}</a></p>'
        + local
    )
