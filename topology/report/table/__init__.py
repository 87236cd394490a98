"""Rows → table, csv, json. One file a format, each with `render(rows, columns)`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from topology.report.formats import renderer

Row = Mapping[str, Any]
render = renderer(__name__)
