"""What DORA's survey says, as reference lines and tables: `benchmarks.yaml`, with the year and source of each report."""

from __future__ import annotations

import math
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


@dataclass(frozen=True, slots=True)
class QuickCheck:
    """The mean answer to each question of one year's survey, on the Quick Check's scale of 0 to 10."""

    year: int
    source: str
    means: Mapping[str, float]

    def rate(self, metric: str) -> float | None:
        """The mean of a question that asks for a percentage, from 0 to 1; None for one that offers answers, or was not asked."""
        return None if metric in _file()["answers"] or metric not in self.means else self.means[metric] / 10

    def answers(self, metric: str) -> tuple[str, ...]:
        """The one or two neighbouring answers that the mean lies at or between. (Between them no value is measured.)"""
        offered: list[str] = _file()["answers"].get(metric, [])
        if not offered or metric not in self.means:
            return ()
        place = self.means[metric] / 10 * (len(offered) - 1)
        return tuple(offered[math.floor(place) : math.ceil(place) + 1])


@cache
def _file() -> Mapping[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def reports() -> tuple[Report, ...]:
    """The reports, oldest first."""
    return tuple(Report(one["year"], one["source"], one["tiers"]) for one in _file()["reports"])


def quick_checks() -> tuple[QuickCheck, ...]:
    """The editions of the Quick Check, oldest first."""
    return tuple(QuickCheck(one["year"], one["source"], one["means"]) for one in _file()["quick_checks"])


def lines(metric: str) -> tuple[Line, ...]:
    """The lines for a metric, lowest first: the edges between the survey's answers, or the newest mean of a percentage."""
    newest = quick_checks()[-1]
    if (rate := newest.rate(metric)) is not None:
        return (Line(rate, f"mean answer {newest.year}"),)
    return tuple(Line(float(one["value"]), one["label"]) for one in _file()["edges"].get(metric, []))
