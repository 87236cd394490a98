"""Event tables as CSV files, and made-up organisations as YAML."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from topology.model import Organisation
from topology.simulate.year import Row


def write_organisation(organisation: Organisation, file: Path) -> None:
    """Writes an organisation as the YAML file that gives it back; only what it declares."""
    data = organisation.model_dump(mode="json", exclude_unset=True, by_alias=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=140), encoding="utf-8")


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
