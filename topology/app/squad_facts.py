"""What the squad page says in lists. No Streamlit here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from topology.graph.networks import Contacted, needed, observed
from topology.model import Organisation, whole_weeks_end
from topology.report.team import interaction_text

SIDES = {"product": "Product", "tech": "Tech", "other": "Others"}


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


def needs_of(organisation: Organisation, contacts: Iterable[Contacted] | None, team: str, day: dt.date) -> list[str]:
    """Each reason for which the team and another need each other, with whether the two were seen in contact."""
    graph = needed(organisation, day)
    if team not in graph:
        return []
    seen = None if contacts is None else observed(organisation, contacts, whole_weeks_end(day))
    lines = []
    for other in sorted(graph.neighbors(team), key=list(organisation.teams).index):
        talk = (
            ""
            if seen is None
            else " — seen in contact"
            if seen.has_edge(team, other)
            else " — not seen in contact in the last twelve weeks"
        )
        lines += [f"{reason}{talk}" for reason in graph.edges[team, other]["reasons"]]
    return lines


def objectives_of(organisation: Organisation, team: str) -> list[str]:
    """Each objective with its side, its indicator and its aim."""
    lines = []
    for one in organisation.teams[team].objectives:
        kpi = organisation.kpis.get(one.kpi or "")
        aim = f" — {kpi.name or one.kpi}" if kpi else ""
        span = f", from {one.baseline} to {one.target}" if one.baseline and one.target else ""
        lines.append(f"{one.title} ({one.side}){aim}{span}")
    return lines


SEVERITY = {"error": "Error", "warning": "Warning", "info": "Info"}
"""The words for a finding's severity."""
