"""What a program has printed; of a long printout the first lines, until all are asked for."""

import texts
from components.page_language import page_language
from components.program_view import without_addresses
from components.prose import printed

MOST_LINES = 12
_COLUMNS = 100  # of a line; what is longer counts as several


def printout(text: str) -> str:
    """The text, folded where it is long; the browser alone unfolds it."""
    text = without_addresses(text).rstrip("\n")
    count = sum(1 + len(line) // _COLUMNS for line in text.split("\n"))
    if count <= MOST_LINES:
        return printed(text)
    say = texts.for_page("frame", page_language())
    return (
        f'<div class="printout">{printed(text)}<details><summary>'
        f'<span class="more">{say("show_all", count=f"{count:,}")}</span>'
        f'<span class="less">{say("show_less")}</span></summary></details></div>'
    )
