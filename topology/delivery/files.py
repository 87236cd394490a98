"""A folder of CSV or Parquet files → typed event tables in DuckDB, with a report."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
import ibis

from topology.delivery.columns import UTC, ZONE_SUFFIX, ColumnError, found_columns, typed, unreadable, without_marks
from topology.delivery.engine import by_name
from topology.delivery.loading import FileReport, LeftOut
from topology.delivery.tables import TABLES, Column, Table
from topology.source.files import leads_out

SUFFIXES = (".csv", ".parquet")
ROW = "topology_row_number"  # beside the file's own columns while it is loaded

MAX_COLUMNS, MAX_HEADER_BYTES = 1_000, 1_000_000  # (an engine takes time with the square of the columns)
TOO_WIDE = f"it has {{}} columns; {MAX_COLUMNS} are read at most"
FREE_ROWS = 1_000_000  # of a Parquet file; further ones take a byte at least
MOST_NAMED = 1_000  # rows left out that are named by their line; further ones are counted
LONG_LOAD_BYTES = 30_000_000  # below, a load takes a few seconds and needs no bar
Progress = Callable[[str, int, int], None]
"""Told before each file: its name, the bytes that are loaded, and all that there are."""


def load_folder(connection: Any, folder: Path, progress: Progress) -> tuple[dict[str, Any], list[FileReport]]:
    """The typed tables of a folder's `<table>.csv` and `<table>.parquet`, and a report of each file."""
    tables: dict[str, Any] = {}
    reports = []
    chosen = [(table, files) for table in TABLES if (files := _files(folder, table))]
    total, done = sum(files[0].stat().st_size for _, files in chosen), 0
    for table, files in chosen:
        reports += [
            FileReport(table.name, other.name, error=f"the same table stands in {files[0].name}, which is read")
            for other in files[1:]
        ]
        progress(files[0].name, done, total)
        loaded, report = _load(connection, table, files[0])
        done += files[0].stat().st_size
        reports.append(report)
        if loaded is not None:
            tables[table.name] = loaded
    progress("", total, total)
    return tables, reports


def tables_in(folder: Path) -> list[Path]:
    """The files of a folder that hold event tables."""
    return [file for table in TABLES for file in _files(folder, table)]


def _files(folder: Path, table: Table) -> list[Path]:
    return [file for suffix in SUFFIXES if (file := folder / f"{table.name}{suffix}").is_file()]


def _load(connection: Any, table: Table, file: Path) -> tuple[Any | None, FileReport]:
    try:
        _refuse(connection, file)
        return _loaded(connection, table, file)
    except duckdb.Error as error:  # every fault of the file as a whole: it cannot be used
        return None, FileReport(table.name, file.name, error=_first_line(error))
    except ColumnError as error:
        return None, FileReport(table.name, file.name, error=str(error))


def _refuse(connection: Any, file: Path) -> None:
    """Raises ColumnError for a file that is not the folder's own, or that unfolds to more than its size deserves."""
    if leads_out(file, file.parent):
        raise ColumnError("it is a link that leads out of its folder, which is not followed")
    if (count := _columns_of(connection, file)) > MAX_COLUMNS:
        raise ColumnError(TOO_WIDE.format(count))
    size = file.stat().st_size
    if (many := _rows_of(connection, file)) > FREE_ROWS + size:
        raise ColumnError(f"it has {many} rows in {size} bytes, more than rows of any content take")


def _loaded(connection: Any, table: Table, file: Path) -> tuple[Any, FileReport]:
    raw = _read(connection, table, file)
    if ROW in raw.columns:
        raise ColumnError(f"no column may be called {ROW}")
    raw = raw.select([*(raw[name].strip().name(name) for name in raw.columns), ibis.row_number().name(ROW)])
    raw = connection.create_table(f"text_{table.name}", raw, temp=True)
    headers = [name for name in raw.columns if name != ROW]
    found = found_columns(table, headers)
    # (A table, because it is read several times: what could not be read, what is left out, what is kept.)
    read = connection.create_table(f"typed_{table.name}", typed(raw, table, found, **{ROW: raw[ROW]}), temp=True)
    unread = unreadable(read)
    kept, left_out, many = _split(connection, without_marks(read), table, file)
    loaded = connection.create_table(table.name, kept, temp=True)
    report = FileReport(
        table.name, file.name, rows=int(connection.execute(loaded.count())) + many, left_out=left_out, left_out_count=many,
        mapped=tuple((name, column.name) for name, column in found.items() if name.strip().lower() != column.name),
        ignored=tuple(name for name in headers if name not in found and not name.startswith("column")),
        unreadable=unread, last_day=last_day(loaded, table), without_zone=_without_zone(raw, found),
    )  # fmt: skip
    connection.drop_table(f"typed_{table.name}")
    connection.drop_table(f"text_{table.name}")
    return loaded, report


