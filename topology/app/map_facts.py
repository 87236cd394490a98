"""What the map page says beside the picture. No Streamlit here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from topology.app.overlays import Overlay
from topology.delivery import Reading
from topology.model import Organisation
from topology.report.team import seat_text

YEAR = dt.timedelta(days=364)


def day_range(organisation: Organisation, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days that the slider offers: a year back and as far ahead as the file plans, where it has dates at all."""
    dated = [day for one in organisation.interactions for day in (one.since, one.until, one.ended) if day]
    dated += [day for team in organisation.teams.values() for day in (team.since, team.until) if day]
    if not dated:
        return last, last
    return max(min([*dated, last]), last - YEAR), max([last, *(day for day in dated if day <= last + YEAR)])


def team_facts(organisation: Organisation, team: str, day: dt.date) -> dict[str, str]:
    """The few words that identify a team."""
    model = organisation.teams[team]
    groups = [organisation.group_name(one) for one in reversed(organisation.lineage(model.group))]
    count = model.head_count(day)
    return {
        "Type": model.type.replace("-", " "),
        "Grouping": " › ".join(groups) or "none",
        "Product manager": seat_text(organisation, model.pm),
        "Engineering manager": seat_text(organisation, model.em),
        "People": str(count) if count else "not declared",
    }


def value_sentence(overlay: Overlay, readings: Mapping[str, Reading], organisation: Organisation, team: str) -> str:
    """The overlay's value for a team with its n and interval; every delivery metric when no overlay is on."""
    if overlay.id in readings:
        return reading_sentence(readings[overlay.id], team, overlay.texts.get(team))
    if overlay.drawn:
        return f"{overlay.label}: **{overlay.texts.get(team, 'no data')}**."
    return "  \n".join(_summaries(readings, team))


def _summaries(readings: Mapping[str, Reading], team: str) -> Iterator[str]:
    from topology.app.layers import duration

    shown = {"deployment-frequency": lambda v: f"{v:.1f} per week", "change-lead-time": duration, "change-fail-rate": lambda v: f"{v:.0%}"}
    for id_, reading in readings.items():
        value = reading.value(team)
        yield reading_sentence(reading, team, None if value is None else shown[id_](value))


def reading_sentence(reading: Reading, team: str, text: str | None) -> str:
    """`Change fail rate: 18% (n = 22, 95 % interval 7–39 %)`."""
    row = reading.headline.get(team)
    if row is None or text is None:
        return f"{reading.metric.name}: no data."
    interval = f", 95 % interval {row['low']:.0%} to {row['high']:.0%}" if row["low"] is not None else ""
    return f"{reading.metric.name}: **{text}** (n = {row['n']}{interval})."
