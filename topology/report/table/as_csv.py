"""Rows as CSV; a value that is absent is an empty field, and no cell is a formula to the spreadsheet that opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from topology.report.table import Row

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With what a text begins that a spreadsheet would run (OWASP, CSV injection); the last four are its wide forms."""


def render(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """A header and a line a row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([harmless(row.get(name)) for name in columns] for row in rows)
    return out.getvalue()


def harmless(value: Any) -> Any:
    """A value as a cell: a text that would be run gets an apostrophe before it. Numbers and dates stay as they are."""
    if not isinstance(value, str):
        return value
    text = f"'{value}" if value.startswith(FORMULA) else value
    return text.replace("\r", " ")  # (the writer does not quote it, and it would end the line)
