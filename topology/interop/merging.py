"""Imported rows into a folder of CSV files: a row that is there is replaced, so that importing twice changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from topology.delivery.tables import table_of
from topology.interop.imported import Imported, InputError, Row, when

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
    Raises InputError for a file that is there and cannot be read; then nothing is written.
    """
    before = {name: _read(folder / f"{name}.csv") for name in imported.tables}
    after = {name: _together(name, before[name], rows) for name, rows in imported.tables.items()}
    if "changes" in after:
        deployments = after.get("deployments") or _read(folder / "deployments.csv")
        _link(after["changes"], {key_of("changes", row) for row in imported.tables["changes"]}, deployments, imported)
    reports = [_compared(name, before[name], after[name], folder) for name in after]
    if write and after:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in after.items():
            _write(folder / f"{name}.csv", _columns(name, before[name], rows), rows)
    return reports


def key_of(table: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """What makes a row the same event as another."""
    return tuple(row.get(name, "") for name in table_of(table).key)


def _read(file: Path) -> list[Row]:
    if not file.is_file():
        return []
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            rows = [
                {name: value or "" for name, value in row.items() if name is not None} for row in csv.DictReader(handle)
            ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file}: it cannot be read, so nothing is added to it: {error}") from None
    needed = [column.name for column in table_of(file.stem).columns if column.required]
    missing = [name for name in needed if rows and name not in rows[0]]
    if missing:
        words = f"the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}"
        raise InputError(
            f"{file}: {words} stand there under another name, so nothing is added to it; rename them first."
        )
    return rows


def _together(table: str, before: list[Row], rows: list[Row]) -> list[Row]:
    """The rows that were there, replaced in their place, and the new ones after them."""
    found = {key_of(table, row): dict(row) for row in before}
    for row in rows:
        key = key_of(table, row)
        known = found.get(key, {})
        # (A blank does not erase what somebody, or another importer, filled in.)
        found[key] = {**known, **{name: value for name, value in row.items() if value or name not in known}}
    return list(found.values())


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


def _columns(table: str, before: list[Row], rows: list[Row]) -> list[str]:
    """The columns that are there, then those of the specification that have a value or are required, then others."""
    used = {name for row in rows for name, value in row.items() if value}
    known = [column.name for column in table_of(table).columns if column.required or column.name in used]
    return list(
        dict.fromkeys([*(before[0] if before else ()), *known, *(name for row in rows for name in row if name in used)])
    )


def _write(file: Path, columns: list[str], rows: list[Row]) -> None:
    """Beside the file first, so that a crash leaves the old one whole."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    beside = file.with_suffix(".csv.new")
    beside.write_text(out.getvalue(), "utf-8")
    beside.replace(file)
