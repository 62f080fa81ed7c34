"""What went wrong in a program as one sentence, which is the diagnosis's own on every page."""

from dataclasses import replace

import autograd_explorer as ax
import texts
from components import address
from components.findings import words_of
from components.runs import once

_MOST_NAMES = 4


def reason(run: ax.Run) -> str:
    """The cause of the first thing that went wrong in a run; empty if there is nothing to say.

    Mistakes that PyTorch notices on the very line on which they are made have their words among
    those of the failures.
    """
    findings = once(run, "findings", lambda: ax.diagnose(run))
    first = next((one for one in findings if one.status != "arrived"), None)
    if first is None:
        return ""
    language = address.language()
    same = (one.name for one in findings if (one.cause, one.line) == (first.cause, first.line))
    names = list(dict.fromkeys(same))
    told = ", ".join(names[:_MOST_NAMES]) + (", …" if names[_MOST_NAMES:] else "")
    try:
        return words_of(replace(first, name=told), texts.for_page("diagnosis", language))[0]
    except KeyError:
        return texts.for_page("errors", language)(f"cause_{first.cause}")
