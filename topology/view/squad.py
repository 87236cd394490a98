"""What the squad page says in lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from topology.clans.codes import Kind
from topology.clans.faultlines import LEAST_MEMBERS, MOST_MEMBERS, faultline
from topology.clans.pairs import pair_table
from topology.clans.standings import Standing
from topology.clans.window import Window
from topology.maturity import DuoPosition
from topology.model import Organisation, Team
from topology.model.team import CognitiveLoad, TeamApi
from topology.words.needs import reason_words
from topology.words.numbers import signed
from topology.words.teams import SIDES, interaction_text
from topology.words.thresholds import FEW


def people_by_side(organisation: Organisation, team: str, day: dt.date) -> dict[str, list[str]]:
    """{side: names with their role}, in file order."""
    found: dict[str, list[str]] = {}
    for id_ in organisation.teams[team].people(day):
        person = organisation.people.get(id_)
        role = f" ({person.role.replace('-', ' ')})" if person and person.role else ""
        found.setdefault(SIDES[organisation.side(id_) or "other"], []).append(organisation.person_name(id_) + role)
    return {side: found[side] for side in SIDES.values() if side in found}


def interactions_of(organisation: Organisation, team: str, day: dt.date) -> list[str]:
    """The team's interactions as it sees them, those that ended last."""
    involved = [one for one in organisation.interactions if any(team in pair for pair in one.pairs)]
    ordered = sorted(involved, key=lambda one: one.state(day) == "ended")
    return [interaction_text(organisation, team, one, day) for one in ordered] or ["none declared"]


def needs_of(window: Window, team: str) -> list[str]:
    """Each reason for which the team and another need each other, with whether the two were seen in contact; nothing is
    told of the contact of teams under five people."""
    organisation, graph = window.organisation, window.needed
    if team not in graph:
        return []
    lines = []
    for other in sorted(graph.neighbors(team), key=list(organisation.teams).index):
        told = window.exchange is not None and not window.small & {team, other}
        weeks = window.weeks_seen.get((min(team, other), max(team, other)), 0)
        talk = f" — seen in contact in {weeks} of {window.weeks} weeks" if told else ""
        lines += [f"{reason_words(organisation, reason)}{talk}" for reason in graph.edges[team, other]["reasons"]]
    return lines


def bridges_of(window: Window, standing: Mapping[str, Standing], team: str) -> list[str]:
    """With whom a squad was seen in contact, which bridges between value streams it takes part in, and which are missing."""
    organisation, pairs, own = window.organisation, pair_table(window), standing.get(team)
    if all(row.events is None for row in pairs):
        return ["No data: no contact between teams was observed (contacts.csv)."]
    if own is None:
        stream = organisation.value_stream(team)
        return [
            f"Withheld: it is known to be of fewer than {FEW}."
            if stream
            else "It stands outside the value streams, so it has no bridges between them."
        ]
    lines = [f"It was seen in contact with {own.ties} teams of value streams, {own.across} of them in another one."]
    if own.share is not None:
        lines.append(f"It takes part in {own.share:.0%} of all bridges between value streams.")
    names = ", ".join(organisation.team_name(one) for one in own.missing)
    lines.append(
        f"Silent pairs across, needed and seen in contact in fewer than one week of four: {names}."
        if names
        else "No needed pair across is silent."
    )
    service = [organisation.team_name(next(one for one in row.teams if one != team)) for row in pairs
               if row.kind == Kind.SERVICE_IN_NAME and team in row.teams]  # fmt: skip
    return [
        *lines,
        *([f"A service in name, with as much contact as a collaboration: {', '.join(service)}."] if service else []),
    ]


