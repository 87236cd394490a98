"""Rows as a JSON list; a value that is absent is null."""

from __future__ import annotations

import json
from collections.abc import Sequence

from topology.report.table import Row


def render(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """An object a row."""
    return json.dumps([{column: row.get(column) for column in columns} for row in rows], indent=2, default=str) + "\n"
