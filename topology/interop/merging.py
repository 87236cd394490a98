"""Imported rows into a folder of CSV files: a row that is there is replaced, so that importing twice changes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from filelock import FileLock, Timeout

from topology.delivery.tables import TABLES, table_of
from topology.interop.imported import Imported, InputError, Row
from topology.interop.reviews import REVIEWS, settled, together
from topology.writing import LinkError, make_folder, write_files

LOCK, LOCK_SECONDS = ".topology.lock", 60
WAITING = "waiting"  # below the folder of tables: rows of which something is missing


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of one table."""

    table: str
    new: int
    changed: int
    same: int
    file: Path

    @property
    def summary(self) -> str:
        """One line for the terminal."""
        return f"{self.file.name}: {self.new} new, {self.changed} changed, {self.same} as before"


def merge(imported: Imported, folder: Path, *, write: bool = True) -> list[Merged]:
    """Writes the imported rows into `<table>.csv` of the folder, with the key of each table; gives what became of each.

    Columns and rows that are there and were not imported stay.
    Who writes into a folder locks it, so that no two imports read the same state and one loses its rows.
    Raises InputError for a file that is there and cannot be read, or a folder that stays locked; then nothing is written.
    """
    if not write or not (imported.tables or imported.parts):
        return _merged(imported, folder)[0]
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        reports, texts = _merged(imported, folder)
        if any(file.parent != folder for file in texts):
            make_folder(folder / WAITING, within=folder)
        write_files(texts, within=folder)
    return reports


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = folder / LOCK
    if lock.is_symlink():  # (a lock is made by opening its file)
        raise LinkError(lock)
    try:
        with FileLock(lock, timeout=LOCK_SECONDS):
            yield
    except Timeout:
        raise InputError(
            f"{folder}: another import has written there for {LOCK_SECONDS} seconds; nothing was written. Try again."
        ) from None


def _merged(imported: Imported, folder: Path) -> tuple[list[Merged], dict[Path, str]]:
    """What becomes of each table, and the texts of the files that are to be written.

    What is known of a row in part waits in a folder of its own until it can be read: so that the order of imports changes nothing.
    """
    reports, texts = [], {}
    for name in (table.name for table in TABLES if table.name in imported.tables or table.name in imported.parts):
        file, aside = folder / f"{name}.csv", folder / WAITING / f"{name}.csv"
        before, waiting = _read(file), _read(aside, complete=False)
        after, there = _together(name, before.rows, waiting.rows, imported)
        ready: list[Row] = []
        rest: list[Row] = []
        for row in after:
            (rest if id(row) not in there and _lacks(name, row) else ready).append(row)
        for row in ready:
            settled(row)
        if len(ready) != len(before.rows) or name in imported.tables or ready != before.rows:
            reports.append(_compared(name, before.rows, ready, folder))
            texts[file] = _text(name, before, ready)
        if rest or waiting.rows:
            texts[aside] = _text(name, waiting, rest)
        if rest:
            imported.note(
                f"{len(rest)} {name} wait in {WAITING}/{name}.csv for what another file tells of them (such as {_wanted(name, rest)})"
            )
    return reports, texts


def _lacks(table: str, row: Row) -> list[str]:
    """The columns that a row needs and does not have."""
    return [name for name in table_of(table).required if not row.get(name)]


def _wanted(table: str, rows: list[Row]) -> str:
    return ", ".join(dict.fromkeys(name for row in rows for name in _lacks(table, row)))


def key_of(table: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """What makes a row the same event as another."""
    return tuple([row.get(name, "") for name in table_of(table).key])


@dataclass(frozen=True, slots=True)
class _File:
    """A table as it stands in its file, which keeps its columns, its mark and its line ends."""

    rows: list[Row] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    mark: str = ""
    line_end: str = "\n"


def _read(file: Path, *, complete: bool = True) -> _File:
    if file.is_symlink():
        raise LinkError(file)
    if not file.is_file():
        return _File()
    try:
        text = file.read_bytes().decode("utf-8")
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        reader = csv.reader(io.StringIO(text[len(mark) :], newline=""), strict=True)
        columns = tuple(next(reader, ()))
        records = [(reader.line_num, record) for record in reader if record]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file}: it cannot be read, so nothing is added to it: {error}") from None
    if wrong := _unsafe(file.stem if complete else "", columns, records):
        raise InputError(f"{file}: {wrong}, so nothing is added to it.")
    rows = [dict(zip(columns, [*record, *[""] * (len(columns) - len(record))], strict=True)) for _, record in records]
    return _File(rows, columns, mark, "\r\n" if "\r\n" in text else "\n")


def _unsafe(table: str, columns: tuple[str, ...], records: list[tuple[int, list[str]]]) -> str:
    """Why a file could not be written again without a loss; "" where it can."""
    if len(set(columns)) < len(columns):
        return "two of its columns have the same name"
    if longer := next((line for line, record in records if len(record) > len(columns)), None):
        return f"line {longer} has more cells than there are columns"
    needed = table_of(table).required if table and records else ()
    if missing := [name for name in needed if name not in columns]:
        return f"the column{'s' if len(missing) > 1 else ''} {', '.join(missing)} stand there under another name; rename them first"
    return ""


