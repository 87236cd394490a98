"""One team as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from topology.model import Organisation
from topology.words.teams import interaction_text, seat_text


def describe(organisation: Organisation, team: str, day: dt.date) -> str:
    """What the file says of a team on a day; keys that it does not give are left out."""
    return "\n".join(_lines(organisation, team, day)) + "\n"


def _lines(organisation: Organisation, id_: str, day: dt.date) -> Iterator[str]:
    team = organisation.teams[id_]
    yield f"{organisation.team_name(id_)} ({id_}) — {team.type}, on {day}"
    if not team.covers(day):
        yield f"  does not exist on this day (from {team.since or 'the beginning'} to {team.until or 'now'})"
    if team.mission:
        yield f"  {team.mission}"
    groups = [organisation.group_name(group) for group in reversed(organisation.lineage(team.group))]
    facts = {
        "grouping": " › ".join(groups),
        "site": organisation.site(id_),
        "product manager": seat_text(organisation, team.pm, day),
        "engineering manager": seat_text(organisation, team.em, day),
        "people": team.head_count(day),
        "former ids": ", ".join(team.was),
        "services": ", ".join(service for service, one in team.services.items() if one.covers(day)),
        "domains": ", ".join(f"{one.name} ({one.complexity})" for one in team.domains),
        "cognitive load": f"{team.cognitive_load.total} of 30" if team.cognitive_load else None,
    }
    for label, value in facts.items():
        if value:
            yield f"  {label:<20} {value}"
    yield from _section("waits for", [
        f"{organisation.team_name(one.team)} ({one.kind}){': ' + one.reason if one.reason else ''}" for one in team.depends_on
    ])  # fmt: skip
    yield from _section("objectives", [f"{one.title} ({one.side})" for one in team.objectives])
    yield from _section("interactions", [
        interaction_text(organisation, id_, one, day) for one in organisation.interactions if any(id_ in pair for pair in one.pairs)
    ])  # fmt: skip


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}"
        yield from (f"    - {line}" for line in lines)