def faultline_sentence(organisation: Organisation, team: str, day: dt.date) -> str:
    """How far side, site and `x-` labels of the members line up, from the file alone; a percentile, never a grade."""
    members = organisation.teams[team].people(day)
    if len(members) < LEAST_MEMBERS:
        return f"Faultline: too few to tell: {len(members)} listed members (needs {LEAST_MEMBERS})."
    if len(members) > MOST_MEMBERS:
        return f"Faultline: not told for {len(members)} members; every way to part them is tried up to {MOST_MEMBERS}."
    attributes = {
        name: values
        for name, values in _attributes(organisation, members).items()
        if all(value is not None for value in values)
    }
    found = faultline({name: [str(value) for value in values] for name, values in attributes.items()})
    if found is None:
        return "Faultline: none, the members differ in none of side, site and `x-` labels."
    if found.percentile is None:
        return f"Faultline: the members differ in {', '.join(_varied(attributes))} alone, so nothing lines up with it."
    aligned = " and ".join(found.aligned)
    words = (
        f"{aligned} part the squad at one line"
        if len(found.aligned) > 1
        else "no two attributes part the squad at one line"
    )
    return (
        f"Faultline: {words}; of squads with the same attributes, shuffled, {found.percentile:.0%} have a weaker one. "
        "It says where a squad could part, not that it does."
    )


def _attributes(organisation: Organisation, members: Iterable[str]) -> dict[str, list[object]]:
    people = [organisation.people.get(one) for one in members]
    labels = sorted({name for one in people if one for name in one.labels})
    found: dict[str, list[object]] = {
        "side": [organisation.side(one) for one in members],
        "site": [one.site if one else None for one in people],
    }
    return found | {name: [one.labels.get(name) if one else None for one in people] for name in labels}


def _varied(attributes: Mapping[str, Sequence[object]]) -> list[str]:
    return [name for name, values in attributes.items() if len(set(values)) > 1]


def objectives_of(organisation: Organisation, team: str) -> list[str]:
    """Each objective with its side, its indicator and its aim."""
    lines = []
    for one in organisation.teams[team].objectives:
        kpi = organisation.kpis.get(one.kpi or "")
        aim = f" — {kpi.name or one.kpi}" if kpi else ""
        span = f", from {one.baseline} to {one.target}" if one.baseline and one.target else ""
        lines.append(f"{one.title} ({one.side}){aim}{span}")
    return lines


def vacant_seats(team: Team, day: dt.date) -> list[str]:
    """The seats of the duo that the file says are vacant on a day."""
    seats = ((team.pm, "product manager"), (team.em, "engineering manager"))
    return [role for seat, role in seats if seat is not None and seat.status == "vacant" and seat.covers(day)]


def position_rows(positions: Sequence[DuoPosition]) -> list[dict[str, Any]]:
    """The duo's signed levels, a dimension a row."""
    return [
        {
            "Dimension": one.dimension, "PM": one.pm, "EM": one.em, "PM − EM": signed(one.gap) if one.gap is not None else "",
            "Signed": one.assessed,
        }
        for one in positions
    ]  # fmt: skip


def notes_of(positions: Sequence[DuoPosition]) -> list[str]:
    """What the PM and the EM wrote beside their levels."""
    return [
        f"{one.dimension}, {lead}: “{note}”"
        for one in positions
        for lead, note in (("PM", one.pm_note), ("EM", one.em_note))
        if note
    ]


def load_sentence(load: CognitiveLoad) -> str:
    """The team's own assessment of its load, with its parts."""
    parts = f"intrinsic {load.intrinsic}, extraneous {load.extraneous}, germane {load.germane}"
    return f"Cognitive load: **{load.total}** of 30 ({parts}{f'; assessed {load.assessed}' if load.assessed else ''})."


def team_api(api: TeamApi) -> dict[str, str]:
    """{what: how} of a team's Team API, as far as it is written."""
    shown = {
        "Channels": ", ".join(api.channels),
        "Office hours": api.office_hours,
        "Service level": api.service_level,
        "Documentation": api.docs,
    }
    return {label: value for label, value in shown.items() if value}
