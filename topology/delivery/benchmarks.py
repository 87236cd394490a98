"""What DORA's survey says, as reference lines and tables: `benchmarks.yaml`, with the year and source of each report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("benchmarks.yaml")


@dataclass(frozen=True, slots=True)
class Line:
    """A value to draw beside a trend, in the metric's unit, and the words for it."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Report:
    """One year's report: {tier: {metric: a rate, or the band in words}}."""

    year: int
    source: str
    tiers: Mapping[str, Mapping[str, Any]]


@cache
def _file() -> Mapping[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def reports() -> tuple[Report, ...]:
    """The reports, oldest first."""
    return tuple(Report(one["year"], one["source"], one["tiers"]) for one in _file()["reports"])


def lines(metric: str) -> tuple[Line, ...]:
    """The lines for a metric: the survey's edges, or for a rate what the newest report gives for each tier; lowest first."""
    edges = _file()["edges"].get(metric, [])
    if edges:
        return tuple(Line(float(one["value"]), one["label"]) for one in edges)
    newest = reports()[-1]
    found: dict[float, list[str]] = {}
    for tier, told in newest.tiers.items():
        if isinstance(told.get(metric), float):
            found.setdefault(told[metric], []).append(tier)
    return tuple(Line(value, f"{' and '.join(tiers)} {newest.year}") for value, tiers in sorted(found.items()))