def _read(connection: Any, table: Table, file: Path) -> Any:
    """The file's rows with every value as text, so that both formats are read by the same rules."""
    name = by_name(file)
    if file.suffix == ".parquet":
        raw = connection.read_parquet(name, table_name=f"raw_{table.name}", hive_partitioning=False)
        return raw.select([raw[column].cast("string").name(column) for column in raw.columns])
    return connection.read_csv(name, table_name=f"raw_{table.name}", header=True, all_varchar=True, delim=",", quote='"',
                               escape='"', null_padding=True, strict_mode=False, parallel=False, hive_partitioning=False,
                               compression="none")  # fmt: skip


def _rows_of(connection: Any, file: Path) -> int:
    """How many rows a Parquet file says it has: a few bytes may stand for any number; 0 for a CSV, where each takes a line."""
    if file.suffix != ".parquet":
        return 0
    query = "SELECT coalesce(sum(num_rows), 0) FROM parquet_file_metadata(?)"
    return int(connection.con.execute(query, [by_name(file)]).fetchall()[0][0])


def _columns_of(connection: Any, file: Path) -> int:
    """How many columns a file has, without reading its rows. Raises ColumnError where that cannot be told."""
    if file.suffix == ".parquet":
        query = "SELECT count(*) FROM parquet_schema(?)"
        return int(connection.con.execute(query, [by_name(file)]).fetchall()[0][0])
    with file.open("rb") as handle:
        head = handle.read(MAX_HEADER_BYTES)
    if len(head) == MAX_HEADER_BYTES and b"\n" not in head and b"\r" not in head:
        raise ColumnError(f"its first line has more than {MAX_HEADER_BYTES} bytes, so it is no table")
    with suppress(csv.Error):
        return len(next(csv.reader(io.StringIO(head.decode("utf-8-sig", "replace"), newline="")), ()))
    return 0


def _first_line(error: Exception) -> str:
    """DuckDB's reason for refusing a file, in a line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if any("sniffing" in line.lower() for line in lines):
        return "its quotes or commas do not close as CSV wants them, or it is no table"
    if any("invalid unicode" in line.lower() or "is not utf-8" in line.lower() for line in lines):
        return "it is not UTF-8 text; save it with the encoding UTF-8"
    told = [line for line in lines if not line.startswith(("Original Line", "Possible", "*"))]
    return " ".join(told[:2]) or type(error).__name__


def _split(connection: Any, read: Any, table: Table, file: Path) -> tuple[Any, tuple[LeftOut, ...], int]:
    """Rows that count; those that do not, faulty ones and earlier rows of the same event, the first by line; how many of these."""
    good = read.filter(read.bad_.isnull())
    left = read.filter(read.bad_.notnull()).select(ROW, reason="bad_")
    if table.key:
        newest = ibis.row_number().over(group_by=list(table.key), order_by=ibis.desc(ROW)) == 0
        marked = good.mutate(newest_=newest)
        words = ibis.literal(f"the same {', '.join(table.key)} stands in a later row")
        left = ibis.union(left, marked.filter(~marked.newest_).select(ROW, reason=words))
        good = marked.filter(marked.newest_).drop("newest_")
    rows = connection.to_pyarrow(left.order_by(ROW).limit(MOST_NAMED)).to_pylist()
    lines = _lines(file, [row[ROW] for row in rows])
    left_out = tuple(LeftOut(lines.get(row[ROW], 0), row["reason"]) for row in rows)
    many = len(rows) if len(rows) < MOST_NAMED else int(connection.execute(left.count()))
    return good.drop("bad_", ROW), left_out, many


def _lines(file: Path, rows: list[int]) -> dict[int, int]:
    """{row, from 0: line in the file}, by reading the file again: a quoted field may span lines. (Parquet has rows, from 1.)"""
    if not rows:
        return {}
    if file.suffix == ".parquet":
        return {row: row + 1 for row in rows}
    wanted, found = set(rows), {}
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as handle, suppress(csv.Error):
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


def _without_zone(raw: Any, found: dict[str, Column]) -> int:
    """How many times have no zone and were read in the organisation's."""
    times = [raw[header] for header, column in found.items() if column.kind == "time"]
    if not times:
        return 0
    bare = [(text.try_cast(UTC).notnull() & ~text.re_search(ZONE_SUFFIX)).ifelse(1, 0).sum() for text in times]
    (row,) = raw.aggregate(**{f"c{i}": one for i, one in enumerate(bare)}).to_pyarrow().to_pylist()
    return sum(int(value or 0) for value in row.values())


def last_day(loaded: Any, table: Table) -> dt.date | None:
    """The last day of the table's observations; a row that stands for a week lasts until its Sunday."""
    if not table.when:
        return None
    (row,) = loaded.aggregate(last=loaded[f"{table.when}_day"].max()).to_pyarrow().to_pylist()
    return last_of(row["last"], table)


def last_of(day: dt.date | None, table: Table) -> dt.date | None:
    """The last day that a table's last row stands for."""
    whole_week = table.when and table.column(table.when).kind == "day"  # type: ignore[union-attr]
    return day + dt.timedelta(days=6) if day is not None and whole_week else day
