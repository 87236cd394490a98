"""Event tables from wherever they are: a folder of files, a DuckDB file, the URL of a warehouse."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb
import ibis

from topology.delivery.files import Progress, load_folder
from topology.delivery.loading import FileReport, LoadReport
from topology.delivery.warehouse import WarehouseError, load_tables, open_warehouse


@dataclass(frozen=True)
class Events:
    """The tables that were found, by name, and the report. A table that is absent means "no data", never 0."""

    tables: dict[str, Any]
    report: LoadReport
    last_day: dt.date | None = None
    """The last local day on which something was observed."""

    def has(self, *names: str) -> bool:
        """Whether all these tables are there."""
        return all(name in self.tables for name in names)


class UnknownZoneError(ValueError):
    """A time zone that neither Python nor DuckDB knows."""


def is_url(source: Path | str) -> bool:
    """Whether the source of events is a warehouse's URL."""
    return isinstance(source, str) and "://" in source


def load_events(source: Path | str, timezone: str = "UTC", progress: Progress = lambda *_: None) -> Events:
    """The event tables of a folder (`<table>.csv`, `<table>.parquet`), of a DuckDB file, or of a warehouse's URL.

    A bad row is left out and said; a bad table is said and left out. `timezone` is the organisation's zone: times without
    zone are read in it, and days and weeks are counted in it. `progress` is told of each file of a folder.
    Raises UnknownZoneError for a zone that does not exist, WarehouseError for a warehouse that does not answer.
    """
    connection = ibis.duckdb.connect()
    try:
        ZoneInfo(timezone)
        connection.raw_sql(f"SET TimeZone = '{timezone}'")
    except (ZoneInfoNotFoundError, ValueError, OSError, duckdb.Error):
        message = f"there is no time zone `{timezone}`; expected a name such as Europe/Paris"
        raise UnknownZoneError(message) from None
    if is_url(source):
        return events_in(open_warehouse(str(source)), timezone)
    path = Path(source)
    if path.is_file():
        return events_in(_database(path), timezone)
    return _events(*load_folder(connection, path, progress))


def load_events_or_say(source: Path | str, timezone: str = "UTC", progress: Progress = lambda *_: None) -> Events:
    """The same; a warehouse that does not answer gives no tables and a report that says so, a zone that DuckDB does not know
    counts as UTC."""
    try:
        return load_events(source, timezone, progress)
    except UnknownZoneError:  # known to Python (the settings were read) but not to DuckDB
        return load_events_or_say(source, "UTC", progress)
    except WarehouseError as error:
        name = "the warehouse" if is_url(source) else Path(source).name
        return Events({}, LoadReport((FileReport("", name, error=str(error)),)))


def events_in(connection: Any, timezone: str = "UTC") -> Events:
    """The event tables that an Ibis connection has, read where they are. Raises WarehouseError."""
    return _events(*load_tables(connection, timezone))


def _database(file: Path) -> Any:
    """A DuckDB file, read only: another program may write into it."""
    try:
        return ibis.duckdb.connect(file, read_only=True)
    except duckdb.Error as error:
        raise WarehouseError(f"{file} cannot be read as a DuckDB file: {str(error).splitlines()[0]}") from None


def _events(tables: dict[str, Any], reports: list[FileReport]) -> Events:
    days = [report.last_day for report in reports if report.last_day]
    return Events(tables, LoadReport(tuple(reports)), max(days, default=None))
