"""What this server tells browsers to refuse, with everything that it sends over HTTP.

deploy/nginx.conf says the same for readers who come through it, from the first answer on. Streamlit
has no setting for headers, and its server runs before the first line of ours: here they begin with
the first session. loader.js sets the policy once more, in the page, for whoever came before that.
"""

import base64
import functools
import hashlib
import re
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.applications import Starlette

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # an address may hold a program
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
_HOST = re.compile(r"[\w.:\[\]-]{1,255}", re.ASCII)


def send_headers() -> None:
    """Send them from now on.

    Every request of the server is a call of Starlette's application. Should another version of
    Streamlit run on something else, the app goes on without, and the log says so.
    """
    if "streamlit.web.server.starlette.starlette_app" not in sys.modules:
        print("headers: Streamlit does not run on Starlette any more: none sent", file=sys.stderr)
    serve = Starlette.__call__

    async def serve_with_headers(
        app: Starlette, scope: Message, receive: Receive, send: Send
    ) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = _headers(scope)
                theirs = message.get("headers", ())
                kept = [(name, value) for name, value in theirs if name.lower() not in ours]
                message["headers"] = [*kept, *ours.items()]
            await send(message)

        await serve(app, scope, receive, send_with_headers if scope["type"] == "http" else send)

    Starlette.__call__ = serve_with_headers  # type: ignore[assignment, method-assign]


def _headers(scope: Message) -> dict[bytes, bytes]:
    """As ASGI has them, for one request."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    policy = build_policy(host if _HOST.fullmatch(host) else "")
    named = {**HEADERS, "Content-Security-Policy": policy}
    return {name.lower().encode(): value.encode() for name, value in named.items()}


def build_policy(host: str) -> str:
    """The Content-Security-Policy of a page that a browser finds under this host.

    Nothing comes from elsewhere, and no text is run as a program. Who may show the page in a frame
    is left open: Community Cloud does so itself, and so may a school's own pages.
    """
    return "; ".join(
        (
            "default-src 'none'",
            # blob: are our loader and stub, which Streamlit's frontend imports; Protobuf's
            # arithmetic is WebAssembly.
            f"script-src 'self' 'wasm-unsafe-eval' blob: {_inline_scripts()}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            # Not every browser takes a websocket to the page's own host for 'self'.
            f"connect-src 'self' ws://{host} wss://{host}" if host else "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@functools.cache
def _inline_scripts() -> str:
    """The scripts that stand in Streamlit's page itself, by what they are."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    found = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in found]
    return " ".join(f"'sha256-{digest}'" for digest in digests)
