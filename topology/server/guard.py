"""What every answer of the server passes: headers that keep a page to itself, names that are not the app's, what no reader needs."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from importlib.resources import files
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit's front end writes styles into the page, compiles nothing from text, and begins with one line of script of its own.
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' blob: {inline}",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
STRICTER = ("Referrer-Policy",)  # the forms tell even less
HOSTS_VARIABLE = "TOPOLOGY_HOSTS"  # names, separated by commas
CLOSED = (
    "/_stcore/metrics",
    "/_stcore/agent",
)  # what they tell or let be done is nothing that a reader of a page asks for


def policy() -> str:
    """The Content-Security-Policy: what a page may load and whom it may talk to, which is this server alone."""
    return "; ".join(f"{what} {whence}" for what, whence in POLICY.items()).format(inline=" ".join(_own_scripts()))


def _own_scripts() -> list[str]:
    """The hashes of the scripts that stand in the page which Streamlit serves."""
    page = files("streamlit").joinpath("static", "index.html").read_text("utf-8")
    digests = (
        hashlib.sha256(script.encode()).digest() for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    )
    return [f"'sha256-{base64.b64encode(one).decode()}'" for one in digests]


def hosts() -> frozenset[str]:
    """The names under which the app answers: this machine's own, and those that the person gave. (A page of another name that is made to
    point to this machine would else read it through the reader's own browser.)"""
    given = (one.strip().lower() for one in os.environ.get(HOSTS_VARIABLE, "").split(","))
    return frozenset(("localhost", "127.0.0.1", "[::1]", *(one for one in given if one)))


class Guard:
    """Sets the headers of every answer, and closes what is not served, and to whom it is not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._hosts = hosts()
        self._headers = {
            "Content-Security-Policy": policy(),
            "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        known = scope["type"] == "lifespan" or self._is_known(scope)
        if scope["type"] == "websocket" and not known:
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    if name not in headers or name not in STRICTER:
                        headers[name] = value
            await send(message)

        closed = any(one in scope["path"] for one in CLOSED)
        await (_not_served if closed else self._app if known else _not_for_them)(scope, receive, guarded)

    def _is_known(self, scope: Scope) -> bool:
        """Whether a request names the app by one of its names."""
        host = Headers(scope=scope).get("host", "").lower()
        return re.sub(r":\d+$", "", host) in self._hosts


_not_served: Any = PlainTextResponse("not served", status_code=404)
_not_for_them: Any = PlainTextResponse(
    "This name is not one of the app's: `topology app --host NAME` lets it answer to another.", status_code=421
)
GUARD = [Middleware(Guard)]
