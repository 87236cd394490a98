"""What the Delivery page shows beside its charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from topology.delivery import DEFINITIONS, METRICS, By, Reading
from topology.delivery.benchmarks import QuickCheck, quick_checks, reports
from topology.delivery.links import PARTS
from topology.model import Organisation
from topology.words.delivery import absent_words, why_nothing
from topology.words.numbers import short_text, value_text

WHOSE: dict[By, str] = {
    "team": "Squads and teams", "service": "Services", "group": "Groupings", "organisation": "The organisation",
}  # fmt: skip
WINDOWS = {"6": "6 weeks", "12": "12 weeks", "26": "26 weeks", "52": "52 weeks"}


def units_of(organisation: Organisation, by: By, day: dt.date) -> dict[str, str]:
    """{id: name} of whose numbers are shown, in the order of the file: nothing is ranked."""
    if by == "team":
        return {id_: organisation.team_name(id_) for id_ in organisation.teams_on(day)}
    if by == "group":
        return {id_: organisation.group_name(id_) for id_ in organisation.groups}
    if by == "service":
        owned = [team.services for team in organisation.teams_on(day).values()]
        return {service: service for services in owned for service, one in services.items() if one.covers(day)}
    return {"organisation": organisation.title}


def can_be_by(metric: str) -> dict[By, str]:
    """Of whom a metric can be read."""
    return {by: words for by, words in WHOSE.items() if by != "service" or METRICS[metric].of_services}


def grouping_filter(organisation: Organisation, day: dt.date, chosen: str) -> list[str]:
    """The teams of a grouping (of all when none is chosen), in the order of the file."""
    return [
        id_
        for id_, team in organisation.teams_on(day).items()
        if not chosen or chosen in organisation.lineage(team.group)
    ]


def by_definition(readings: Mapping[str, Reading], whose: str) -> list[dict[str, Any]]:
    """How a number moves with its definition: a row for each, with its formula."""
    rows = []
    for id_, reading in readings.items():
        row = reading.headline.get(whose)
        value = row["value"] if row else None
        rows.append({
            "Definition": DEFINITIONS[id_].name,
            "Value": value_text(reading.unit, value) if value is not None else absent_words(reading, whose),
            "n": row["n"] if row and value is not None else "",
            "Formula": (why_nothing(reading) if reading.missing and not reading.headline else reading.formula),
        })  # fmt: skip
    return rows


def benchmark_tables(metric: str) -> list[list[dict[str, Any]]]:
    """What the survey says of a metric, newest first: its mean answers, and its reports' tiers; no table where it does not ask."""
    means = [
        {"Year": str(check.year), "Mean answer": words, "Source": check.source}
        for check in quick_checks()
        if (words := _mean_words(check, metric))
    ]
    tiers = [
        {"Year": str(report.year), **{tier.title(): words for tier, words in told.items()}, "Source": report.source}
        for report in reports()
        if (told := {tier: _tier_words(one[metric]) for tier, one in report.tiers.items() if metric in one})
    ]
    return [rows[::-1] for rows in (means, tiers) if rows]


def _mean_words(check: QuickCheck, metric: str) -> str:
    rate = check.rate(metric)
    return f"{rate:.0%}" if rate is not None else " / ".join(check.answers(metric))


def _tier_words(value: float | str) -> str:
    return f"{value:.0%}" if isinstance(value, float) else value


def headline_rows(reading: Reading, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The numbers as a table, with their parts, in the order of the file."""
    rows = []
    for id_, name in names.items():
        row = reading.headline.get(id_)
        known = row is not None and row["value"] is not None
        parts = {part.replace("_", " "): _cell(row.get(part) if row else None) for part in reading.metric.parts}
        interval = f"{row['low']:.0%} to {row['high']:.0%}" if row and row["low"] is not None else ""
        rows.append({
            "Whose": name, "Value": short_text(reading.unit, row["value"]) if row and known else absent_words(reading, id_),
            "n": row["n"] if row else 0,
            "95 % interval": interval, **parts,
        })  # fmt: skip
    return rows


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:.2f}".removesuffix(".00") if isinstance(value, float) else str(value)


def groups_of(organisation: Organisation) -> dict[str, str]:
    """{id: name} of the groupings that hold a team."""
    used = {group for team in organisation.teams.values() for group in organisation.lineage(team.group)}
    return {id_: organisation.group_name(id_) for id_ in organisation.groups if id_ in used}


def metrics_of(families: Sequence[str]) -> list[str]:
    """The metrics of some families, in their order."""
    return [id_ for id_, metric in METRICS.items() if metric.family in families]


def spread_of(rows: Sequence[Mapping[str, Any]]) -> tuple[list[float], float, float] | None:
    """(the spans of the events in hours, their median, their 85th percentile); None where fewer than two are known."""
    hours = [value for row in rows if (value := row.get("lead_hours", row.get("hours"))) is not None]
    if len(hours) < 2:
        return None
    return hours, float(np.quantile(hours, 0.5)), float(np.quantile(hours, 0.85))


def stages_of(reading: Reading, whose: str) -> dict[str, tuple[float, int]]:
    """{stage of the way to production: (median hours, n)}, in its order; of those that are known."""
    row = reading.headline.get(whose, {})
    known = {part: (row.get(part), row.get(f"{part}_n")) for part in PARTS}
    return {
        part.removesuffix("_hours"): (value, count)
        for part, (value, count) in known.items()
        if value is not None and count
    }
