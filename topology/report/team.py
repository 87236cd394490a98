"""One team as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from topology.model import Interaction, Organisation
from topology.model.people import Lead


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


def seat_text(organisation: Organisation, seat: Lead | None, day: dt.date) -> str:
    """Who sits there on a day: a name, a name with "acting", "vacant", or "not declared"."""
    if seat is None:
        return "not declared"
    if not seat.filled_on(day) or seat.person is None:
        return "vacant"
    return organisation.person_name(seat.person) + (" (acting)" if seat.status == "acting" else "")


def interaction_text(organisation: Organisation, team: str, interaction: Interaction, day: dt.date) -> str:
    """An interaction as one of its teams sees it, with its state and dates."""
    words = " and ".join(_relations(organisation, team, interaction))
    dates = " ".join(f"{key} {value}" for key, value in
                     (("from", interaction.since), ("to", interaction.until), ("ended", interaction.ended)) if value)  # fmt: skip
    return f"{words} — {interaction.state(day)}{', ' + dates if dates else ''}"


def _relations(organisation: Organisation, team: str, interaction: Interaction) -> Iterator[str]:
    names = organisation.team_name
    for first, second in interaction.pairs:
        if interaction.mode == "collaboration" and team in (first, second):
            yield f"collaborates with {names(second if team == first else first)}"
        elif interaction.mode == "x-as-a-service" and team == first:
            yield f"serves {names(second)}"
        elif interaction.mode == "x-as-a-service" and team == second:
            yield f"uses {names(first)}"
        elif interaction.mode == "facilitating" and team == first:
            yield f"helps {names(second)}"
        elif interaction.mode == "facilitating" and team == second:
            yield f"is helped by {names(first)}"
