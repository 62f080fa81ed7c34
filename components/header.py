"""The row on top of every page: to the other pages, to the projector, to others, and the language.

One component for all of it: it is drawn with every page, and each of Streamlit's own elements would
be marked and laid out by itself.
"""

from typing import Any
from urllib.parse import quote

from components import address
from components.assets import register
from components.present import qr_of
from components.sent import sent
from components.theme import ICON
from texts import Say

# As the row shows them, and in full for those who hear it.
LANGUAGE_NAMES = {"ja": ("日本語", "日本語"), "en": ("EN", "EN, English")}
_KEPT_AT_FIRST = ("n_in", "n_out", "recording", "choices")
_mount = register("header")


def show_header(say: Say, say_present: Say) -> None:
    """For the frame, above the page. All of it is drawn again with each thing that is asked for."""
    _mount(
        "header",
        build_header(say, say_present),
        go=address.choose_section,
        language=address.choose_language,
        present=_present,
        share=lambda _: None,  # build_header answers
    )


def build_header(say: Say, say_present: Say) -> dict[str, Any]:
    return {
        "mark": f"data:image/svg+xml,{quote(ICON)}",
        "page": address.page(),
        "section": address.section(),
        "sections": [[name, say(f"page_{name}")] for name in address.SECTIONS],
        "lessons": address.NUMBERED,
        "left_behind": address.left_behind(),
        "language": address.language(),
        "languages": [[code, *names] for code, names in LANGUAGE_NAMES.items()],
        "controls": [
            [name, say_present(f"control_{name}"), name in _KEPT_AT_FIRST]
            for name in address.ALL_CONTROLS
        ],
        "share": _shared(say_present) if sent("header", "share") else None,
        "labels": {
            key: say(key)
            for key in (
                "app_title", "pages", "language", "share", "link", "copy", "copied",
                "save_picture",
            )
        } | {
            key: say_present(key)
            for key in ("present", "setup_intro", "controls", "start", "qr_alt")
        } | {"lessons_done": say("lessons_done", done="{done}", all="{all}")},
    }  # fmt: skip


def _shared(say: Say) -> dict[str, Any]:
    """The link to this very screen; only when it is asked for, since it changes with every dial."""
    link = address.link()
    picture, told = qr_of(link, say)
    return {"link": link, "picture": picture, "told": told}


def _present(controls: Any) -> None:
    if isinstance(controls, list):
        address.present(controls)
