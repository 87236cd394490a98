"""Event tables from wherever they are: a folder of files, a DuckDB file, the URL of a warehouse."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from topology.delivery.engine import embedded
from topology.delivery.facts import Facts
from topology.delivery.files import Progress, load_folder, tables_in
from topology.delivery.loading import FileReport, LoadReport
from topology.delivery.warehouse import WarehouseError, load_tables, open_source
from topology.once import Once
from topology.source.address import Address, Source


@dataclass(frozen=True)
class Events:
    """The tables that were found, by name, and the report. A table that is absent means "no data", never 0."""

    tables: dict[str, Any]
    report: LoadReport
    last_day: dt.date | None = None
    """The last local day on which something was observed."""
    zone: str = "UTC"
    """The organisation's zone, in which days are counted and times shown."""
    once: Once = field(default_factory=Once, compare=False, repr=False)
    """What was read from them before."""
    facts: Facts = field(default_factory=Facts, compare=False, repr=False)
    """The tables that were made of them."""

    def has(self, *names: str) -> bool:
        """Whether all these tables are there."""
        return all(name in self.tables for name in names)


class UnknownZoneError(ValueError):
    """A time zone that neither Python nor DuckDB knows."""


def load_events(source: Source, timezone: str = "UTC", progress: Progress = lambda *_: None) -> Events:
    """The event tables of a folder (`<table>.csv`, `<table>.parquet`), of a DuckDB file, or of a warehouse's address.

    A bad row is left out and said; a bad table is said and left out. `timezone` is the organisation's zone: times without
    zone are read in it, and days and weeks are counted in it. `progress` is told of each file of a folder.
    Raises UnknownZoneError for a zone that does not exist, WarehouseError for a warehouse that does not answer.
    """
    is_folder = isinstance(source, Path) and not source.is_file()
    try:
        ZoneInfo(timezone)
        connection = embedded(timezone, tables_in(source) if isinstance(source, Path) and is_folder else ())
    except (ZoneInfoNotFoundError, ValueError, OSError, duckdb.Error):
        message = f"there is no time zone `{timezone}`; expected a name such as Europe/Paris"
        raise UnknownZoneError(message) from None
    if isinstance(source, Path) and is_folder:
        return _events(*load_folder(connection, source, progress), timezone)
    events = events_in(open_source(source, timezone), timezone)
    return _redacted(events, source) if isinstance(source, Address) else events


def _redacted(events: Events, source: Address) -> Events:
    """The same with nothing in the report that a warehouse repeats of its address."""
    files = (replace(file, error=source.redacted(file.error)) if file.error else file for file in events.report.files)
    return replace(events, report=LoadReport(tuple(files)))


def load_events_or_say(source: Source, timezone: str = "UTC", progress: Progress = lambda *_: None) -> Events:
    """The same; a warehouse that does not answer gives no tables and a report that says so, a zone that DuckDB does not know
    counts as UTC."""
    try:
        return load_events(source, timezone, progress)
    except UnknownZoneError:  # known to Python (the settings were read) but not to DuckDB
        return load_events_or_say(source, "UTC", progress)
    except WarehouseError as error:
        name = str(source) if isinstance(source, Address) else source.name
        return Events({}, LoadReport((FileReport("", name, error=str(error)),)))


def events_in(connection: Any, timezone: str = "UTC") -> Events:
    """The event tables that an Ibis connection has, read where they are. Raises WarehouseError."""
    return _events(*load_tables(connection, timezone), timezone)


def _events(tables: dict[str, Any], reports: list[FileReport], zone: str) -> Events:
    days = [report.last_day for report in reports if report.last_day]
    return Events(tables, LoadReport(tuple(reports)), max(days, default=None), zone)
