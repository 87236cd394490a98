"""Two hundred people at once, and a server that is killed under them: every answer that was accepted is counted once."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from tests.conftest import ROOT, organisation_of
from tests.store.company import CLOSES, DAY, ITEMS, NOW, PACK
from topology.maturity.voices.asking import asked_of, invited
from topology.maturity.voices.tally import Tally
from topology.store.database import Database
from topology.store.surveys import Surveys
from topology.store.tables import LINKS, TALLIES
from topology.store.values import Kind

PEOPLE, TEAMS, AT_ONCE = 200, 25, 16
COMPANY = organisation_of(
    "version: 1\nteams:\n" + "".join(f"  t{index}: {{size: {PEOPLE // TEAMS}}}\n" for index in range(TEAMS))
)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "state.db")
    from tests.store.conftest import emptied

    address: str = request.getfixturevalue("server")
    emptied(address)
    return address


@contextmanager
def server(port: int, place: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ballot.served", str(port), place], cwd=ROOT, stdout=out, stderr=out
        )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ask(
    port: int, method: str, path: str, form: dict[str, object] | None = None, cookie: str = ""
) -> tuple[int, str, str]:
    """(status, cookie that was set, where to) of one request; patient while the server is away."""
    body = urlencode(form or {})
    headers = {"Content-Type": "application/x-www-form-urlencoded", **({"Cookie": cookie} if cookie else {})}
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request(method, path, body if method == "POST" else None, headers)
            answer = connection.getresponse()
            answer.read()
            return (
                answer.status,
                (answer.getheader("set-cookie") or "").split(";")[0],
                answer.getheader("location") or "",
            )
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    raise TimeoutError(path)


def respond(port: int, token: str, person: int) -> str:
    """One person's way through all questions; where the sending led."""
    cookie = ""
    ask(port, "GET", f"/s/{token}")
    status, cookie, _ = ask(port, "POST", f"/s/{token}/me", {"side": "tech" if person % 2 else "product"})
    for number in range(1, len(ITEMS) + 1):
        status, cookie, _ = ask(port, "POST", f"/s/{token}/{number}", {"choice": 1 + (person + number) % 5}, cookie)
        assert status == 303
    status, _, to = ask(port, "POST", f"/s/{token}/review", {}, cookie)
    return to.rsplit("/", 1)[-1] if status == 303 else str(status)


def test_two_hundred_people_and_a_server_that_is_killed(place: str, tmp_path: Path) -> None:
    database = Database(place if "://" in place else Path(place))
    surveys = Surveys(database)
    links, _ = surveys.open("2026-11", asked_of(COMPANY, PACK, DAY), list(invited(COMPANY, DAY)), CLOSES, NOW)
    tokens = [one.token for one in links if one.kind == Kind.ANSWER]
    assert len(tokens) == PEOPLE
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "server.log"
    with ThreadPoolExecutor(AT_ONCE) as pool:
        with server(port, place, log) as first:
            futures = [pool.submit(respond, port, token, person) for person, token in enumerate(tokens)]
            while sum(one.done() for one in futures) < PEOPLE // 3:
                time.sleep(0.02)
            os.kill(first.pid, signal.SIGKILL)
        with server(port, place, log):
            ended = Counter(one.result() for one in futures)
    # (Sent and killed before the thanks: who asks again is told that the link was used, which it was.)
    assert ended["sent"] + ended["410"] == PEOPLE
    assert ended["410"] <= AT_ONCE
    with database.reading() as connection:
        rows = connection.execute(sa.select(TALLIES.c.team, TALLIES.c.counts, TALLIES.c.answered)).all()
        used = connection.scalar(sa.select(sa.func.count()).select_from(LINKS).where(LINKS.c.used))
    assert used == PEOPLE
    answers = Counter(
        (one.team, one.item) for team, packed, _ in rows for one in Tally.unpacked(ITEMS, packed).answers(team)
    )
    assert answers == Counter({(f"t{index}", item): PEOPLE // TEAMS for index in range(TEAMS) for item in ITEMS})
    assert {answered for _, _, answered in rows} == {PEOPLE // TEAMS}
    database.close()


def test_the_log_of_a_server_that_is_told_nothing_else_has_no_answer(tmp_path: Path) -> None:
    """Even the server's own log of requests, which the app does not write, holds no answer: answers travel in the body."""
    database = Database(tmp_path / "state.db")
    links, _ = Surveys(database).open("2026-11", asked_of(COMPANY, PACK, DAY), list(invited(COMPANY, DAY)), CLOSES, NOW)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "server.log"
    with server(port, str(tmp_path / "state.db"), log):
        assert respond(port, links[0].token, 1) == "sent"
    database.close()
    lines = [line for line in log.read_text().splitlines() if "HTTP/1.1" in line]
    assert len(lines) == len(ITEMS) + 3
    assert not any("choice" in line or "side=" in line for line in lines)
