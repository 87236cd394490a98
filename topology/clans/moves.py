"""Moves: interactions that would build missing bridges, within the limits of Team Topologies.

A team is in one collaboration at a time, and that has an end; an enabling team helps where a team cannot take on more; what
three squads ask of one team becomes a service.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from topology.clans.congruence import Pair
from topology.graph.networks import needed
from topology.model import Interaction, Mode, Organisation

if TYPE_CHECKING:
    from topology.clans.reading import ClanReading

WEEKS = 8  # of a collaboration: well within the 13 weeks from which topology check speaks up (TT103)
LEAST_ASKING = 3  # squads that ask one team for the same before it becomes a service
MOST_HELPED = 2  # teams that an enabling team helps at once
HIGH_LOAD = 24  # of 30: with a cognitive load from here on a team takes on no collaboration (TT204)
# What a team takes on, in units of one team's collaboration. An assumption, shown as one: Team Topologies orders the three
# modes by the attention that they ask (2nd edition, chapter 7), and gives no numbers.
COLLABORATING, HELPING, HELPED, SERVING, USING = 1.0, 0.5, 0.5, 1.0, 0.25


@dataclass(frozen=True)
class Move:
    """One proposed interaction and the missing bridges that it would build."""

    mode: Mode
    teams: tuple[str, ...]
    """The two that collaborate; the facilitator and the team it helps; the provider and its consumers."""
    bridges: tuple[Pair, ...]
    load: float
    """What the teams take on together, in units of one team's collaboration."""
    sentence: str
    yaml: str
    """The interaction as the file would have it."""
    talking: tuple[int, int]
    """Needed pairs across the border that talk, before and after."""
    needed: int
    fewer: tuple[float, float] | None
    """The share of bridges missing against chance, before and after; None where it is not known."""

    @property
    def per_load(self) -> float:
        """Needed pairs bridged per unit of added load: what the moves are ordered by."""
        return len(self.bridges) / self.load


def moves(organisation: Organisation, reading: ClanReading, day: dt.date) -> list[Move]:
    """The proposals for a reading's missing bridges, most bridged per unit of load first; no two ask too much of one team.

    Empty where no needed bridge is missing or the units are people.
    """
    missing = reading.needs.missing if reading.needs and reading.unit == "teams" else ()
    proposed = sorted(
        _Proposer(organisation, reading, day).every(missing), key=lambda move: (-move.per_load, move.teams)
    )
    chosen: list[Move] = []
    busy: set[str] = set()
    helped: dict[str, int] = {}
    bridged: set[Pair] = set()
    for move in proposed:
        facilitator = move.teams[0] if move.mode == "facilitating" else ""
        clash = move.mode == "collaboration" and busy & set(move.teams)
        full = bool(facilitator) and helped.get(facilitator, 0) >= MOST_HELPED - _helping(
            organisation, facilitator, day
        )
        if clash or full or set(move.bridges) <= bridged:
            continue
        chosen.append(move)
        bridged |= set(move.bridges)
        if move.mode == "collaboration":
            busy |= set(move.teams)
        if facilitator:
            helped[facilitator] = helped.get(facilitator, 0) + 1
    return chosen


def applied(organisation: Organisation, move: Move) -> Organisation:
    """The organisation with the move's interaction added, to read it as it would be."""
    import yaml

    data = organisation.model_dump(mode="json", exclude_unset=True)
    found = yaml.safe_load(move.yaml)[0]
    data.setdefault("interactions", []).append(
        {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in found.items()}
    )
    return Organisation.model_validate(data)


def _running(organisation: Organisation, day: dt.date, mode: Mode) -> list[Interaction]:
    return [one for one in organisation.interactions_on(day) if one.mode == mode]


def _helping(organisation: Organisation, facilitator: str, day: dt.date) -> int:
    """How many teams an enabling team helps or plans to help."""
    return sum(facilitator == pair[0] for one in _running(organisation, day, "facilitating") for pair in one.pairs)


