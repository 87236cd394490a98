"""DuckDB, opened so that no file can make it do more than be read.

Event tables, DuckDB and Parquet files may be a stranger's: the engine reads the files that it is told of and nothing else, talks
to no network, loads no extension, and cannot be set otherwise by what it reads.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import ibis

ATTACHED = "attached"  # the name of the database of a file
MEMORY, SPILL = (
    "768MB",
    "4GB",
)  # (what does not fit into memory goes into a folder of its own among the system's temporary files)
MOST_THREADS = 4  # (one a core by default, and each takes memory of its own)
_CLOSED = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}

# Selects that stand in each other are one question to an engine; to write them as one takes a fifth of the time of all headlines.
ibis.options.sql.fuse_selects = False


@contextmanager
def as_a_reader_wants() -> Iterator[None]:
    """Questions are written with as few selects as can be."""
    ibis.options.sql.fuse_selects = True
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = False


class ClosedFileError(ValueError):
    """A DuckDB file that is not read; the message says why."""


def embedded(timezone: str, may_read: Iterable[Path] = ()) -> Any:
    """An empty database in memory that may read these files. Raises duckdb.Error for a zone that DuckDB does not know."""
    return _locked(ibis.duckdb.connect(memory_limit=MEMORY, **_CLOSED), timezone, may_read)


def database(file: Path, timezone: str) -> Any:
    """A DuckDB file, read only: another program may write into it. Raises ClosedFileError.

    It is attached beside an empty database, in which our questions are asked: what it defines itself, such as a function that is
    called like one of DuckDB's, does not stand in their way.
    """
    log = file.with_name(f"{file.name}.wal")
    if log.is_symlink() or (log.exists() and not log.is_file()):
        raise ClosedFileError(f"{log} is a link or no file, which is not followed")
    try:
        connection = ibis.duckdb.connect(memory_limit=MEMORY, **_CLOSED)
        connection.raw_sql(f"ATTACH {_text(str(file))} AS {ATTACHED} (READ_ONLY, TYPE duckdb)")
        return _locked(connection, timezone)
    except duckdb.Error as error:
        raise ClosedFileError(f"{file} cannot be read as a DuckDB file: {str(error).splitlines()[0]}") from None


def _locked(connection: Any, timezone: str, may_read: Iterable[Path] = ()) -> Any:
    spill = Path(tempfile.gettempdir(), f"topology-{secrets.token_hex(8)}")
    connection.raw_sql(f"SET TimeZone = {_text(timezone)}")
    connection.raw_sql(f"SET temp_directory = {_text(str(spill))}")
    connection.raw_sql(f"SET max_temp_directory_size = '{SPILL}'")
    connection.raw_sql(f"SET threads = {min(MOST_THREADS, os.cpu_count() or 1)}")
    readable = dict.fromkeys(name for file in may_read for name in (str(file), by_name(file)))
    connection.raw_sql(f"SET allowed_paths = [{', '.join(map(_text, readable))}]")
    connection.raw_sql("SET enable_external_access = false")
    connection.raw_sql("SET lock_configuration = true")
    return connection


def _text(value: str) -> str:
    """A literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def by_name(file: Path) -> str:
    """The name of a file for DuckDB, to which `*`, `?` and `[` would mean other files too."""
    return re.sub(r"([*?\[])", r"[\1]", str(file))
