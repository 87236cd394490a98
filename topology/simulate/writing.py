"""Event tables as CSV files."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from topology.simulate.year import Row


def write_tables(tables: dict[str, list[Row]], folder: Path) -> list[Path]:
    """Writes `<table>.csv` for each table with rows, times in UTC with `Z`; gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, rows in tables.items():
        if not rows:
            continue
        file = folder / f"{name}.csv"
        with file.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows({key: _text(value) for key, value in row.items()} for row in rows)
        written.append(file)
    return written


def _text(value: Any) -> Any:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, dt.datetime) else value
