"""Event tables where they already are: a DuckDB file, or a warehouse that Ibis reaches by a URL. Nothing is copied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis

from topology.delivery.columns import (
    ColumnError,
    day_of,
    found_columns,
    needs_mending,
    typed,
    unreadable,
    without_marks,
)
from topology.delivery.engine import ATTACHED, ClosedFileError, database
from topology.delivery.files import MAX_COLUMNS, TOO_WIDE, last_day, last_of
from topology.delivery.loading import FileReport, LeftOut
from topology.delivery.tables import PERSONAL, TABLES, Column, Table
from topology.source.address import Source

NO_VIEW = "it is a view, and only tables are read: a view reads whatever its writer chose"
NAMED = 20  # rows left out that are named; further ones are counted
# How a session is told in which zone a time without zone is read and days are counted.
SET_ZONE = {
    "duckdb": "SET TimeZone = '{}'",
    "postgres": "SET TIME ZONE '{}'",
    "pyspark": "SET TIME ZONE '{}'",
    "snowflake": "ALTER SESSION SET TIMEZONE = '{}'",
    "trino": "SET TIME ZONE '{}'",
}


class WarehouseError(ValueError):
    """A warehouse that cannot be read; the message says why. It never holds the address, in which a password may stand."""


def open_source(source: Source, timezone: str = "UTC") -> Any:
    """The connection of a DuckDB file, or of an address such as `postgres://host/db`. Raises WarehouseError."""
    if isinstance(source, Path):
        try:
            return database(source, timezone)
        except ClosedFileError as error:
            raise WarehouseError(str(error)) from None
    try:
        return ibis.connect(source.url)
    except (ImportError, ModuleNotFoundError) as error:
        raise WarehouseError(
            f"the driver for {source.scheme} is not installed: pip install 'ibis-framework[{source.scheme}]' ({error})"
        ) from None
    except Exception as error:  # each backend has errors of its own
        raise WarehouseError(f"no connection to {source}: {source.redacted(_line(error))}") from None


def load_tables(connection: Any, zone: str) -> tuple[dict[str, Any], list[FileReport]]:
    """The typed tables among those that the connection has, read lazily, and a report of each."""
    _set_zone(connection, zone)
    names = {name.lower(): name for name in table_names(connection)}
    views = {name.lower(): name for name in _views(connection)}
    tables: dict[str, Any] = {}
    reports = []
    for table in TABLES:
        if table.name not in names:
            if table.name in views:
                reports.append(FileReport(table.name, views[table.name], error=NO_VIEW))
            continue
        loaded, report = _load(connection, table, names[table.name])
        reports.append(report)
        if loaded is not None:
            tables[table.name] = loaded
    return tables, reports


def table_names(connection: Any) -> list[str]:
    """The tables that there are; of a DuckDB file, which may be a stranger's, no view: it reads what its writer chose.
    (Ibis 12.0's own list calls what DuckDB 2.0 no longer has.)"""
    return _of_duckdb(connection, "BASE TABLE") if connection.name == "duckdb" else list(connection.list_tables())


def _views(connection: Any) -> list[str]:
    return _of_duckdb(connection, "VIEW") if connection.name == "duckdb" else []


def _of_duckdb(connection: Any, kind: str) -> list[str]:
    """The tables of a kind: of the attached file, else of the database that is open."""
    catalog, schema = _place(connection)
    query = "SELECT table_name FROM information_schema.tables WHERE table_type = ? AND table_catalog = ? AND table_schema = ?"
    return [name for (name,) in connection.con.execute(query, [kind, catalog, schema]).fetchall()]


def _place(connection: Any) -> tuple[str, str]:
    """The catalog and the schema of DuckDB in which the tables are."""
    known = "SELECT database_name FROM duckdb_databases() WHERE database_name = ?"
    if connection.con.execute(known, [ATTACHED]).fetchall():
        return ATTACHED, "main"
    (found,) = connection.con.execute("SELECT current_database(), current_schema()").fetchall()
    return str(found[0]), str(found[1])


def _table(connection: Any, name: str) -> Any:
    return (
        connection.table(name, database=_place(connection)) if connection.name == "duckdb" else connection.table(name)
    )


def _set_zone(connection: Any, zone: str) -> None:
    if connection.name == "duckdb" and connection.con.execute("SELECT current_setting('TimeZone')").fetchone() == (
        zone,
    ):
        return  # (a file's connection is locked once its zone is set)
    if connection.name in SET_ZONE:
        connection.raw_sql(SET_ZONE[connection.name].format(zone))
    elif zone != "UTC":
        raise WarehouseError(f"on {connection.name} days can only be counted in UTC; the organisation's zone is {zone}")


def _load(connection: Any, table: Table, name: str) -> tuple[Any | None, FileReport]:
    try:
        raw = _table(connection, name)
        if len(raw.columns) > MAX_COLUMNS:
            raise ColumnError(TOO_WIDE.format(len(raw.columns)))
        found = found_columns(table, list(raw.columns))
        seen = _seen(raw, table, found)
        read = typed(raw, table, found, seen.sound)
        unread: tuple[tuple[str, int], ...] = ()
        left_out: tuple[LeftOut, ...] = ()
        many, last = 0, seen.last_day
        if seen.sound != frozenset(found):
            unread = unreadable(read)
            left_out, many = _left_out(without_marks(read), table)
        good = without_marks(read)
        good = (good.filter(good.bad_.isnull()) if many else good).drop("bad_")
        last = last_day(good, table) if many else last
        kept, twice = _newest(good, table)
    except ColumnError as error:
        return None, FileReport(table.name, name, error=str(error))
    except Exception as error:  # what an engine says when it cannot answer; the other tables can
        return None, FileReport(table.name, name, error=_line(error))
    if twice:
        left_out = (*left_out, LeftOut(0, f"{twice} rows with the same {', '.join(table.key)} as a later one"))
    return kept, FileReport(
        table.name, name, rows=seen.rows, left_out=left_out, left_out_count=many + twice,
        mapped=tuple((header, column.name) for header, column in found.items() if header.strip().lower() != column.name),
        ignored=tuple(header for header in raw.columns if header not in found),
        unreadable=unread, last_day=last, without_zone=seen.without_zone,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one pass over a table says: its rows, the columns that can be used as they stand, its times, its last day."""

    rows: int
    sound: frozenset[str]
    without_zone: int
    last_day: dt.date | None


def _seen(raw: Any, table: Table, found: dict[str, Column]) -> _Seen:
    headers = list(found)
    asked = {f"c{i}": needs_mending(raw[h], found[h]).ifelse(1, 0).max() for i, h in enumerate(headers)}
    asked |= {f"z{i}": raw[h].count() for i, h in enumerate(headers) if _is_bare(raw[h], found[h])}
    when = next((h for h in headers if found[h].name == table.when), None)
    if when is not None:
        asked["last"] = day_of(raw[when], found[when]).max()
    (row,) = raw.aggregate(rows=raw.count(), **asked).to_pyarrow().to_pylist()
    sound = frozenset(h for i, h in enumerate(headers) if not row[f"c{i}"])
    bare = sum(int(value or 0) for key, value in row.items() if key.startswith("z"))
    return _Seen(int(row["rows"]), sound, bare, last_of(row.get("last"), table))


def _is_bare(given: Any, column: Column) -> bool:
    """Whether it holds times without a zone, which are read in the organisation's. (Spark's own type has one, which Ibis does not tell.)"""
    kind = given.type()
    return (
        column.kind == "time"
        and kind.is_timestamp()
        and kind.timezone is None
        and given.get_backend().name != "pyspark"
    )


def _newest(good: Any, table: Table) -> tuple[Any, int]:
    """One row of each event, and how many were left out. A warehouse has no order of rows: the one that ended last counts."""
    if not table.key:
        return good, 0
    keys = list(table.key)
    repeated = good.group_by(keys).aggregate(copies_=good.count())
    (row,) = repeated.aggregate(twice=(repeated.copies_ - 1).sum()).to_pyarrow().to_pylist()
    twice = int(row["twice"] or 0)
    if not twice:
        return good, 0
    rest = [ibis.desc(name) for name in good.columns if name not in keys]
    newest = (
        ibis.row_number().over(group_by=keys, order_by=[*([ibis.desc(table.when)] if table.when else []), *rest]) == 0
    )
    marked = good.mutate(newest_=newest)
    return marked.filter(marked.newest_).drop("newest_"), twice


def _left_out(read: Any, table: Table) -> tuple[tuple[LeftOut, ...], int]:
    """The first rows that are left out, by their key, and how many there are."""
    bad = read.filter(read.bad_.notnull())
    (row,) = bad.aggregate(many=bad.count()).to_pyarrow().to_pylist()
    if not row["many"]:
        return (), 0
    keys = [key for key in table.key if key not in PERSONAL]
    first = bad.select(*keys, reason="bad_").order_by(*keys, "reason").limit(NAMED).to_pyarrow().to_pylist()
    named = tuple(
        LeftOut(0, f"{one['reason']} ({', '.join(f'{key} {one[key]}' for key in keys)})" if keys else one["reason"])
        for one in first
    )
    return named, int(row["many"])


def _line(error: Exception) -> str:
    """The first line of an engine's message."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def plain_rows(connection: Any, table: str, columns: Iterable[str]) -> list[dict[str, Any]] | None:
    """The rows of any table as values; None where there is no such table. A column that is not there is None in each row."""
    if table not in table_names(connection):
        return None
    found = _table(connection, table)
    chosen = {name: found[name] if name in found.columns else ibis.null("string") for name in columns}
    rows: list[dict[str, Any]] = found.select(**chosen).to_pyarrow().to_pylist()
    return rows
