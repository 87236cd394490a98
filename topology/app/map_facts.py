"""What the map page says beside the picture. No Streamlit here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from topology.app.markdown import escaped
from topology.app.overlays import Overlay
from topology.app.values import value_text
from topology.delivery import Reading
from topology.maturity import widest_gap
from topology.model import Organisation
from topology.report.team import seat_text

YEAR = dt.timedelta(days=364)

# Each term of art where it stands, in a line (Team Topologies, 2nd edition; DORA).
GLOSSARY = {
    "Stream-aligned team (squad)": "works along one flow of value, from idea to running product; its users stand at the right",
    "Platform team": "provides services that others use by themselves",
    "Enabling team": "helps others to learn something, then leaves",
    "Complicated-subsystem team": "takes care of a part that needs specialists",
    "Collaboration (parallelogram)": "two teams work closely together for a time; the shape lies over both where they touch, "
    "else each carries half of it with the same number",
    "Facilitating (circle)": "one team helps another for a time",
    "X-as-a-Service (triangle)": "one team uses what another provides; a dashed triangle counts the services that a team uses, "
    "a solid one the teams that use its service",
    "Past its end date": "both teams expected it to end by now, and nobody has ended it",
    "Cognitive load": "how much a team has to hold in its head, by its own assessment from 1 to 10 each: the task itself (intrinsic), "
    "what the environment costs (extraneous), the business domain (germane)",
    "Duo gap": "the difference of the levels, 1 to 5, that the product manager and the engineering manager signed for their squad",
    "Bridge": "contact between teams of different value streams",
}


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
        "Product manager": seat_text(organisation, model.pm, day),
        "Engineering manager": seat_text(organisation, model.em, day),
        "People": str(count) if count else "not declared",
    }


def lit_teams(organisation: Organisation, groups: str) -> frozenset[str]:
    """The teams of the groupings named in a link (`payments,onboarding`), which stand out on the map."""
    wanted = set(groups.split(","))
    return frozenset(id_ for id_, team in organisation.teams.items() if wanted & set(organisation.lineage(team.group)))


def window_sentence(weeks: Sequence[dt.date], last_day: dt.date | None) -> str:
    """The weeks that were read, and where they go past the data."""
    end = weeks[-1] + dt.timedelta(days=6)
    late = f" The data ends on {last_day}." if last_day and last_day < end else ""
    return f"Weeks from {weeks[0]} to {end}.{late}"


def value_sentence(
    overlay: Overlay, readings: Mapping[str, Reading], organisation: Organisation, team: str, day: dt.date
) -> str:
    """The overlay's value for a team with what it rests on; every delivery metric when no overlay is on."""
    if overlay.id in readings:
        return reading_sentence(readings[overlay.id], team)
    rest = _rests_on(overlay, organisation, team, day)
    if overlay.drawn:
        return f"{overlay.label}: **{overlay.texts.get(team, 'no data')}**{rest}."
    return "  \n".join(reading_sentence(reading, team) for reading in readings.values())


def _rests_on(overlay: Overlay, organisation: Organisation, team: str, day: dt.date) -> str:
    """What a value that is no delivery metric was made from."""
    model = organisation.teams[team]
    position, load = widest_gap(model, day), model.cognitive_load
    if overlay.id == "duo-gap" and position is not None:
        signed = f", on {position.assessed}" if position.assessed else ""
        return f" (on “{escaped(position.dimension)}” the PM signed {position.pm}, the EM {position.em}{signed})"
    if overlay.id == "cognitive-load" and load is not None and team in overlay.texts:
        assessed = f", assessed on {load.assessed}" if load.assessed else ""
        return f" of 30 (intrinsic {load.intrinsic}, extraneous {load.extraneous}, germane {load.germane}{assessed})"
    return f" ({overlay.counts[team]})" if team in overlay.counts else ""


def reading_sentence(reading: Reading, team: str) -> str:
    """`Change fail rate: **18%** (4 of 22 deployments, 95 % interval 7% to 39%).`"""
    return f"{reading.metric.name}: {value_and_count(reading, team)}"


def value_and_count(reading: Reading, team: str) -> str:
    """`**18%** (4 of 22 deployments, 95 % interval 7% to 39%).`"""
    row, metric = reading.headline.get(team), reading.metric
    still_open = f"; {row['still_open']} still open" if row and row.get("still_open") else ""
    if row is None or row["value"] is None:
        return f"no data{still_open}."
    counted = f"{row[metric.rate_of]} of {row['n']}" if metric.rate_of and row["low"] is not None else f"{row['n']}"
    noun = metric.counted[0 if row["n"] == 1 else 1]
    interval = f", 95 % interval {row['low']:.0%} to {row['high']:.0%}" if row["low"] is not None else ""
    return f"**{value_text(reading, row['value'])}** ({counted} {noun}{interval}{still_open})."
