"""Sessions over Streamlit's own websocket protocol, without browsers: a whole class from one
process. A student opens a page as its frontend does, and moves what a reader would move.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from components import address

DONE = ".".join(address.MARKS)
PAGES = ("explorer", *address.LESSONS, "playground")
PATIENCE = 60.0
_EVENTS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
_PROGRAM = "import torch\nx = torch.tensor({}.0, requires_grad=True)\ny = x ** 2\ny.backward()\n"


class Failed(Exception):
    """The server closed, timed out, or showed an exception on the page."""


@dataclass
class Student:
    """One session. .query is its address; .elements what stands on its page, path → element."""

    url: str
    query: dict[str, str] = field(default_factory=dict)
    cookies: str = ""
    elements: dict[tuple[int, ...], Any] = field(default_factory=dict)
    moves: int = 0
    received: int = 0
    _fragments: dict[str, str] = field(default_factory=dict)
    _hashes: set[str] = field(default_factory=set)
    _messages: dict[str, ForwardMsg] = field(default_factory=dict)
    _touched: dict[tuple[int, ...], str] = field(default_factory=dict)
    _owners: dict[tuple[int, ...], str] = field(default_factory=dict)
    _script: str = ""
    _finished: bool = False
    _socket: ClientConnection | None = None

    @property
    def page(self) -> str:
        return self.query.get("page", "explorer")

    async def arrive(self) -> float:
        """Open the page; the seconds until its first screen was complete."""
        parts = urlsplit(self.url)
        start = time.perf_counter()
        self._socket = await connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            open_timeout=PATIENCE,
            additional_headers={"Cookie": self.cookies} if self.cookies else {},
            origin=Origin(f"http://{parts.netloc}"),
        )
        self.elements.clear()
        await self._rerun()
        return time.perf_counter() - start

    async def leave(self) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def move(self) -> float:
        """Move what this page has to move; the seconds until everything has come."""
        self.moves += 1
        start = time.perf_counter()
        match self.page:
            case "bare":
                await self._rerun(self._element("slider", "-n"), number=float(5 + self.moves % 3))
            case "museum":
                await self._rerun(self._element("button", "-fix"))
            case "playground":
                await self.run(_PROGRAM.format(self.moves % 9 + 1))
            case "deep":
                await self.turn(seed=self.moves % 90)
            case _:
                await self.turn(n_in=4 + self.moves % 3)
        return time.perf_counter() - start

    async def turn(self, **dials: int) -> None:
        """Let a dial settle at another value."""
        values = self.data("dials")["values"] | dials | {"settled": True}
        await self.send("dials", "move", values)

    async def run(self, program: str) -> None:
        """Run a program in the Playground."""
        await self.send("pane", "report", ["editor", "run", program])

    async def send(self, key: str, event: str, value: Any) -> None:
        """What a component of ours reports."""
        found = self._element("bidi_component", f"-{key}")
        await self._rerun(found, events=json.dumps([{"event": event, "value": value}]))

    def data(self, key: str) -> Any:
        """What a component of ours was given."""
        return json.loads(self._element("bidi_component", f"-{key}").json)[0]

    def screen(self) -> dict[tuple[int, ...], str]:
        """What stands on the page, by place: the data of our components, and prose."""
        shown = {}
        for path, element in self.elements.items():
            match element.WhichOneof("type"):
                case "bidi_component":
                    shown[path] = element.bidi_component.json
                case "html":
                    shown[path] = element.html.body
        return shown

    def _element(self, kind: str, end: str) -> Any:
        for element in self.elements.values():
            if element.WhichOneof("type") == kind:
                inner = getattr(element, kind)
                if inner.id.endswith(end):
                    return inner
        raise Failed(f"no {kind} {end} on {self.page}")

    async def _rerun(self, widget: Any = None, *, events: str = "", number: float = 0) -> None:
        """Run the script, or the fragment of the widget that has changed."""
        message = BackMsg()
        script = message.rerun_script
        script.query_string = urlencode(self.query)
        script.page_script_hash = self._script
        script.cached_message_hashes.extend(self._hashes)
        script.context_info.locale = "en-US"
        script.context_info.url = self.url
        if widget is not None:
            script.fragment_id = self._fragments.get(widget.id, "")
            sent = script.widget_states.widgets.add()
            if events:
                sent.id, sent.json_trigger_value = _EVENTS.format(widget.id), events
            elif number:
                sent.id, sent.double_array_value.data[:] = widget.id, [number]
            else:
                sent.id, sent.trigger_value = widget.id, True
        self._finished = False
        if self._socket is None:
            raise Failed("not there")
        try:
            async with asyncio.timeout(PATIENCE):
                await self._socket.send(message.SerializeToString())
                await self._listen(self._socket)
        except (OSError, TimeoutError, ConnectionClosed) as error:
            raise Failed(repr(error)) from error

    async def _listen(self, socket: ClientConnection) -> None:
        """Read until the script has finished."""
        async for data in socket:
            self.received += len(data)
            message = ForwardMsg()
            message.ParseFromString(data if isinstance(data, bytes) else data.encode())
            if message.WhichOneof("type") == "ref_hash":
                message = self._restored(message)
            elif message.metadata.cacheable and message.hash:
                self._hashes.add(message.hash)
                self._messages[message.hash] = message
            if self._take(message):
                return
        raise Failed("closed")

    def _restored(self, reference: ForwardMsg) -> ForwardMsg:
        message = ForwardMsg()
        message.CopyFrom(self._messages[reference.ref_hash])
        message.metadata.CopyFrom(reference.metadata)
        return message

    def _take(self, message: ForwardMsg) -> bool:
        """Keep what a message says; whether it was the last one."""
        match message.WhichOneof("type"):
            case "new_session":
                self._script = message.new_session.page_script_hash
            case "navigation":
                self._script = message.navigation.page_script_hash
            case "page_info_changed":
                asked = parse_qs(message.page_info_changed.query_string)
                self.query = {key: values[-1] for key, values in asked.items()}
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                kind = str(element.WhichOneof("type"))
                if kind == "exception":
                    raise Failed(f"{element.exception.type}: {element.exception.message}")
                path = tuple(message.metadata.delta_path)
                self._drop_below(path)
                self.elements[path] = element
                self._touched[path] = message.delta.fragment_id
                if message.delta.fragment_id and hasattr(getattr(element, kind), "id"):
                    self._fragments[getattr(element, kind).id] = message.delta.fragment_id
            case "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise Failed("compile error")
                self._drop_stale()
                self._finished = message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            case "session_status_changed":
                # Between the two messages the server would lose a change without a word.
                return self._finished and not message.session_status_changed.script_is_running
        return False

    def _drop_below(self, path: tuple[int, ...]) -> None:
        """An element in the place of a container, such as an empty one, ends what that held."""
        for other in [one for one in self.elements if one[: len(path)] == path != one]:
            del self.elements[other]
            self._touched.pop(other, None)

    def _drop_stale(self) -> None:
        """What a rerun of a fragment did not draw again is gone."""
        fragments = set(self._touched.values())
        for path, owner in self._owners.items():
            if owner in fragments and path not in self._touched:
                self.elements.pop(path, None)
        self._owners = {path: self._owners.get(path, "") for path in self.elements} | self._touched
        self._touched = {}


def student(url: str, number: int, **query: str) -> Student:
    """The student of that number; every page has students."""
    page = PAGES[number % len(PAGES)]
    language = ("ja", "en")[number % 2]
    where = {"page": page, "exhibit": "not_scalar"} if page == "museum" else {"page": page}
    return Student(url, {"lang": language, "done": DONE, **where, **query})


@asynccontextmanager
async def classroom(students: list[Student]) -> AsyncIterator[list[float]]:
    """All arrive in the same second, and leave in the end; the seconds that each one waited."""
    try:
        yield list(await asyncio.gather(*(student.arrive() for student in students)))
    finally:
        await asyncio.gather(*(student.leave() for student in students))
