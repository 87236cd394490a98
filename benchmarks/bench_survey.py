"""The forms of a survey of 500 teams: a page at the server (20 ms and 6 kB are allowed), and how many people are counted a second.

python benchmarks/bench_survey.py
"""

from __future__ import annotations

import asyncio
import datetime as dt
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

from starlette.applications import Starlette

from topology.ballot.draft import Draft
from topology.ballot.routes import routes
from topology.maturity.packs import pack_of
from topology.maturity.voices.asking import asked_of, invited
from topology.source import load_texts
from topology.store.database import Database
from topology.store.surveys import Surveys
from topology.store.values import Kind

TEAMS, PEOPLE, PAGES, SENDERS = 500, 8, 200, 200
NOW = dt.datetime(2026, 11, 9, 9, tzinfo=dt.UTC)


def main() -> None:
    organisation = load_texts(
        {"squads.yaml": "version: 1\nteams:\n" + "".join(f"  t{k}: {{size: {PEOPLE}}}\n" for k in range(TEAMS))}
    ).organisation
    assert organisation is not None
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "state.db")
        surveys = Surveys(database)
        asked = asked_of(organisation, pack_of(), NOW.date(), short=True)
        links, _ = surveys.open(
            "2026-11", asked, list(invited(organisation, NOW.date())), NOW + dt.timedelta(days=7), NOW
        )
        token = next(one.token for one in links if one.kind == Kind.ANSWER)
        app = Starlette(routes=routes(lambda: surveys, lambda: NOW))
        draft = Draft("t0", "tech", (3,) * len(asked.items)).sealed(surveys.survey("2026-11").drafts_key, token)
        for path in ("", "/1", "/12", "/review"):
            took, size = asyncio.run(timed(app, f"/s/{token}{path}", f"draft={draft}"))
            print(f"{path or '/':8} {took * 1000:5.2f} ms at the server, {size:5} bytes")
        choices = dict.fromkeys(asked.items, 3)
        start = time.perf_counter()
        for one in [one for one in links if one.kind == Kind.ANSWER][:SENDERS]:
            surveys.send(one.token, one.team, "tech", choices, NOW)
        took = time.perf_counter() - start
        print(
            f"{SENDERS} people sent their {len(asked.items)} answers one after another in {took:.2f} s, {SENDERS / took:.0f} a second"
        )
        database.close()


async def timed(app: Callable[..., Awaitable[None]], path: str, cookie: str) -> tuple[float, int]:
    """(median seconds, bytes) of a page that is asked for over and over."""
    times, size = [], 0
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": path, "raw_path": path.encode(),
        "query_string": b"", "root_path": "", "scheme": "http", "client": ("127.0.0.1", 1), "server": ("localhost", 80),
        "headers": [(b"host", b"localhost"), (b"cookie", cookie.encode())],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    for _ in range(PAGES):
        sent: list[Any] = []

        async def send(message: Any, sent: list[Any] = sent) -> None:
            sent.append(message)

        start = time.perf_counter()
        await app(dict(scope), receive, send)
        times.append(time.perf_counter() - start)
        size = sum(len(one.get("body", b"")) for one in sent)
    return median(times), size


if __name__ == "__main__":
    main()
