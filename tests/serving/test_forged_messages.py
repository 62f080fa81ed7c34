"""What no page sends, but a browser may: the server answers as always, or hangs up.

Nothing that comes back tells where the app lies, and other readers notice nothing.
"""

import asyncio
import json
import time
import urllib.request
import zlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from autograd_explorer.process import Allowance
from components.server import AT_ONCE, HEARD, PER_SECOND
from tests.harness.leaks import leaks
from tests.harness.serving import running_server
from tests.harness.students import Failed, Student
from tests.serving.test_class import run

TRIGGERS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
KINDS = [one.name for one in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]
SERVED_WITHIN = 10.0  # seconds; on a quiet machine it is a twentieth of one


@dataclass
class Forger(Student):
    """A reader who keeps all that comes, .heard, and sends what no page does."""

    heard: list[bytes] = field(default_factory=list)

    def _take(self, message):
        kept = ForwardMsg()
        kept.CopyFrom(message)
        # Streamlit itself tells every browser where the script lies; it is shown nowhere.
        kept.new_session.main_script_path = ""
        self.heard.append(kept.SerializeToString())
        return super()._take(message)

    async def say(self, message, *, patience=0.5):
        """Send a message; how the connection was closed, or None if it stands."""
        data = message if isinstance(message, bytes | str) else message.SerializeToString()
        try:
            await self._socket.send(data)
            async with asyncio.timeout(patience):
                await self._listen(self._socket)
        except TimeoutError:
            return None
        except (ConnectionClosed, Failed) as ended:
            return ended
        return None

    def rerun(self, **fields):
        """A request as the page makes it, but for these fields."""
        message = BackMsg()
        message.rerun_script.query_string = "page=explorer&lang=en"
        message.rerun_script.page_script_hash = self._script
        for name, value in fields.items():
            setattr(message.rerun_script, name, value)
        return message

    def widgets(self):
        for element in self.elements.values():
            inner = getattr(element, str(element.WhichOneof("type")))
            if getattr(inner, "id", ""):
                yield inner.id


@pytest.fixture(scope="module")
def server():
    with running_server() as server:
        run(served(server))
        yield server


async def served(server):
    """Another reader comes, moves a dial and leaves; it took no longer than it should."""
    begun = time.monotonic()
    other = Student(server.url, {"page": "explorer", "lang": "en"})
    await other.arrive()
    await other.turn(n_in=7)
    assert other.data("dials")["values"]["n_in"] == 7
    await other.leave()
    with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5) as answer:  # noqa: S310
        assert answer.status == 200
    return time.monotonic() - begun


def forge(server, *messages, page="explorer"):
    """Send these one by one, each a message or what makes one of the forger.

    Returns  how the connection was closed, None if it stands; then the forger's own page goes on
    """

    async def forge_it():
        forger = Forger(server.url, {"page": page, "lang": "en"})
        await forger.arrive()
        ended = None
        for message in messages:
            ended = await forger.say(message(forger) if callable(message) else message)
            if ended is not None:
                break
        else:
            await forger.leave()
            forger.query = {"page": "explorer", "lang": "en"}
            await forger.arrive()  # the same browser, opened again
            await forger.turn(n_in=6)
        await forger.leave()
        assert [found for data in forger.heard if (found := leaks(data))] == []
        assert await served(server) < SERVED_WITHIN
        return ended

    return run(forge_it())


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_of_any_kind_does_nothing_that_a_page_would_not_ask_for(server, kind):
    message = BackMsg()
    if isinstance(getattr(message, kind), bool):
        setattr(message, kind, True)
    else:
        getattr(message, kind).SetInParent()

    assert forge(server, message) is None


@pytest.mark.parametrize("kind", sorted({*KINDS} - HEARD))
def test_what_no_page_asks_for_is_not_answered(server, kind):
    async def ask():
        asking = Forger(server.url, {"page": "explorer", "lang": "en"})
        await asking.arrive()
        asking.heard.clear()
        message = BackMsg()
        if isinstance(getattr(message, kind), bool):
            setattr(message, kind, True)
        else:
            getattr(message, kind).SetInParent()
        await asking.say(message)
        await asking.leave()
        return asking.heard

    assert run(ask()) == []


def packed(text):
    return urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


