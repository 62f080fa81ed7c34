"""Show why a program stopped: where, in PyTorch's own words, and what that means."""

import autograd_explorer as ax
from components.part import part
from components.prose import callout, paragraph, printed, show
from texts import Say


@part()
def show_failure(failure: ax.Failure, say: Say, *, explained: bool = True) -> None:
    """The line, the words of whoever raised it, and our explanation where we have one, unless the
    page explains it itself."""
    kind = failure.kind if failure.line else "nowhere"
    where = say(f"where_{kind}", type=f"`{failure.type}`", line=failure.line)
    if failure.kind in ("torch", "syntax"):
        words = printed(failure.message or failure.type)
    else:
        subject = failure.message.replace("`", "'")
        about = {"subject": f"`{subject}`", "type": f"`{failure.type}`"}
        words = paragraph(say(f"{failure.kind}_{failure.key}", **about))
    cause = ax.cause_of(failure) if explained else None
    show(
        paragraph(f"**{where}**"),
        callout("wrong", words),
        paragraph(say(f"cause_{cause}")) if cause else "",
    )
