"""A folder of CSV or Parquet files → typed event tables in DuckDB, with a report."""

from __future__ import annotations

import csv
import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb
import ibis
import ibis.expr.datatypes as types

from topology.delivery.loading import FileReport, LeftOut, LoadReport
from topology.delivery.tables import TABLES, Column, Table
from topology.source.suggest import nearest

UTC = types.Timestamp(timezone="UTC")
UNREAD = "unread_"
SUFFIXES = (".csv", ".parquet")
TRUE, FALSE = ("true", "yes", "y", "1"), ("false", "no", "n", "0", "")
ZONE_SUFFIX = r"([Zz]|[+-]\d\d(:?\d\d)?|UTC|GMT)$"
FIRST_YEAR, LAST_YEAR = 1970, 2099  # what lies outside is a slip of a tool or of a hand


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


def load_events(folder: Path, timezone: str = "UTC") -> Events:
    """Loads every `<table>.csv` or `<table>.parquet` of a folder. A bad row is left out and said; a bad file is said and left out.

    `timezone` is the organisation's zone: times without zone are read in it, and days and weeks are counted in it.
    Raises UnknownZoneError for a zone that does not exist.
    """
    connection = ibis.duckdb.connect()
    try:
        ZoneInfo(timezone)
        connection.raw_sql(f"SET TimeZone = '{timezone}'")
    except (ZoneInfoNotFoundError, ValueError, OSError, duckdb.Error):
        message = f"there is no time zone `{timezone}`; expected a name such as Europe/Paris"
        raise UnknownZoneError(message) from None
    tables: dict[str, Any] = {}
    reports = []
    for table in TABLES:
        files = [file for suffix in SUFFIXES if (file := folder / f"{table.name}{suffix}").is_file()]
        reports += [
            FileReport(table.name, other.name, error=f"the same table stands in {files[0].name}, which is read")
            for other in files[1:]
        ]
        if files:
            loaded, report = _load(connection, table, files[0])
            reports.append(report)
            if loaded is not None:
                tables[table.name] = loaded
    days = [report.last_day for report in reports if report.last_day]
    return Events(tables, LoadReport(tuple(reports)), max(days, default=None))


def _load(connection: Any, table: Table, file: Path) -> tuple[Any | None, FileReport]:
    try:
        raw = _read(connection, table, file)
        raw = connection.create_table(f"text_{table.name}", raw.mutate(row_=ibis.row_number()), temp=True)
    except duckdb.Error as error:  # every fault of the file as a whole: it cannot be used
        return None, FileReport(table.name, file.name, error=_first_line(error))
    headers = [name for name in raw.columns if name != "row_"]
    found = _columns(table, headers)
    missing = [c.name for c in table.columns if c.required and c not in found.values()]
    if table.one_of and not any(c.name in table.one_of for c in found.values()):
        missing.append(" or ".join(table.one_of))
    if missing:
        return None, FileReport(table.name, file.name, error=_missing(missing, headers))
    typed = _typed(raw, table, found)
    unread = _unreadable(connection, typed)
    typed = typed.drop([name for name in typed.columns if name.startswith(UNREAD)])
    kept, left_out = _split(connection, typed, table, file)
    loaded = connection.create_table(table.name, kept, temp=True)
    count = int(connection.execute(loaded.count()))
    report = FileReport(
        table.name, file.name, rows=count + len(left_out), left_out=left_out,
        mapped=tuple((name, column.name) for name, column in found.items() if name.strip().lower() != column.name),
        ignored=tuple(name for name in headers if name not in found and not name.startswith("column")),
        unreadable=unread, last_day=_last_day(loaded, table), without_zone=_without_zone(connection, raw, found),
    )  # fmt: skip
    return loaded, report


def _read(connection: Any, table: Table, file: Path) -> Any:
    """The file's rows with every value as text, so that both formats are read by the same rules."""
    if file.suffix == ".parquet":
        raw = connection.read_parquet(str(file), table_name=f"raw_{table.name}")
        return raw.select(**{name: raw[name].cast("string") for name in raw.columns})
    return connection.read_csv(str(file), table_name=f"raw_{table.name}", header=True, all_varchar=True, delim=",", quote='"',
                               escape='"', null_padding=True, strict_mode=False, parallel=False)  # fmt: skip


def _columns(table: Table, headers: list[str]) -> dict[str, Column]:
    """{header: the column that it is taken for}: each column once, by its own name before any alias."""
    exact = {
        table.column(name): name for name in headers if (c := table.column(name)) and name.strip().lower() == c.name
    }
    found: dict[str, Column] = {}
    for name in headers:
        column = table.column(name)
        if column and exact.get(column, name) == name and column not in found.values():
            found[name] = column
    return found


