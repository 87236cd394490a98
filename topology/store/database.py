"""A database of one's own: a SQLite file, or PostgreSQL by its address; its tables, made and brought up to date when it is opened.

SQLite keeps no write-ahead log here, as what else the app keeps may: such a log holds the pages of the last transactions one after
another, and whoever compares two of them reads what one person sent. Deleted content is overwritten with zeros.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from topology.store import tables
from topology.writing import write_file

SCHEMES = ("postgresql", "postgres")
FOLDER = ".topology"  # beside the organisation's file; git leaves it out
FILE = "state.db"
WAIT_SECONDS = 30
PRAGMAS = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
)  # (the last, since a file may be a stranger's)


class StoreError(ValueError):
    """A database that cannot be used; the message says why and what to do, without any secret."""


class Database:
    """An open database. Threads may share it."""

    def __init__(self, place: Path | str) -> None:
        """Opens a file (made where there is none, with its folder), or the address of a PostgreSQL. Raises StoreError."""
        self.engine = _file_engine(place) if isinstance(place, Path) else _address_engine(place)
        self._writing = self.engine.execution_options(topology_writes=True)
        try:
            with self.writing() as connection:
                _bring_up_to_date(connection)
        except StoreError:
            self.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it or nothing."""
        with _said_plainly(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads."""
        with _said_plainly(), self.engine.connect() as connection:
            yield connection

    def compact(self) -> None:
        """Leaves nothing in the file of what was deleted."""
        if self.engine.dialect.name == "sqlite":
            with _said_plainly(), closing(self.engine.raw_connection()) as raw:  # (outside of any transaction)
                raw.driver_connection.execute("VACUUM")  # type: ignore[union-attr]
            return
        with _said_plainly(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in tables.METADATA.tables:
                connection.exec_driver_sql(f"VACUUM FULL {table}")

    def close(self) -> None:
        """Lets go of every connection."""
        self.engine.dispose()


def _file_engine(file: Path) -> Engine:
    _make_home(file)
    engine = sa.create_engine(f"sqlite:///{file}", connect_args={"timeout": WAIT_SECONDS})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, and not by the driver's own guess
        for one in PRAGMAS:
            connection.execute(f"PRAGMA {one}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("topology_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _make_home(file: Path) -> None:
    """The folder of a database that nobody else reads and that git leaves out, and the file, for its owner alone."""
    if not file.parent.exists():
        file.parent.mkdir(mode=0o700, parents=True)
        write_file(file.parent / ".gitignore", "*\n")
    try:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror}") from None


def _address_engine(address: str) -> Engine:
    scheme, _, rest = address.partition("://")
    if scheme not in SCHEMES:
        raise StoreError(f"a database is a file, or an address that begins with {SCHEMES[0]}://")
    try:
        return sa.create_engine(f"postgresql+psycopg://{rest}", pool_pre_ping=True, hide_parameters=True)
    except (SQLAlchemyError, ValueError):
        raise StoreError(f"this is no address of a database; expected {SCHEMES[0]}://USER@HOST/NAME") from None


@contextmanager
def _said_plainly() -> Iterator[None]:
    """An error of the database in one line, without its address."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = str(getattr(error, "orig", None) or "it cannot be opened").splitlines()[0]
        raise StoreError(f"the database cannot be used: {type(error).__name__}: {cause}") from None


# -- versions ---------------------------------------------------------------------------------------------------------


def _first(connection: Connection) -> None:
    tables.METADATA.create_all(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first,)
"""From nothing to version 1, from 1 to 2, ..."""


def _bring_up_to_date(connection: Connection) -> None:
    """Makes or changes the tables; a database of a later version, or with things of its own that run by themselves, is refused."""
    inspected = sa.inspect(connection)
    if connection.dialect.name == "sqlite":
        kinds = set(connection.exec_driver_sql("SELECT type FROM sqlite_master").scalars())
        others = {*inspected.get_table_names()} - {*tables.METADATA.tables, tables.VERSION.name}
        if kinds & {"trigger", "view"} or others:
            raise StoreError("the database has tables or triggers that are not ours: name another file")
    tables.VERSION.create(connection, checkfirst=True)
    version = connection.scalar(sa.select(tables.VERSION.c.version)) or 0
    if version > len(MIGRATIONS):
        raise StoreError(f"the database is of version {version}, which is later than this tool's: install a later one")
    for number, migrate in enumerate(MIGRATIONS[version:], version + 1):
        migrate(connection)
        connection.execute(sa.delete(tables.VERSION))
        connection.execute(sa.insert(tables.VERSION).values(version=number))
