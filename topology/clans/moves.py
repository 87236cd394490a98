"""Moves: interactions that would bring silent pairs together, within the limits of Team Topologies.

A team is in one collaboration at a time, and that has an end; what three squads ask of one team becomes a service, after a collaboration
with one that waits where somebody does. Where two teams already interact by the file, or one of them has its hands full, nothing is
proposed. No enabling team is proposed for a plain dependency: enabling teams help with skills, and the file names none that is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from topology.clans.codes import Grade
from topology.clans.silence import Pair, needs_across
from topology.graph.networks import Reason
from topology.model import Interaction, Mode, Organisation
from topology.once import Once

if TYPE_CHECKING:
    from topology.clans.reading import ClanReading
    from topology.clans.window import Window

WEEKS = 8  # of a collaboration: well within the 13 weeks from which topology check speaks up (TT103)
LEAST_ASKING = 3  # squads that ask one team for the same before it becomes a service
MOST_READ_AGAIN = 8  # proposals whose lines are applied and read again
# What a team takes on, in units of one team's collaboration. An assumption, shown as one: Team Topologies orders the
# modes by the attention that they ask (2nd edition, chapter 7), and gives no numbers.
COLLABORATING, SERVING, USING = 1.0, 1.0, 0.25


@dataclass(frozen=True)
class Move:
    """One proposed interaction and the silent pairs that it would bring together, or make needless."""

    mode: Mode
    teams: tuple[str, ...]
    """The two that collaborate; the provider and its consumers."""
    bridges: tuple[Pair, ...]
    load: float
    """What the teams take on together, in units of one team's collaboration."""
    begins: dt.date
    ends: dt.date | None
    """None for a service, which goes on."""
    silent: int
    """Silent pairs across of the reading now."""
    by_lines: int | None = None
    """Silent pairs across when the lines are in the file and nothing else has changed, read again; None where it was not read."""
    reason: Reason | None = None
    """The first reason for which the two need each other; of several that ask for a service, none."""
    then: tuple[str, ...] = ()
    """Who would use the service that comes of a collaboration."""

    @property
    def per_load(self) -> float:
        """Needed pairs bridged per unit of added load: what the moves are ordered by."""
        return len(self.bridges) / self.load

    @property
    def if_lived(self) -> int:
        """Silent pairs across that would be left when the teams do meet, or are served."""
        return self.silent - len(self.bridges)

    @property
    def interaction(self) -> dict[str, Any]:
        """The interaction as the file would have it, without its purpose: ids and days."""
        days = {"since": self.begins, **({"until": self.ends} if self.ends else {})}
        match self.mode:
            case "collaboration":
                return {"mode": self.mode, "between": list(self.teams), **days}
            case _:
                return {"mode": self.mode, "provider": self.teams[0], "consumer": list(self.teams[1:]), **days}


@dataclass
class Taken:
    """What the moves that were proposed so far ask for: shared between readings, so that together they ask too much of nobody."""

    busy: set[str] = field(default_factory=set)
    bridged: set[Pair] = field(default_factory=set)


def moves(window: Window, reading: ClanReading, taken: Taken | None = None) -> list[Move]:
    """The proposals for the silent pairs of a finding, most bridged per unit of load first; no two ask too much of one team.

    Empty for a sign, which may be chance or on purpose, and where the units are people. Of the first eight the silent pairs that their
    lines leave are read again from the organisation with them.
    """
    missing = reading.needs.missing if reading.needs and not reading.partition.of_people else ()
    if not missing or reading.grade != Grade.FINDING:
        return []
    proposer, taken = _Proposer(window, reading), taken or Taken()
    chosen: list[Move] = []
    for move in sorted(proposer.every(missing), key=lambda move: (-move.per_load, -len(move.then), move.teams)):
        if set(move.bridges) <= taken.bridged or (move.mode == "collaboration" and taken.busy & set(move.teams)):
            continue
        taken.bridged |= set(move.bridges)
        if move.mode == "collaboration":
            taken.busy |= set(move.teams)
        chosen.append(move)
    first, rest = chosen[:MOST_READ_AGAIN], chosen[MOST_READ_AGAIN:]
    return [*(replace(move, by_lines=silent_after(window, reading, move)) for move in first), *rest]


def held_up(window: Window, reading: ClanReading) -> list[tuple[Pair, str]]:
    """The silent pairs of a finding for which nothing is proposed because one of the two has its hands full, with that team."""
    missing = reading.needs.missing if reading.needs and not reading.partition.of_people else ()
    if reading.grade != Grade.FINDING:
        return []
    proposer, bridged = _Proposer(window, reading), {pair for move in moves(window, reading) for pair in move.bridges}
    taken = {team for move in moves(window, reading) if move.mode == "collaboration" for team in move.teams}
    full = ((pair, next((team for team in pair if proposer.full(team) or team in taken), None)) for pair in missing)
    return [(pair, team) for pair, team in full if team is not None and pair not in bridged]


