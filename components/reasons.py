"""What went wrong in a program as one sentence, which is the diagnosis's own on every page."""

from dataclasses import replace

import autograd_explorer as ax
import texts
from components.findings import findings_of
from components.found import words_of
from components.page_language import page_language
from components.part import part
from components.prose import paragraph, show

_MOST_NAMES = 4


@part()
def show_reason(run: ax.Run) -> None:
    if told := reason(run):
        show(paragraph(told))


def reason(run: ax.Run, name: str | None = None) -> str:
    """The cause of the first thing that went wrong in a run, or of what became of one name's
    gradient; empty if there is nothing to say. The run has to have gathered clues.

    Mistakes that PyTorch notices on the very line on which they are made have their words among
    those of the failures.
    """
    wrong = [
        one for one in findings_of(run) if one.status != "arrived" and name in (None, one.name)
    ]
    if not wrong:
        return ""
    first = wrong[0]
    same = (one.name for one in wrong if (one.cause, one.line) == (first.cause, first.line))
    names = list(dict.fromkeys(same))
    told = ", ".join(names[:_MOST_NAMES]) + (", …" if names[_MOST_NAMES:] else "")
    language = page_language()
    try:
        return words_of(replace(first, name=told), texts.for_page("diagnosis", language))[0]
    except KeyError:
        return texts.for_page("errors", language)(f"cause_{first.cause}")
