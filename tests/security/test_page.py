"""Headers of the page, cells of a CSV, characters of a terminal (docs/security.md, 6)."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from tests.commands.helpers import run
from tests.conftest import ROOT
from topology.commands.terminal import shown
from topology.report.table import render
from topology.server.guard import Guard, policy


def finished(work: Coroutine[Any, Any, None]) -> None:
    """Runs it in a thread of its own: a browser that this process has driven before leaves a loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def answer(path: str, host: str = "localhost:8501") -> tuple[int, dict[str, str]]:
    """What the guarded server answers."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"host", host.encode())], "query_string": b""}
    finished(Guard(PlainTextResponse("a page", headers={"X-Frame-Options": "ALLOWALL"}))(scope, receive, send))
    start = sent[0]
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}


@pytest.mark.parametrize("path", ["/", "/map", "/_stcore/health", "/static/js/index.js", "/_stcore/metrics"])
def test_every_answer_has_the_headers(path: str) -> None:
    _, headers = answer(path)
    assert headers["content-security-policy"] == policy()
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_policy_lets_a_page_talk_to_its_server_alone() -> None:
    parts = dict(one.split(" ", 1) for one in policy().split("; "))
    assert parts["default-src"] == parts["connect-src"] == "'self'"
    assert parts["frame-ancestors"] == parts["object-src"] == "'none'"
    assert "unsafe" not in parts["script-src"]
    assert "'sha256-" in parts["script-src"]
    assert "*" not in policy()
    assert "http:" not in policy()


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/base/_stcore/metrics",
        "/map/_stcore/agent/openapi.json",
    ],
)
def test_what_no_reader_needs_is_not_served(path: str) -> None:
    assert answer(path)[0] == 404


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\n=1",
        "＝1",
        "＠x",
        "-",
        '=HYPERLINK("http://x")',
    ],
)
def test_no_cell_is_a_formula(cell: str) -> None:
    (row,) = list(csv.DictReader(io.StringIO(render("csv", [{"name": cell, cell: 1}], ["name", cell]), newline="")))
    shown_cell = f"'{cell}".replace("\r", " ")
    assert row["name"] == shown_cell
    assert shown_cell in row
    assert json.loads(render("json", [{"name": cell}], ["name"])) == [{"name": cell}]


def test_numbers_and_dates_stay_numbers_and_dates() -> None:
    rows = [{"a": -0.5, "b": -3, "c": None, "d": "x=1", "e": "1-2"}]
    assert render("csv", rows, list("abcde")).splitlines()[1] == "-0.5,-3,,x=1,1-2"


@pytest.mark.parametrize(("host", "status"), [("localhost:8501", 200), ("127.0.0.1", 200), ("[::1]:8501", 200), ("LOCALHOST", 200), ("evil.example:8501", 421),
                                              ("localhost.evil.example", 421), ("", 421), ("topology.lumio.example", 421)])  # fmt: skip
def test_the_app_answers_to_its_own_names_alone(host: str, status: int) -> None:
    """A page whose name is made to point to this machine would read it through the reader's own browser."""
    assert answer("/", host)[0] == status


def test_a_name_that_the_person_gave_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPOLOGY_HOSTS", "topology.lumio.example, Other.example")
    assert [
        answer("/", host)[0] for host in ("topology.lumio.example", "other.example:443", "localhost", "x.example")
    ] == [200, 200, 200, 421]


@pytest.mark.parametrize(("host", "closed"), [("evil.example", True), ("localhost:8501", False)])
def test_a_stream_is_closed_to_another_name(host: str, closed: bool) -> None:
    sent: list[Any] = []
    reached: list[str] = []

    async def app(*_: Any) -> None:
        reached.append("yes")

    async def send(message: Any) -> None:
        sent.append(message)

    finished(
        Guard(app)({"type": "websocket", "path": "/_stcore/stream", "headers": [(b"host", host.encode())]}, send, send)
    )  # type: ignore[arg-type]
    assert (bool(sent), bool(reached)) == (closed, not closed)


def test_no_line_of_junit_is_a_command_to_the_host(tmp_path: Path) -> None:
    file = tmp_path / "squads.yaml"
    file.write_text(
        'version: 1\nteams:\n  t1: {type: stream-aligned, size: 7, services: {"x\\n::warning::w": {}}, "bad\\n::error::k": 1}\n'
    )
    for format_ in ("junit", "text", "full", "github", "markdown", "json"):
        lines = run("check", str(file), "--format", format_).output.splitlines()
        assert not [line for line in lines if line.startswith("::") and not line.startswith(f"::error file={file}")], (
            format_
        )


CONTROLS = [
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x9b31m",
    "\x08",
    "\r",
    "\x00",
    "\x7f",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\u2028",
    "\x0b",
]


@pytest.mark.parametrize("control", CONTROLS)
def test_a_terminal_gets_letters(control: str, tmp_path: Path) -> None:
    assert all(one.isprintable() or one in "\n\t" for one in shown(f"a{control}b\tc\nd"))
    file = tmp_path / "squads.yaml"
    name = json.dumps(f"Alpha{control}Beta")
    file.write_text(
        f"version: 1\npeople: {{p: {{name: {name}}}}}\ngroups: {{g: {{name: {name}}}}}\nteams: {{a: {{name: {name}, mission: {name}, size: 6, group: g, pm: p}}}}\n"
    )
    commands = [["show", "a", str(file)], ["check", str(file)], ["check", str(file), "--format", "github"], ["check", str(file), "--format", "json"],
                ["diff", str(ROOT / "squads.yaml"), str(file)], ["clans", str(file), "--grouping", "value-stream"], ["check", f"no{control}file"],
                ["metrics", str(file), "--format", "csv", "--team", f"x{control}"], ["rule", f"TT{control}"]]  # fmt: skip
    for arguments in commands:
        if "\x00" in "".join(arguments):
            continue
        told = run(*arguments).output
        assert not any(one in told for one in control if not one.isprintable() and one not in "\n\t"), arguments


def test_a_report_in_a_file_is_what_it_was(tmp_path: Path) -> None:
    """Only what goes to a terminal is changed."""
    file = tmp_path / "squads.yaml"
    file.write_text('version: 1\nteams: {a: {name: "A\\u200fB", type: stream-aligned}}\n')
    run("check", str(file), "--format", "json", "--output", str(tmp_path / "out.json"))
    assert "A\u200fB" in json.dumps(json.loads((tmp_path / "out.json").read_text("utf-8")), ensure_ascii=False)
