"""Parts of a page that may fail by themselves.

Whatever a reader's program made has to be drawn, and one part that cannot draw it is no reason to
take the page away.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import texts
from components.page_language import page_language
from components.prose import callout, paragraph, show

_LOG = logging.getLogger(__name__)


@contextmanager
def part() -> Iterator[None]:
    """A part of a page, as a block or, with @part(), as a function: where it fails, a sentence
    stands in its place, and a function returns None.

    The traceback goes to the log. Streamlit's own ways to end a run are no failures and pass.
    """
    try:
        yield
    except Exception:
        _LOG.exception("a part of the page could not be drawn")
        say = texts.for_page("frame", page_language())
        show(callout("wrong", paragraph(say("part_failed"))))
