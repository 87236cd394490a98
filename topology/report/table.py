"""Rows as a text table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

Format = Literal["table", "csv", "json"]
Row = Mapping[str, Any]


def render(rows: Sequence[Row], columns: Sequence[str], format_: Format) -> str:
    """The rows in one of the three formats; a value that is absent is "no data", an empty field or null."""
    if format_ == "json":
        return (
            json.dumps([{column: row.get(column) for column in columns} for row in rows], indent=2, default=str) + "\n"
        )
    if format_ == "csv":
        return _csv(rows, columns)
    return _table(rows, columns)


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    cells = [[column.replace("_", " ") for column in columns]]
    cells += [[_shown(row.get(column), column) for column in columns] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    numeric = [all(isinstance(row.get(c), int | float | None) for row in rows) for c in columns]
    lines = [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines) + "\n"


def _shown(value: Any, column: str) -> str:
    if value is None:
        return "no data" if column == "value" else "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return " ".join(str(value).split())