class _Proposer:
    """What several proposals look up: who collaborates, who is loaded, who waits for whom."""

    def __init__(self, organisation: Organisation, reading: ClanReading, day: dt.date) -> None:
        self.organisation, self.reading, self.day = organisation, reading, day
        self.need = needed(organisation, day)
        self.busy = {
            team for one in _running(organisation, day, "collaboration") for pair in one.pairs for team in pair
        }
        self.begins = day + dt.timedelta(days=7 - day.weekday())
        self.ends = self.begins + dt.timedelta(weeks=WEEKS) - dt.timedelta(days=3)

    def every(self, missing: tuple[Pair, ...]) -> Iterator[Move]:
        """Each proposal on its own, in no order."""
        asked: dict[str, list[str]] = {}
        for first, second in missing:
            for asking, other in ((first, second), (second, first)):
                if self._waits(asking, other):
                    asked.setdefault(other, []).append(asking)
        for provider, consumers in asked.items():
            if len(consumers) >= LEAST_ASKING:
                yield self._service(provider, consumers)
        for pair in missing:
            full = next((team for team in pair if self._full(team)), None)
            yield from self._help(pair, full) if full else self._collaboration(pair)

    def _waits(self, asking: str, other: str) -> bool:
        return any(one.team == other for one in self.organisation.teams[asking].depends_on)

    def _full(self, team: str) -> bool:
        load = self.organisation.teams[team].cognitive_load
        return team in self.busy or (load is not None and load.total >= HIGH_LOAD)

    def _name(self, team: str) -> str:
        return self.organisation.team_name(team)

    def _why(self, pair: Pair) -> str:
        return str(self.need.edges[pair]["reasons"][0])

    def _service(self, provider: str, consumers: list[str]) -> Move:
        names = [self._name(team) for team in consumers]
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        later = "" if self.organisation.teams[provider].type in ("platform", "complicated-subsystem") else (
            "; in the long run a platform team is the place for it")  # fmt: skip
        text = f"- mode: x-as-a-service\n  provider: {provider}\n  consumer: [{', '.join(consumers)}]\n"
        bridges = tuple(sorted((min(provider, team), max(provider, team)) for team in consumers))
        return self._move("x-as-a-service", (provider, *consumers), bridges, SERVING + USING * len(consumers),
                          f"{listed} all wait for {self._name(provider)}: let it offer them one service{later}.", text)  # fmt: skip

    def _collaboration(self, pair: Pair) -> Iterator[Move]:
        first, second = pair
        text = (f"- mode: collaboration\n  between: [{first}, {second}]\n  purpose: {_quoted(self._why(pair))}\n"
                f"  since: {self.begins}\n  until: {self.ends}\n")  # fmt: skip
        words = f"{self._name(first)} and {self._name(second)} work together for {WEEKS} weeks: {self._why(pair)}."
        yield self._move("collaboration", pair, (pair,), 2 * COLLABORATING, words, text)

    def _help(self, pair: Pair, full: str) -> Iterator[Move]:
        """An enabling team helps the one that waits, where a collaboration would be too much for one of the two."""
        asking = pair[0] if self._waits(*pair) else pair[1]
        other = pair[1] if asking == pair[0] else pair[0]
        free = [id_ for id_, team in self.organisation.teams_on(self.day).items()
                if team.type == "enabling" and id_ not in pair and _helping(self.organisation, id_, self.day) < MOST_HELPED]  # fmt: skip
        why = "already collaborates" if full in self.busy else "carries a high load"
        for facilitator in free[:1]:
            outcome = f"{self._name(asking)} does alone what it asks of {self._name(other)}"
            text = (f"- mode: facilitating\n  facilitator: {facilitator}\n  team: {asking}\n  outcome: {_quoted(outcome)}\n"
                    f"  since: {self.begins}\n  until: {self.ends}\n")  # fmt: skip
            words = (
                f"{self._name(full)} {why}, so {self._name(facilitator)} helps {self._name(asking)} for {WEEKS} weeks "
                f"to need {self._name(other)} less: {self._why(pair)}."
            )
            yield self._move("facilitating", (facilitator, asking), (pair,), HELPING + HELPED, words, text)

    def _move(
        self, mode: Mode, teams: tuple[str, ...], bridges: tuple[Pair, ...], load: float, words: str, text: str
    ) -> Move:
        needs, shuffled = self.reading.needs, self.reading.shuffled
        assert needs is not None
        talking, built = len(needs.across_talking), len(bridges)
        share = None
        if shuffled and shuffled.mean and self.reading.bridges and mode == "collaboration":
            ties = self.reading.bridges.ties
            expected = shuffled.mean * (ties + built) / ties
            share = (1 - shuffled.crossing / shuffled.mean, 1 - (shuffled.crossing + built) / expected)
        return Move(mode, teams, bridges, load, words, text, (talking, talking + built), len(needs.across), share)


def _quoted(text: str) -> str:
    """A text as a YAML value: in quotes, so that no colon or comment sign in it means anything."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