def _together(table: str, before: list[Row], waiting: list[Row], imported: Imported) -> tuple[list[Row], set[int]]:
    """(the rows that were there and those that waited, those that were imported again replaced in their place, and the new ones; the
    identities of those that were there: they stay, whatever they lack). Rows that stand in the order of their time stay in it, others
    have the new ones behind them."""
    after = [dict(row) for row in (*before, *waiting)]
    there = {id(row) for row in after[: len(before)]}
    in_order = all(_rank(table, one) <= _rank(table, other) for one, other in pairwise(before))
    place = {key_of(table, row): index for index, row in enumerate(after)}  # (of equal rows the later one counts)
    whole = [(row, False) for row in imported.tables.get(table, ())] + [
        (row, True) for row in imported.parts.get(table, ())
    ]
    for row, is_part in whole:
        key, id_ = key_of(table, row), (table, row.get("id", ""))
        at = place.get(key) if table_of(table).key else None
        if at is None and (at := _formerly(table, row, after, place, imported)) is None:
            place[key] = len(after)
            after.append(dict(row))
            continue
        place[key] = at
        after[at].update(dict.fromkeys(imported.erased.get(id_, ()), ""))
        if (column := imported.sets.get(id_)) and (known := after[at].get(column)) and column in row:
            row = {**row, column: _joined(known, row[column])}
        _put(after[at], row, imported.firsts.get(id_, ()), is_part)
    return (sorted(after, key=lambda row: _rank(table, row)) if in_order else after), there


def _joined(first: str, second: str) -> str:
    return ";".join(sorted({*first.split(";"), *second.split(";")}))


def _rank(table: str, row: Row) -> tuple[str, ...]:
    """By which rows stand in order: their time, then their key."""
    known = table_of(table)
    time = known.when or next((column.name for column in known.columns if column.kind in ("time", "day")), "")
    return (row.get(time, ""), *key_of(table, row))


def _formerly(
    table: str, row: Row, after: list[Row], place: dict[tuple[str, ...], int], imported: Imported
) -> int | None:
    """The place of a row that an earlier version wrote under another id, which it loses with the deployment that was guessed for it."""
    old = imported.former.get((table, row.get("id", "")))
    at = place.pop((old,), None) if old else None
    if at is None or (after[at].get("service") or row.get("service")) != row.get("service"):
        return None
    after[at]["id"] = row["id"]
    if after[at].pop("deployment_id", ""):
        imported.note(
            "deployments that an earlier version guessed for changes were taken away: they are found when events are read"
        )
    return at


def _put(known: Row, row: Row, first: tuple[str, ...], is_part: bool) -> None:
    """Adds what a row says. A blank does not erase what somebody, or another importer, filled in; what the source itself took back does.

    Of columns that belong to the first time, those of the earlier time stay.
    """
    said = {name: value for name, value in row.items() if value or name not in known}
    if first and known.get(first[0]) and said.get(first[0]) and known[first[0]] < said[first[0]]:
        said = {name: value for name, value in said.items() if name not in first}
    for name, value in said.items():
        if name == REVIEWS:
            known[name] = together(known.get(name, ""), value)
        elif not (is_part and known.get(name) and name not in first):
            known[name] = value


def _compared(table: str, before: list[Row], after: list[Row], folder: Path) -> Merged:
    known = {key_of(table, row): row for row in before}
    kept = [(known[key], row) for row in after if (key := key_of(table, row)) in known]
    same = sum(_filled(old) == _filled(row) for old, row in kept)
    new, changed = len(after) - len(kept), len(kept) - same
    return Merged(table, new, changed, same, folder / f"{table}.csv")


def _filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if value}


def _columns(table: str, before: _File, rows: list[Row]) -> list[str]:
    """The columns that are there, then those of the specification that have a value or are required, then others; all in the order of
    the specification where those that are there stand in it."""
    named = dict.fromkeys(name for row in rows for name in row)
    used = {name for name in named if any(row.get(name) for row in rows)}
    order = [column.name for column in table_of(table).columns]
    known = [column.name for column in table_of(table).columns if column.required or column.name in used]
    there = [order.index(name) for name in before.columns if name in order]
    if there == sorted(there):
        wanted = {*before.columns, *known}
        known = [name for name in order if name in wanted]
        return list(dict.fromkeys([*known, *before.columns, *(name for name in named if name in used)]))
    return list(dict.fromkeys([*before.columns, *known, *(name for name in named if name in used)]))


def _text(table: str, before: _File, rows: list[Row]) -> str:
    out = io.StringIO(newline="")
    columns = _columns(table, before, rows)
    cells = [[row.get(name, "") for name in columns] for row in rows]
    # (A carriage return alone would not be quoted by itself where lines end without one.)
    lone = before.line_end == "\n" and any("\r" in "".join(record) for record in cells)
    writer = csv.writer(out, lineterminator=before.line_end, quoting=csv.QUOTE_ALL if lone else csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows(cells)
    return before.mark + out.getvalue()