def _first_line(error: Exception) -> str:
    """DuckDB's reason for refusing a file, in a line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if any("invalid unicode" in line.lower() or "is not utf-8" in line.lower() for line in lines):
        return "it is not UTF-8 text; save it with the encoding UTF-8"
    told = [line for line in lines if not line.startswith(("Original Line", "Possible", "*"))]
    return " ".join(told[:2]) or type(error).__name__


def _missing(missing: list[str], headers: list[str]) -> str:
    words = []
    for name in missing:
        near = nearest(name, headers)
        words.append(f"`{name}`" + (f" (is `{near}` meant?)" if near else ""))
    return f"required column{'s' if len(words) > 1 else ''} missing: {', '.join(words)}; found {', '.join(headers)}"


def _typed(raw: Any, table: Table, found: dict[str, Column]) -> Any:
    """Columns under their own names and types; `bad_` says what is wrong with a row, or is null."""
    columns: dict[str, Any] = {"row_": raw.row_}
    faults = []
    for header, column in found.items():
        text = raw[header].strip().nullif("")
        value, wrong = _convert(text, column)
        columns[column.name] = value
        if column.kind in ("time", "day"):
            columns[f"{column.name}_day"] = value.cast("date") if column.kind == "time" else value
        if not column.required and column.kind != "text":
            columns[f"{UNREAD}{column.name}"] = text.notnull() & wrong
        if column.required:
            faults.append(
                ibis.cases(
                    (text.isnull(), f"no {column.name}"),
                    (wrong, ibis.literal(f"{column.name} is not {_expected(column)}: ") + text),
                )
            )
    for column in table.columns:
        if column.name not in columns:
            columns[column.name] = ibis.null(_type_of(column))
            if column.kind == "time":
                columns[f"{column.name}_day"] = ibis.null("date")
    return raw.select(**columns, bad_=ibis.coalesce(*faults))


def _unreadable(connection: Any, typed: Any) -> tuple[tuple[str, int], ...]:
    """(optional column, how many of its values could not be read and count as absent)."""
    marks = [name for name in typed.columns if name.startswith(UNREAD)]
    if not marks:
        return ()
    counted = typed.aggregate(**{name: typed[name].cast("int64").sum() for name in marks})
    (row,) = connection.to_pyarrow(counted).to_pylist()
    return tuple((name.removeprefix(UNREAD), int(row[name])) for name in marks if row[name])


def _convert(text: Any, column: Column) -> tuple[Any, Any]:
    """The value of a text, and whether the text is wrong."""
    match column.kind:
        case "time":
            value = _plausible(text.try_cast(UTC))
        case "day":
            value = _plausible(text.try_cast("date"))
        case "number":
            value = text.try_cast("float64")
        case "flag":
            lower = text.lower()
            value = ibis.cases((lower.isin(TRUE), True), (lower.isin(FALSE), False), else_=ibis.null("boolean"))
        case "choice":
            value = ibis.cases((text.lower().isin(column.choices), text.lower()), else_=ibis.null("string"))
        case _:
            value = text
    return value, value.isnull()


def _plausible(when: Any) -> Any:
    """The time or date if its year is one in which software was delivered; else null."""
    first, after = (ibis.literal(f"{year}-01-01").cast(when.type()) for year in (FIRST_YEAR, LAST_YEAR + 1))
    return ibis.cases(((when >= first) & (when < after), when), else_=ibis.null(when.type()))


def _expected(column: Column) -> str:
    if column.kind == "choice":
        return "one of " + ", ".join(column.choices)
    return {"time": f"a time of the years {FIRST_YEAR} to {LAST_YEAR}", "day": "a date", "number": "a number"}.get(
        column.kind, "a text"
    )


def _type_of(column: Column) -> Any:
    return {"time": UTC, "day": "date", "number": "float64", "flag": "boolean"}.get(column.kind, "string")


def _split(connection: Any, typed: Any, table: Table, file: Path) -> tuple[Any, tuple[LeftOut, ...]]:
    """Rows that count, and those that do not: faulty ones, and earlier rows of the same event."""
    newest = ibis.row_number().over(group_by=list(table.key), order_by=ibis.desc("row_")) == 0
    marked = typed.filter(typed.bad_.isnull()).mutate(newest_=newest)
    words = ibis.literal(f"the same {', '.join(table.key)} stands in a later row")
    same = marked.filter(~marked.newest_).select("row_", reason=words)
    bad = typed.filter(typed.bad_.notnull()).select("row_", reason="bad_")
    rows = connection.to_pyarrow(ibis.union(bad, same).order_by("row_")).to_pylist()
    lines = _lines(file, [row["row_"] for row in rows])
    left_out = tuple(LeftOut(lines.get(row["row_"], 0), row["reason"]) for row in rows)
    return marked.filter(marked.newest_).drop("bad_", "newest_", "row_"), left_out


def _lines(file: Path, rows: list[int]) -> dict[int, int]:
    """{row, from 0: line in the file}, by reading the file again: a quoted field may span lines. (Parquet has rows, from 1.)"""
    if not rows:
        return {}
    if file.suffix == ".parquet":
        return {row: row + 1 for row in rows}
    wanted, found = set(rows), {}
    with file.open(encoding="utf-8-sig", newline="") as handle, suppress(csv.Error):
        reader = csv.reader(handle)
        next(reader, None)
        row = 0
        for record in reader:
            if not record:
                continue
            if row in wanted:
                found[row] = reader.line_num
                if len(found) == len(wanted):
                    break
            row += 1
    return found


def _without_zone(connection: Any, raw: Any, found: dict[str, Column]) -> int:
    times = [raw[header].strip() for header, column in found.items() if column.kind == "time"]
    if not times:
        return 0
    bare = [
        (text.try_cast(UTC).notnull() & ~text.re_search(ZONE_SUFFIX)).fill_null(False).cast("int64").sum()
        for text in times
    ]
    row = connection.to_pyarrow(raw.aggregate(**{f"c{i}": one for i, one in enumerate(bare)})).to_pylist()[0]
    return sum(int(value or 0) for value in row.values())


def _last_day(loaded: Any, table: Table) -> dt.date | None:
    """The last day of the table's observations; a row that stands for a week lasts until its Sunday."""
    if not table.when:
        return None
    whole_week = table.column(table.when).kind == "day"  # type: ignore[union-attr]
    found = loaded.aggregate(last=loaded[f"{table.when}_day"].max()).to_pyarrow().column("last").to_pylist()
    day: dt.date | None = found[0]
    return day + dt.timedelta(days=6) if day is not None and whole_week else day
