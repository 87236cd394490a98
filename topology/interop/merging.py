"""Imported rows into a folder of CSV files: a row that is there is replaced, so that importing twice changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from topology.delivery.tables import table_of
from topology.interop.imported import Imported, InputError, Row, when
from topology.writing import LinkError, write_files

LOCK, LOCK_SECONDS = ".topology.lock", 60
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
MERGE_SHA = "merge_sha_"  # carried beside a change until its deployment is found; never written


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

    Columns and rows that are there and were not imported stay. Changes without a deployment get the one that took them out.
    Who writes into a folder locks it, so that no two imports read the same state and one loses its rows.
    Raises InputError for a file that is there and cannot be read, or a folder that stays locked; then nothing is written.
    """
    if not write or not imported.tables:
        return _merged(imported, folder)[0]
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        reports, texts = _merged(imported, folder)
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
    """What becomes of each table, and the texts of the files that are to be written."""
    before = {name: _read(folder / f"{name}.csv") for name in imported.tables}
    after = {name: _together(name, before[name].rows, rows) for name, rows in imported.tables.items()}
    if "changes" in after:
        deployments = after.get("deployments") or _read(folder / "deployments.csv").rows
        _link(after["changes"], {key_of("changes", row) for row in imported.tables["changes"]}, deployments, imported)
    reports = [_compared(name, before[name].rows, after[name], folder) for name in after]
    texts = {folder / f"{name}.csv": _text(name, before[name], rows) for name, rows in after.items()}
    return reports, texts


def key_of(table: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """What makes a row the same event as another."""
    return tuple(row.get(name, "") for name in table_of(table).key)


@dataclass(frozen=True, slots=True)
class _File:
    """A table as it stands in its file, which keeps its columns, its mark and its line ends."""

    rows: list[Row] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    mark: str = ""
    line_end: str = "\n"


def _read(file: Path) -> _File:
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
    if wrong := _unsafe(file.stem, columns, records):
        raise InputError(f"{file}: {wrong}, so nothing is added to it.")
    rows = [dict(zip(columns, [*record, *[""] * (len(columns) - len(record))], strict=True)) for _, record in records]
    return _File(rows, columns, mark, "\r\n" if "\r\n" in text else "\n")


def _unsafe(table: str, columns: tuple[str, ...], records: list[tuple[int, list[str]]]) -> str:
    """Why a file could not be written again without a loss; "" where it can."""
    if len(set(columns)) < len(columns):
        return "two of its columns have the same name"
    if longer := next((line for line, record in records if len(record) > len(columns)), None):
        return f"line {longer} has more cells than there are columns"
    missing = [c.name for c in table_of(table).columns if c.required and c.name not in columns] if records else []
    if missing:
        return f"the column{'s' if len(missing) > 1 else ''} {', '.join(missing)} stand there under another name; rename them first"
    return ""


def _together(table: str, before: list[Row], rows: list[Row]) -> list[Row]:
    """The rows that were there, those that were imported again replaced in their place, and the new ones after them."""
    after = [dict(row) for row in before]
    place = {key_of(table, row): index for index, row in enumerate(after)}  # (of equal rows the later one counts)
    for row in rows:
        at = place.setdefault(key_of(table, row), len(after)) if table_of(table).key else len(after)
        if at == len(after):
            after.append({})
        # (A blank does not erase what somebody, or another importer, filled in.)
        after[at].update({name: value for name, value in row.items() if value or name not in after[at]})
    return after


def _link(changes: list[Row], asked: set[tuple[str, ...]], deployments: list[Row], imported: Imported) -> None:
    """Gives each imported change without one the deployment of its merge commit, else the first success after the merge."""
    out = [
        row
        for row in deployments
        if row.get("result") == "success" and row.get("environment", "").lower() in ("", "production", "prod")
    ]
    by_service: dict[str, list[tuple[dt.datetime, str, str]]] = {}
    for row in out:
        if finished := when(row["finished_at"]):
            by_service.setdefault(row["service"], []).append((finished, row["id"], row.get("commit_sha", "")))
    exact = assumed = 0
    for change in changes:
        sha = change.pop(MERGE_SHA, "")
        if key_of("changes", change) not in asked or change.get("deployed_at"):
            continue
        if change.get("deployment_id"):  # (found before, or filled in by somebody)
            continue
        known = sorted(by_service.get(change.get("service", ""), []))
        named = next((id_ for _, id_, commit in known if sha and commit == sha), None)
        at = bisect_right(known, (when(change["merged_at"]) or NEVER, "\uffff", ""))
        after = known[at][1] if at < len(known) else None
        exact, assumed = exact + (named is not None), assumed + (named is None and after is not None)
        change["deployment_id"] = named or after or ""
    if exact or assumed:
        imported.note(f"{exact} changes were found by their commit in a deployment; {assumed} were taken for part of the first successful "
                      "production deployment of their service after the merge")  # fmt: skip


def _compared(table: str, before: list[Row], after: list[Row], folder: Path) -> Merged:
    known = {key_of(table, row): row for row in before}
    new = changed = same = 0
    for row in after:
        old = known.get(key_of(table, row))
        filled = {name: value for name, value in row.items() if value}
        if old is None:
            new += 1
        elif filled == {name: value for name, value in old.items() if value}:
            same += 1
        else:
            changed += 1
    return Merged(table, new, changed, same, folder / f"{table}.csv")


def _columns(table: str, before: _File, rows: list[Row]) -> list[str]:
    """The columns that are there, then those of the specification that have a value or are required, then others."""
    used = {name for row in rows for name, value in row.items() if value}
    known = [column.name for column in table_of(table).columns if column.required or column.name in used]
    return list(dict.fromkeys([*before.columns, *known, *(name for row in rows for name in row if name in used)]))


def _text(table: str, before: _File, rows: list[Row]) -> str:
    out = io.StringIO(newline="")
    lone = any(
        "\r" in value and "\n" not in value for row in rows for value in row.values()
    )  # (it would not be quoted by itself)
    writer = csv.DictWriter(
        out, _columns(table, before, rows), lineterminator=before.line_end, extrasaction="ignore", restval="",
        quoting=csv.QUOTE_ALL if lone and before.line_end == "\n" else csv.QUOTE_MINIMAL,
    )  # fmt: skip
    writer.writeheader()
    writer.writerows(rows)
    return before.mark + out.getvalue()
