"""Rows as a text table for a terminal; a value that is absent is "no data"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from topology.report.table import Row


def render(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """The columns side by side, numbers to the right."""
    cells = [[column.replace("_", " ") for column in columns]]
    cells += [[_shown(row.get(column), column, noted=bool(row.get("note"))) for column in columns] for row in rows]
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


def _shown(value: Any, column: str, *, noted: bool) -> str:
    """A cell; a row with a note says itself why it has no value."""
    if value is None:
        return "no data" if column == "value" and not noted else "" if column == "note" else "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return " ".join(str(value).split())
