"""A store on SQLite and on a real PostgreSQL, with the survey of a small company."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.postgres import postgres_binaries, postgres_server
from topology.store.database import Database

Make = Callable[[], Database]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    binaries = postgres_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server on this machine")
    with postgres_server(binaries) as address:
        yield f"postgresql://{address}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of each kind."""
    place: Path | str = tmp_path / ".topology" / "state.db"
    if request.param == "postgresql":
        place = request.getfixturevalue("server")
        emptied(str(place))
    opened = Database(place)
    yield opened
    opened.close()


def emptied(address: str) -> None:
    engine = sa.create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
