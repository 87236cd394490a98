"""Event tables as CSV files, and made-up organisations as YAML."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import yaml

from topology.maturity.packs import pack_of
from topology.maturity.voices.closing import closed
from topology.maturity.voices.snapshot import snapshot_text
from topology.model import Organisation
from topology.simulate.answers import answers
from topology.simulate.year import Row, Simulation
from topology.writing import write_file, write_files

QUARTER = 13


def write_organisation(organisation: Organisation, file: Path) -> None:
    """Writes an organisation as the YAML file that gives it back; only what it declares."""
    data = organisation.model_dump(mode="json", exclude_unset=True, by_alias=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=140), within=file.parent)


def write_tables(tables: dict[str, list[Row]], folder: Path) -> list[Path]:
    """Writes `<table>.csv` for each table with rows, times in UTC with `Z`; gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / f"{name}.csv": _csv(rows) for name, rows in tables.items() if rows}
    write_files(texts, within=folder)
    return list(texts)


def write_answers(simulation: Simulation, folder: Path) -> list[Path]:
    """Writes two surveys as they are when they are closed, a quarter apart, the later one in the last week but one; gives the files."""
    pack, texts = pack_of(), {}
    for week, short in ((simulation.weeks - 1 - QUARTER, False), (simulation.weeks - 1, True)):
        day = simulation.monday(week)
        told = closed(answers(simulation, pack, week, short=short), simulation.organisation, pack, f"{day:%Y-%m}", day)
        texts[folder / f"{told.snapshot}.yaml"] = snapshot_text(told)
    folder.mkdir(parents=True, exist_ok=True)
    write_files(texts, within=folder)
    return list(texts)


def _csv(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _text(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def _text(value: Any) -> Any:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, dt.datetime) else value
