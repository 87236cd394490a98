"""Rows as CSV; a value that is absent is an empty field."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from topology.report.table import Row


def render(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """A header and a line a row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
