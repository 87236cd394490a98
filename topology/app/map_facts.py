"""What the map page says beside the picture. No Streamlit here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from topology.app.layers import METRIC_TEXT
from topology.app.overlays import Overlay
from topology.delivery import Reading
from topology.maturity import widest_gap
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


def value_sentence(
    overlay: Overlay, readings: Mapping[str, Reading], organisation: Organisation, team: str, day: dt.date
) -> str:
    """The overlay's value for a team with what it rests on; every delivery metric when no overlay is on."""
    if overlay.id in readings:
        return reading_sentence(readings[overlay.id], team)
    position = widest_gap(organisation.teams[team], day)
    if overlay.id == "duo-gap" and position is not None:
        signed = f", on {position.assessed}" if position.assessed else ""
        levels = f"on “{position.dimension}” the PM signed {position.pm}, the EM {position.em}{signed}"
        return f"{overlay.label}: **{overlay.texts[team]}** ({levels})."
    if overlay.drawn:
        return f"{overlay.label}: **{overlay.texts.get(team, 'no data')}**."
    return "  \n".join(reading_sentence(reading, team) for reading in readings.values())


def reading_sentence(reading: Reading, team: str) -> str:
    """`Change fail rate: 18% (n = 22, 95 % interval 7% to 39%)`."""
    row = reading.headline.get(team)
    if row is None:
        return f"{reading.metric.name}: no data."
    interval = f", 95 % interval {row['low']:.0%} to {row['high']:.0%}" if row["low"] is not None else ""
    return f"{reading.metric.name}: **{METRIC_TEXT[reading.metric.id](row['value'])}** (n = {row['n']}{interval})."
