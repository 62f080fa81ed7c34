"""Whether this process is Streamlit's server, and what that server refuses."""

import sys
from typing import Any, NoReturn

from starlette.exceptions import HTTPException
from streamlit.runtime import Runtime


def running_server() -> Runtime | None:
    """Streamlit's runtime; None in a terminal, and in a test that runs a page without a server.

    Streamlit's AppTest puts a mock there, and one that claims to be an instance of Runtime: so it
    is the type that is asked.
    """
    server = Runtime.instance() if Runtime.exists() else None
    return server if type(server) is Runtime else None


def close_unused(server: Runtime) -> None:
    """Answer 404 to uploads and to questions about the process's figures, from now on.

    Pages need neither, and Streamlit has no setting for either. It made the routes before the
    first line of ours ran, so it is what the routes call that is replaced: add_file keeps an
    upload, registered_families begins a report. Nothing else calls these two. Should another
    version of Streamlit lack one, the app goes on without, and the log says so.
    """
    for owner, method in (
        (server.uploaded_file_mgr, "add_file"),
        (server.stats_mgr, "registered_families"),
    ):
        if callable(getattr(owner, method, None)):
            setattr(owner, method, _refuse)
        else:
            print(f"server: Streamlit has no {method} any more, so it stays open", file=sys.stderr)


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise HTTPException(404)
