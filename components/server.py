"""Whether this process is Streamlit's server, and what that server refuses."""

import contextlib
import sys
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

from starlette.exceptions import HTTPException
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.runtime.state.session_state import Serialized, WStates

from autograd_explorer.process import Allowance

# What a page's own browser sends: that something was moved or is to stop, and signs of life.
HEARD = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
# Messages of one reader. A moving dial sends 20 in a second; a computer that slept, some at once.
PER_SECOND, AT_ONCE = 50, 200


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


def hear_only_what_pages_send(server: Runtime) -> None:
    """Ignore messages of any other kind, and hang up on who sends too many, from now on.

    Streamlit has kinds for developers at their own machines. Some of them it answers while all
    other readers wait, above all the one that has it start git. And one connection that is never
    silent is always served before the others. Whoever is hung up on may come back: the address
    holds all state. Should another version of Streamlit lack the method that hears a message, the
    app goes on without, and the log says so.
    """
    handle = getattr(server, "handle_backmsg", None)
    if not callable(handle):
        print("server: Streamlit has no handle_backmsg any more: all is heard", file=sys.stderr)
        return
    allowed: WeakKeyDictionary[Any, Allowance] = WeakKeyDictionary()

    def handle_what_pages_send(session_id: str, msg: Any, *, client: Any = None) -> None:
        if (
            client is not None
            and not allowed.setdefault(client, Allowance(AT_ONCE, PER_SECOND)).take()
        ):
            raise WebSocketDisconnect(1008)  # Streamlit takes it for the reader's own end
        if msg.WhichOneof("type") in HEARD:
            handle(session_id, msg, client=client)

    server.handle_backmsg = handle_what_pages_send  # type: ignore[method-assign]


def ignore_what_is_no_value() -> None:
    """Take a value that a widget of its kind cannot have for none at all, from now on.

    A browser may send anything under a widget's name: another type, or JSON that is none.
    Streamlit would stop the page over it, before the first line of ours or behind it.
    """
    look_up = WStates.__getitem__

    def look_up_safely(states: WStates, name: str) -> Any:
        state, widget = states.states.get(name), states.widget_metadata.get(name)
        if isinstance(state, Serialized) and widget is not None:
            if state.value.WhichOneof("value") in (widget.value_type, None):
                with contextlib.suppress(Exception):
                    return look_up(states, name)
            states.states[name] = Serialized(WidgetState(id=name))
        return look_up(states, name)

    WStates.__getitem__ = look_up_safely  # type: ignore[method-assign]


def session() -> str | None:
    """What Streamlit calls this session; None outside of one."""
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.session_id


def someone_clicked() -> bool:
    """Whether the reader has done something on the page since this rerun began; what runs every
    second by itself is nobody's doing.

    Streamlit ends a rerun for what is clicked outside a fragment only; what is clicked inside one
    waits until the fragment has been drawn. It keeps that request under a private name. Should
    another version of Streamlit have no such name, nobody ever clicks, and a run goes to its end.
    """
    context = get_script_run_ctx(suppress_warning=True)
    requests = getattr(context, "script_requests", None)
    by_itself = getattr(getattr(requests, "_rerun_data", None), "is_auto_rerun", False)
    return getattr(requests, "_state", None) is ScriptRequestType.RERUN and not by_itself


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise HTTPException(404)
