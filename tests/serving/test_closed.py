"""What no page needs, and the server does not offer: to itself alone, and behind nginx."""

import asyncio
import http.client
import urllib.error
import urllib.request
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from components.headers import HEADERS, build_policy
from tests.harness.serving import running_server
from tests.harness.students import Student, classroom, student
from tests.serving.test_class import run

FILE = (
    b"--edge\r\n"
    b'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    b"%b\r\n--edge--\r\n"
)


class Known(Student):
    """A student who notes the name of the session."""

    session = ""

    def _take(self, message):
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
        return super()._take(message)


@pytest.fixture(scope="module")
def server():
    with running_server() as server:
        run(look(student(server.url, 0)))
        yield server


async def look(reader):
    """Open the page, and close it again."""
    async with classroom([reader]):
        return reader.screen()


def status(url, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:  # noqa: S310
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def xsrf(url):
    with urllib.request.urlopen(f"{url}/_stcore/health") as answer:  # noqa: S310
        (cookie,) = (
            told.partition(";")[0].partition("=")[2]
            for told in answer.headers.get_all("Set-Cookie")
            if told.startswith("_streamlit_xsrf=")
        )
    return {"X-Xsrftoken": cookie, "Cookie": f"_streamlit_xsrf={cookie}"}


def put(url, path, body, headers=(), *, chunked=False):
    with closing(http.client.HTTPConnection(urlsplit(url).netloc)) as connection:
        sent = iter([body]) if chunked else body
        connection.request("PUT", path, sent, dict(headers), encode_chunked=chunked)
        return connection.getresponse().status


def upload(url, session, content, *, chunked=False):
    """As Streamlit's file uploader sends it; the status of the answer."""
    headers = {"Content-Type": "multipart/form-data; boundary=edge", **xsrf(url)}
    path = f"/_stcore/upload_file/{session}/1"
    return put(url, path, FILE % content, headers, chunked=chunked)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("content", [b"", b"hello", b"x" * 900_000])
def test_no_file_is_taken_from_anybody(server, content, chunked):
    async def try_it():
        reader = Known(server.url, {"lang": "en"})
        await reader.arrive()
        code = await asyncio.to_thread(upload, server.url, reader.session, content, chunked=chunked)
        await reader.turn(n_in=9)  # and the session goes on
        await reader.leave()
        return code

    assert run(try_it()) in (404, 413)


def test_nobody_is_told_the_figures_of_the_process(server):
    assert status(f"{server.url}/_stcore/metrics") == 404
    assert status(f"{server.url}/_stcore/metrics?families=session_events") == 404
    assert status(f"{server.url}/_stcore/metrics", Accept="application/x-protobuf") == 404


def test_the_check_that_runs_the_script_is_off_where_nobody_asked_for_it(server):
    """Any path that leads nowhere brings the page's frame, as does an empty one."""
    with urllib.request.urlopen(f"{server.url}/_stcore/script-health-check") as answer:  # noqa: S310
        assert answer.read().lstrip().startswith(b"<!")


PATHS = ("/", "/app/static/main.js", "/app/static/none.js", "/_stcore/health", "/media/none", "//a")


def answer_to(url, path, **headers):
    with closing(http.client.HTTPConnection(urlsplit(url).netloc)) as connection:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().headers


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_tells_the_browser_what_to_refuse(server, path):
    headers = answer_to(server.url, path)

    for name, value in HEADERS.items():
        assert headers.get_all(name) == [value]
    (policy,) = headers.get_all("Content-Security-Policy")
    assert policy == build_policy(urlsplit(server.url).netloc)


@pytest.mark.parametrize("host", ["a; script-src *", "a\tb", "a,b", "'unsafe-eval'", "\xe9", ""])
def test_a_host_that_is_none_adds_nothing_to_the_policy(server, host):
    (policy,) = answer_to(server.url, "/", Host=host).get_all("Content-Security-Policy")

    assert policy == build_policy("")


def test_whoever_pastes_a_megabyte_is_told_so_in_words(server, visit):
    page = visit(f"{server.url}/?lang=en&page=playground", ready="textbox")
    page.locator(".cm-content").wait_for()  # until then it is a plain text area

    page.get_by_role("textbox").fill("# " + "あ" * 400_000)
    page.get_by_role("button", name="Run", exact=True).click()

    expect(page.get_by_text("40,000 are allowed").first).to_be_visible()


@pytest.mark.parametrize("megabytes", [1.5, 6])
def test_a_message_that_no_page_sends_closes_the_connection(server, megabytes):
    async def try_it():
        parts = urlsplit(server.url)
        async with connect(
            f"ws://{parts.netloc}/_stcore/stream", subprotocols=["streamlit"], origin=server.url
        ) as socket:
            with pytest.raises(ConnectionClosed) as closed:
                await socket.send(b"x" * int(megabytes * 1e6))
                async with asyncio.timeout(5):
                    while True:
                        await socket.recv()
        return closed.value.rcvd.code

    assert run(try_it()) == 1009


def test_a_program_of_the_greatest_length_is_taken(server):
    async def try_it():
        reader = Student(server.url, {"page": "playground", "lang": "en"})
        async with classroom([reader]):
            await reader.run(program)
            left, _ = reader.data("pane")[0]["columns"]
            (editor,) = left[0]["parts"]
            return editor[2]["source"]

    program = "# あ\n" * 9_999  # 40,000 characters are allowed
    assert run(try_it()) == program


def test_nginx_lets_nobody_through_to_what_no_page_asks_for_and_takes_no_body(nginx):
    server, _ = nginx
    for path in (
        "upload_file/a/1",
        "metrics",
        "script-health-check",
        "agent/openapi.json",
        "../_stcore/metrics",
        "%6detrics",
        "/metrics",
    ):
        assert status(f"{server.url}/_stcore/{path}") == 404, path
    for path in ("/", "/media/a", "/_stcore/host-config"):
        assert put(server.url, path, b"x" * 100_000) == 413, path


def test_nginx_sends_each_header_once(nginx):
    server, replicas = nginx
    for replica in replicas:
        run(look(student(replica.url, 0)))

    headers = answer_to(server.url, "/")

    host = urlsplit(server.url).netloc
    assert headers.get_all("Content-Security-Policy") == [
        f"{build_policy(host)}; frame-ancestors 'self'"
    ]
    for name, value in {**HEADERS, "X-Frame-Options": "SAMEORIGIN"}.items():
        assert headers.get_all(name) == [value]


def test_nginx_lets_the_modules_of_the_views_through(nginx, visit):
    server, _ = nginx
    page = visit(f"{server.url}/?lang=en")

    expect(page.locator(".boxes > g").first).to_be_visible()
    assert status(f"{server.url}/app/static/main.js") == 200
    assert status(f"{server.url}/app/static/none.js") == 404


def test_nginx_keeps_the_modules_of_a_version_and_no_others(own_nginx):
    server, replicas = own_nginx
    main = f"{server.url}/app/static/main.js"
    assert status(main, **{"X-Version": "one"}) == 200

    for replica in replicas:
        replica.stop()

    assert status(main, **{"X-Version": "one"}) == 200
    assert status(main, **{"X-Version": "two"}) in (502, 504)
    assert status(main) in (502, 504)
