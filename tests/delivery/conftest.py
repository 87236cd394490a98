"""A scope over event tables on DuckDB, and the connections of the other engines."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.delivery import engines
from tests.postgres import postgres_binaries
from topology.delivery import Scope, load_events, whole_weeks
from topology.model import Organisation


@pytest.fixture(scope="session")
def connections() -> Iterator[Callable[[str], Any]]:
    """Gives the connection of an engine, started once; skips with a word where the engine is not there."""
    opened: dict[str, Any] = {}
    closing = []

    def connect(engine: str) -> Any:
        if engine not in opened:
            context = _context(engine)
            opened[engine] = context.__enter__()
            closing.append(context)
        return opened[engine]

    yield connect
    for context in closing:
        context.__exit__(None, None, None)


def _context(engine: str) -> Any:
    if engine == "postgres":
        binaries = postgres_binaries()
        if binaries is None:
            pytest.skip("PostgreSQL's server is not installed")
        return engines.postgres(binaries)
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    return engines.spark()


@pytest.fixture
def scope(tmp_path: Path) -> Callable[..., Scope]:
    """Makes a scope from an organisation, the last day, and CSV texts by table, on DuckDB. (test_engines has the others.)"""
    return scopes_in(tmp_path)


def scopes_in(folder: Path) -> Callable[..., Scope]:
    """The same, with files in a folder."""

    def make(organisation: Organisation, last: str, weeks: int = 4, zone: str = "UTC", **tables: str) -> Scope:
        own = Path(tempfile.mkdtemp(dir=folder))
        for name, text in tables.items():
            (own / f"{name}.csv").write_text(text, "utf-8")
        events = load_events(own, zone)
        assert events.report.errors == []
        return Scope(events, organisation, tuple(whole_weeks(dt.date.fromisoformat(last), weeks)))

    return make