def silent_after(window: Window, reading: ClanReading, move: Move) -> int:
    """The silent pairs across of a reading when a move's lines are in the file, whatever was seen: by reading the file again."""
    other = replace(window, organisation=applied(window.organisation, move), once=Once(), _family={})
    borders = {frozenset(border.groups) for border in reading.narrow} or None
    labels = other.labels(reading.partition)
    told = {team: label for team, label in labels.items() if team not in reading.unseen}
    pairs = [(a, b) for a, b in other.asked_needs if a in told and b in told]
    return len(needs_across(pairs, other.weeks_seen, other.weeks, told, borders).missing)


def applied(organisation: Organisation, move: Move) -> Organisation:
    """The organisation with the move's interaction added, to read it as it would be."""
    data = organisation.model_dump(mode="json", exclude_unset=True)
    days = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in move.interaction.items()}
    data.setdefault("interactions", []).append(days)
    return Organisation.model_validate(data)


def _open(organisation: Organisation, day: dt.date, mode: Mode | None = None) -> list[Interaction]:
    """The interactions that run or are planned."""
    return [one for one in organisation.interactions_on(day) if mode in (None, one.mode)]


class _Proposer:
    """What several proposals look up: who collaborates, who is loaded, who waits for whom."""

    def __init__(self, window: Window, reading: ClanReading) -> None:
        self.organisation, self.reading = window.organisation, reading
        organisation, day = window.organisation, window.day
        self.need = window.needed
        self.busy = {team for one in _open(organisation, day, "collaboration") for pair in one.pairs for team in pair}
        self.declared = {frozenset(pair) for one in _open(organisation, day) for pair in one.pairs}
        self.begins = day + dt.timedelta(days=7 - day.weekday())
        self.ends = self.begins + dt.timedelta(weeks=WEEKS) - dt.timedelta(days=3)
        lasting = {
            id_ for id_, team in organisation.teams_on(day).items() if team.until is None or team.until > self.ends
        }
        self.there = lasting & set(organisation.teams_on(self.begins))

    def every(self, missing: tuple[Pair, ...]) -> Iterator[Move]:
        """Each proposal on its own, in no order."""
        free = [pair for pair in missing if frozenset(pair) not in self.declared and self.there.issuperset(pair)]
        asked: dict[str, list[str]] = {}
        for first, second in free:
            for one, other in ((first, second), (second, first)):
                if self._depends(one, other):
                    asked.setdefault(other, []).append(one)
        services = {provider: teams for provider, teams in asked.items() if len(teams) >= LEAST_ASKING}
        for provider, teams in services.items():
            if not any(self._waits(team, provider) for team in teams):
                yield self._service(provider, teams)
        for pair in free:
            if not any(map(self.full, pair)):
                yield self._collaboration(pair, self._then(pair, services))

    def _then(self, pair: Pair, services: dict[str, list[str]]) -> tuple[str, ...]:
        """Who would use the service that comes of two teams' collaboration: the others who ask the same of one of the two."""
        for asking, provider in (pair, pair[::-1]):
            if asking in services.get(provider, ()) and self._waits(asking, provider):
                return tuple(services[provider])
        return ()

    def _depends(self, asking: str, other: str) -> bool:
        return any(one.team == other for one in self.organisation.teams[asking].depends_on)

    def _waits(self, asking: str, other: str) -> bool:
        """Whether a team waits for another: then it is not known yet what a service would have to do."""
        return any(one.team == other and one.kind != "ok" for one in self.organisation.teams[asking].depends_on)

    def full(self, team: str) -> bool:
        """Whether a team collaborates already, or carries a high load."""
        load = self.organisation.teams[team].cognitive_load
        return team in self.busy or (load is not None and load.high)

    def _service(self, provider: str, consumers: list[str]) -> Move:
        bridges = tuple(sorted((min(provider, team), max(provider, team)) for team in consumers))
        load = SERVING + USING * len(consumers)
        return self._move("x-as-a-service", (provider, *consumers), bridges, load, ends=None)

    def _collaboration(self, pair: Pair, then: tuple[str, ...]) -> Move:
        reason: Reason = self.need.edges[pair]["reasons"][0]
        return self._move("collaboration", pair, (pair,), 2 * COLLABORATING, reason=reason, then=then)

    def _move(self, mode: Mode, teams: tuple[str, ...], bridges: tuple[Pair, ...], load: float, **more: Any) -> Move:
        needs = self.reading.needs
        assert needs is not None
        found = {"begins": self.begins, "ends": self.ends, "silent": len(needs.missing), **more}
        return Move(mode, teams, bridges, load, **found)