QUERIES = {
    "a program of 0.9 MB": "page=playground&code=" + "A" * 900_000,
    "a program that unpacks to 200 MB": "page=playground&code=" + packed("#" * 200_000_000)[:5_900],
    "a program that unpacks to 1 MB": "page=playground&code=" + packed("#" * 1_000_000),
    "a program of a million spaces": "page=playground&code=" + packed(" " * 159_000),
    "a hundred keys": "&".join(f"key{i}={i}" for i in range(100)),
    "100,000 keys": "&".join(f"k{i}" for i in range(100_000)),
    "one key, 10,000 times": "&".join(["n_in=3"] * 10_000),
    "every key, and none of a value": "&".join(
        f"{key}="
        for key in ("page", "lang", "code", "n_in", "select", "step", "layer", "v", "done")
    ),
    "what is no UTF-8": "page=%ff%fe&lang=%c3%28&code=%80&select=%f8%a1%a1%a1%a1",
    "surrogates": "page=playground&lang=%ed%a0%80&code=%ed%b0%80&select=%ed%a0%80%ed%b0%80",
    "zeros and signs of control": "page=%00&lang=en%0d%0aSet-Cookie:a&select=%1b%5b31m",
    "marks of another language": "page=<script>alert(1)</script>&select=%3Cimg%20onerror=1%3E",
    "no address at all": "?????&&&&====;;;;%%%%",
    "ways up": "page=../../../../etc/passwd&example=..%2f..%2fetc%2fpasswd",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_an_address_that_nobody_wrote_brings_a_page(server, query):
    assert forge(server, lambda forger: forger.rerun(query_string=query)) is None


def context(**fields):
    def made(forger):
        message = forger.rerun()
        for name, value in fields.items():
            setattr(message.rerun_script.context_info, name, value)
        return message

    return made


REQUESTS = {
    "a page that is none": lambda forger: forger.rerun(page_script_hash="../../etc/passwd"),
    "a long page": lambda forger: forger.rerun(page_script_hash="f" * 500_000),
    "a name that is none": lambda forger: forger.rerun(page_name="../../etc/passwd\0"),
    "a part that is none": lambda forger: forger.rerun(fragment_id="../../" + "f" * 500_000),
    "a rerun by itself": lambda forger: forger.rerun(is_auto_rerun=True, fragment_id="none"),
    "a step back in the history": lambda forger: forger.rerun(is_history_navigation=True),
    "what it says it has": lambda forger: forger.rerun(),
    "an address of 0.5 MB": context(url="http://" + "a" * 500_000),
    "an address that is a program": context(url="javascript:alert(1)"),
    "an address that is none": context(url="http://[::1/\0\ud7ff"),
    "a language of 0.5 MB": context(locale="ja" * 250_000),
    "a time zone that is none": context(timezone="../../etc/passwd", timezone_offset=-(2**31)),
    "a colour that is none": context(color_scheme="\0" * 1000),
}


@pytest.mark.parametrize("request_of", REQUESTS.values(), ids=REQUESTS)
def test_a_request_that_no_page_makes_is_answered_as_any_other(server, request_of):
    assert forge(server, request_of) is None


JSON = {
    "deep": "[" * 100_000 + "]" * 100_000,
    "deep and open": '{"a":' * 90_000,
    "no number": '[{"event": "move", "value": {"n_in": NaN, "seed": -Infinity, "x": 1e999}}]',
    "long numbers": '[{"event": "move", "value": {"n_in": %s}}]' % ("9" * 100_000),
    "halves of characters": '[{"event": "run", "value": "\\ud800"}]',
    "many events": json.dumps([{"event": "move", "value": {}}] * 10_000),
    "many names": json.dumps([{"event": f"e{i}", "value": i} for i in range(10_000)]),
    "long names": json.dumps([{"event": "e" * 400_000, "value": 1}]),
    "parts that are none": json.dumps(
        [{"event": "report", "value": value} for value in ([], [1], ["a", "b"], {"a": 1}, None)]
    ),
    "a report of itself": json.dumps([{"event": "report", "value": ["x", "report", ["y"] * 99]}]),
    "zeros": "\0" * 1000,
    "nothing": "",
}


@pytest.mark.parametrize("text", JSON.values(), ids=JSON)
@pytest.mark.parametrize("page", ["explorer", "playground"])
def test_what_a_component_cannot_report_changes_nothing(server, page, text):
    def under_every_name(forger):
        message = forger.rerun(query_string=f"page={page}&lang=en")
        states = message.rerun_script.widget_states.widgets
        most = 900_000 // max(len(text), 1)
        for name in list(forger.widgets())[: max(most // 2, 1)]:
            states.add(id=TRIGGERS.format(name), json_trigger_value=text)
            states.add(id=name, json_value=text)
        return message

    assert forge(server, under_every_name, page=page) is None


VALUES = (
    {"trigger_value": True},
    {"bool_value": True},
    {"double_value": float("nan")},
    {"int_value": -(2**63)},
    {"string_value": "\0" * 1000},
    {"bytes_value": b"\xff" * 1000},
    {"json_value": "{"},
    {"json_trigger_value": "{"},
    {"string_trigger_value": {"data": "x"}},
    {"int_array_value": {"data": [-1, 2**40]}},
    {"double_array_value": {"data": [float("inf"), float("nan")]}},
    {"string_array_value": {"data": ["no such option"] * 100}},
    {"arrow_value": {"data": b"ARROW1\0\0"}},
    {"file_uploader_state_value": {"uploaded_file_info": [{"file_id": "../etc/passwd"}]}},
    {"chat_input_value": {"data": "x"}},
)


@pytest.mark.parametrize("value", VALUES, ids=[next(iter(value)) for value in VALUES])
@pytest.mark.parametrize("page", ["explorer", "playground", "training"])
def test_a_value_of_any_type_under_any_name_changes_nothing(server, page, value):
    def under_every_name(forger):
        message = forger.rerun(query_string=f"page={page}&lang=en")
        for name in forger.widgets():
            for spelled in (name, TRIGGERS.format(name), f"{name}__events", "", "\0"):
                message.rerun_script.widget_states.widgets.append(WidgetState(id=spelled, **value))
        return message

    assert forge(server, under_every_name, page=page) is None


@pytest.mark.parametrize(
    "data", [b"\xff" * 100, b"\x0a\xff\xff\xff\xff\x0f", b"\x5a\x04\x0a\x02\xff\xfe", "text"]
)
def test_what_is_no_message_ends_the_connection(server, data):
    assert isinstance(forge(server, data), ConnectionClosed | Failed)


def test_what_holds_fields_of_tomorrow_is_a_message(server):
    assert forge(server, b"\xfa\x3f\x03abc") is None  # field 1023


MESSAGES = {
    "a rerun": lambda forger: forger.rerun(),
    "git": lambda _: BackMsg(load_git_info=True),
    "a sign of life": lambda _: BackMsg(app_heartbeat=True),
    "a stop": lambda _: BackMsg(stop_script=True),
    "nothing": lambda _: b"",
}


@pytest.mark.parametrize("message_of", MESSAGES.values(), ids=MESSAGES)
def test_whoever_sends_without_a_pause_is_hung_up_on_and_others_are_served(server, message_of):
    """Without a bound, a few seconds of this kept a server busy for minutes."""

    async def send_all():
        forger = Forger(server.url, {"page": "explorer", "lang": "en"})
        await forger.arrive()
        message = message_of(forger)
        data = message if isinstance(message, bytes) else message.SerializeToString()

        async def hear():
            async for _ in forger._socket:
                pass

        hearing = asyncio.create_task(hear())
        with pytest.raises(ConnectionClosed):
            async with asyncio.timeout(20):
                while True:
                    await forger._socket.send(data)
        await asyncio.gather(hearing, return_exceptions=True)
        await forger.leave()
        # And may come back.
        await forger.arrive()
        await forger.turn(n_in=6)
        await forger.leave()

    async def both():
        sending = asyncio.create_task(asyncio.to_thread(run, send_all()))
        await asyncio.sleep(0.5)
        waited = await served(server)
        await sending
        return waited

    assert run(both()) < SERVED_WITHIN


def test_the_fastest_reader_is_not_hung_up_on(monkeypatch):
    """A dial reports every 50 ms at most, for as long as somebody drags it."""
    now = 1000.0
    monkeypatch.setattr("autograd_explorer.process.fairness.time.monotonic", lambda: now)
    allowance = Allowance(AT_ONCE, PER_SECOND)

    for _ in range(10_000):
        assert allowance.take()
        now += 0.045

    assert [allowance.take() for _ in range(AT_ONCE + 1)] == [True] * AT_ONCE + [False]


def test_a_reader_who_never_says_what_was_agreed_on_is_let_go(server):
    """A connection without a first message holds no page, and hinders nobody."""

    async def only_connect():
        parts = urlsplit(server.url)
        async with connect(
            f"ws://{parts.netloc}/_stcore/stream", subprotocols=["streamlit"], origin=server.url
        ):
            return await served(server)

    assert run(only_connect()) < SERVED_WITHIN
