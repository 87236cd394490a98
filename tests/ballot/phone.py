"""A phone that speaks to the forms in the same process: it keeps cookies by path, follows where it is sent, and runs no script."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from starlette.applications import Starlette

from topology.ballot.routes import routes
from topology.store.surveys import Surveys

Form = Sequence[tuple[str, str]]


class Clock:
    """A time that tests set."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now


def application(surveys: Surveys | None, clock: Clock) -> Starlette:
    return Starlette(routes=routes(lambda: surveys, clock))


@dataclass(frozen=True)
class Page:
    """What came back."""

    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def html(self) -> str:
        return self.body.decode("utf-8")

    @property
    def text(self) -> str:
        """What one reads, without the style."""
        return unescape(
            re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*</style>", "", self.html, flags=re.DOTALL)))
        ).strip()

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.html, re.DOTALL)
        return unescape(found[1]) if found else ""

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.html, re.DOTALL)
        return unescape(found[1]) if found else ""

    @property
    def chosen(self) -> list[str]:
        """The values of what is chosen."""
        return re.findall(r'<input[^>]*value="([^"]*)"[^>]* checked', self.html)


@dataclass
class Phone:
    """A browser without a script."""

    app: Starlette
    language: str = "en-GB,en;q=0.8"
    cookies: dict[tuple[str, str], str] = field(default_factory=dict)

    def get(self, path: str, *, follow: bool = True) -> Page:
        return self._ask("GET", path, b"", follow=follow)

    def post(self, path: str, form: Form | Mapping[str, object] = (), *, follow: bool = True) -> Page:
        fields = [(name, str(value)) for name, value in form.items()] if isinstance(form, Mapping) else form
        return self._ask("POST", path, urlencode(fields).encode(), follow=follow)

    def send(self, path: str, body: bytes, kind: str) -> Page:
        return self._ask("POST", path, body, follow=False, kind=kind)

    def _ask(
        self, method: str, address: str, body: bytes, *, follow: bool, kind: str = "application/x-www-form-urlencoded"
    ) -> Page:
        page = self._once(method, address, body, kind)
        for _ in range(5):
            if not follow or page.status != 303:
                return page
            page = self._once("GET", urljoin(address, page.headers["location"]), b"", kind)
        raise AssertionError("sent in a circle")

    def _once(self, method: str, address: str, body: bytes, kind: str) -> Page:
        parts = urlsplit(address)
        own = "; ".join(
            f"{name}={value}" for (path, name), value in self.cookies.items() if parts.path.startswith(path) and value
        )
        headers = {
            "host": "localhost",
            "accept-language": self.language,
            "content-type": kind,
            **({"cookie": own} if own else {}),
        }
        page = _answer(self.app, method, parts.path, parts.query, headers, body)
        for name, value in page.headers.items():
            if name == "set-cookie":
                for line in value.split("\n"):
                    for key, morsel in SimpleCookie(line).items():
                        self.cookies[morsel["path"] or "/", key] = "" if morsel["max-age"] == "0" else morsel.value
        return page


def _answer(app: Starlette, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Page:
    """One request, in a thread of its own. (Another test may have left a loop in this one.)"""
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode(),
        "query_string": query.encode(), "root_path": "", "scheme": "http", "client": ("127.0.0.1", 1), "server": ("localhost", 80),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
    }  # fmt: skip
    found: dict[str, Any] = {"body": b"", "headers": {}}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            found["status"] = message["status"]
            for name, value in message["headers"]:
                key, known = name.decode(), found["headers"].get(name.decode())
                found["headers"][key] = f"{known}\n{value.decode()}" if known else value.decode()
        else:
            found["body"] += message.get("body", b"")

    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(app(scope, receive, send))).result()  # type: ignore[arg-type]
    return Page(f"{path}?{query}" if query else path, found["status"], found["headers"], found["body"])
