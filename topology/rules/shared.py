"""Checks that two rules share: for each of two modes, and for each of the two seats of a duo."""

from __future__ import annotations

from collections.abc import Iterator

from topology.language import Text
from topology.model import Mode
from topology.model.people import Lead
from topology.rules.facts import Facts, pair_ids
from topology.rules.hit import Hit, Path
from topology.words.lists import listed


def overruns(facts: Facts, mode: Mode, words: str) -> Iterator[Hit]:
    """One hit, at its `until`, for each interaction of a mode that runs past its expected end."""
    for one in facts.of_mode(mode, "overrun"):
        until = one.interaction.until
        assert until is not None
        named = words.format(*(facts.name(team) for team in one.interaction.pairs[0]))
        late = "today" if until == facts.day else f"{(facts.day - until).days} days ago"
        yield Hit(
            Text(f"{named} should have ended on {until}, {late}"), (*one.path, "until"), pair_ids(one), pair_ids(one)
        )


def empty_seats(facts: Facts, key: str, role: str) -> Iterator[Hit]:
    """One hit for each stream-aligned team that has nobody in a seat of its duo on the day."""
    for id_, team in facts.teams_of(("stream-aligned",)):
        if getattr(facts.leads[id_], key) is None:
            seat: Lead | None = getattr(team, key)
            why = (
                ""
                if seat is None
                else f": {seat.person} is not there on {facts.day}"
                if seat.filled
                else ": the seat is vacant"
            )
            yield Hit(Text(f"{facts.name(id_)} has no {role}{why}"), ("teams", id_, key), (id_,), (id_,))


def shared_leads(facts: Facts, key: str, role: str, most: float) -> Iterator[Hit]:
    """One hit for each person in the same seat of more than `most` teams on the day."""
    found: dict[str, list[str]] = {}
    for id_, duo in facts.leads.items():
        person = getattr(duo, key)
        if person is not None:
            found.setdefault(person, []).append(id_)
    for person, teams in found.items():
        if len(teams) > most:
            paths: list[Path] = [("teams", team, key) for team in teams]
            names = listed([facts.name(team) for team in teams])
            yield Hit(
                Text(f"{names} share one {role}"), paths[0], (f"person:{person}",), tuple(teams), tuple(paths[1:])
            )
