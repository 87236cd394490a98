"""Moves: interactions that would build missing bridges, within the limits of Team Topologies.

A team is in one collaboration at a time, and that has an end; an enabling team helps where a team cannot take on more; what
three squads ask of one team becomes a service. Where two teams already interact by the file, nothing is proposed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from topology.clans.congruence import Pair
from topology.graph.networks import Reason
from topology.model import Interaction, Mode, Organisation

if TYPE_CHECKING:
    from topology.clans.reading import ClanReading
    from topology.clans.window import Window

WEEKS = 8  # of a collaboration: well within the 13 weeks from which topology check speaks up (TT103)
LEAST_ASKING = 3  # squads that ask one team for the same before it becomes a service
MOST_HELPED = 2  # teams that an enabling team helps at once
# What a team takes on, in units of one team's collaboration. An assumption, shown as one: Team Topologies orders the three
# modes by the attention that they ask (2nd edition, chapter 7), and gives no numbers.
COLLABORATING, HELPING, HELPED, SERVING, USING = 1.0, 0.5, 0.5, 1.0, 0.25


@dataclass(frozen=True)
class Move:
    """One proposed interaction and the missing bridges that it would build, or make needless."""

    mode: Mode
    teams: tuple[str, ...]
    """The two that collaborate; the facilitator and the team it helps; the provider and its consumers."""
    bridges: tuple[Pair, ...]
    load: float
    """What the teams take on together, in units of one team's collaboration."""
    begins: dt.date
    ends: dt.date | None
    """None for a service, which goes on."""
    missing: tuple[int, int]
    """Missing bridges of the reading, before and after."""
    reason: Reason | None = None
    """The first reason for which the two need each other; of several that ask for a service, none."""
    full: str = ""
    """Of a help: the team that a collaboration would be too much for."""
    busy: bool = False
    """Whether it collaborates already (else its cognitive load is high)."""
    fewer: tuple[float, float] | None = None
    """The share of bridges missing against chance, before and after; None where the move adds no tie of the layer."""

    @property
    def per_load(self) -> float:
        """Needed pairs bridged per unit of added load: what the moves are ordered by."""
        return len(self.bridges) / self.load

    @property
    def spared(self) -> str:
        """Of a help: the team that is asked of, and would be needed less."""
        return next(team for team in self.bridges[0] if team != self.teams[1])

    @property
    def interaction(self) -> dict[str, Any]:
        """The interaction as the file would have it, without its purpose: ids and days."""
        days = {"since": self.begins, **({"until": self.ends} if self.ends else {})}
        match self.mode:
            case "collaboration":
                return {"mode": self.mode, "between": list(self.teams), **days}
            case "facilitating":
                return {"mode": self.mode, "facilitator": self.teams[0], "team": self.teams[1], **days}
            case "x-as-a-service":
                return {"mode": self.mode, "provider": self.teams[0], "consumer": list(self.teams[1:]), **days}


@dataclass
class Taken:
    """What the moves that were proposed so far ask for: shared between readings, so that together they ask too much of nobody."""

    busy: set[str] = field(default_factory=set)
    helped: Counter[str] = field(default_factory=Counter)
    bridged: set[Pair] = field(default_factory=set)


def moves(window: Window, reading: ClanReading, taken: Taken | None = None) -> list[Move]:
    """The proposals for a reading's missing bridges, most bridged per unit of load first; no two ask too much of one team.

    Empty where no needed bridge is missing, at a quiet boundary, and where the units are people.
    """
    missing = reading.needs.missing if reading.needs and not reading.partition.of_people else ()
    if not missing or reading.quiet:
        return []
    proposer, taken = _Proposer(window, reading), taken or Taken()
    chosen: list[Move] = []
    for move in sorted(proposer.every(missing), key=lambda move: (-move.per_load, move.teams)):
        if not set(move.bridges) <= taken.bridged and _takes(move, proposer.helping, taken):
            taken.bridged |= set(move.bridges)
            chosen.append(move)
    return chosen


def _takes(move: Move, helping: Mapping[str, int], taken: Taken) -> bool:
    """Whether the teams can take a move on beside those before; then it is noted."""
    if move.mode == "collaboration":
        if taken.busy & set(move.teams):
            return False
        taken.busy |= set(move.teams)
    if move.mode == "facilitating":
        facilitator = move.teams[0]
        if helping.get(facilitator, 0) + taken.helped[facilitator] >= MOST_HELPED:
            return False
        taken.helped[facilitator] += 1
    return True


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
        self.helping = Counter(pair[0] for one in _open(organisation, day, "facilitating") for pair in one.pairs)
        """How many teams each enabling team helps or plans to help."""
        self.begins = day + dt.timedelta(days=7 - day.weekday())
        self.ends = self.begins + dt.timedelta(weeks=WEEKS) - dt.timedelta(days=3)
        lasting = {
            id_ for id_, team in organisation.teams_on(day).items() if team.until is None or team.until > self.ends
        }
        self.there = lasting & set(organisation.teams_on(self.begins))
        self.enabling = [
            id_ for id_ in organisation.teams
            if id_ in self.there and organisation.teams[id_].type == "enabling" and self.helping[id_] < MOST_HELPED
        ]  # fmt: skip

    def every(self, missing: tuple[Pair, ...]) -> Iterator[Move]:
        """Each proposal on its own, in no order."""
        free = [pair for pair in missing if frozenset(pair) not in self.declared and self.there.issuperset(pair)]
        asked: dict[str, list[str]] = {}
        for first, second in free:
            for asking, other in ((first, second), (second, first)):
                if self._depends(asking, other):
                    asked.setdefault(other, []).append(asking)
        for provider, consumers in asked.items():
            if len(consumers) >= LEAST_ASKING:
                yield self._service(provider, consumers)
        for pair in free:
            full = next((team for team in pair if self._full(team)), None)
            yield from self._help(pair, full) if full else [self._collaboration(pair)]

    def _depends(self, asking: str, other: str) -> bool:
        return any(one.team == other for one in self.organisation.teams[asking].depends_on)

    def _full(self, team: str) -> bool:
        load = self.organisation.teams[team].cognitive_load
        return team in self.busy or (load is not None and load.high)

    def _service(self, provider: str, consumers: list[str]) -> Move:
        bridges = tuple(sorted((min(provider, team), max(provider, team)) for team in consumers))
        load = SERVING + USING * len(consumers)
        return self._move("x-as-a-service", (provider, *consumers), bridges, load, ends=None)

    def _collaboration(self, pair: Pair) -> Move:
        return self._move("collaboration", pair, (pair,), 2 * COLLABORATING, reason=self._why(pair))

    def _help(self, pair: Pair, full: str) -> Iterator[Move]:
        """An enabling team helps the one that waits, where a collaboration would be too much for one of the two."""
        asking = pair[0] if self._depends(*pair) else pair[1]
        for facilitator in self.enabling:
            if facilitator in pair or frozenset((facilitator, asking)) in self.declared:
                continue
            yield self._move(
                "facilitating", (facilitator, asking), (pair,), HELPING + HELPED,
                reason=self._why(pair), full=full, busy=full in self.busy,
            )  # fmt: skip
            return

    def _why(self, pair: Pair) -> Reason:
        reason: Reason = self.need.edges[pair]["reasons"][0]
        return reason

    def _move(self, mode: Mode, teams: tuple[str, ...], bridges: tuple[Pair, ...], load: float, **more: Any) -> Move:
        needs, shuffled, counted = self.reading.needs, self.reading.shuffled, self.reading.bridges
        assert needs is not None
        missing, built = len(needs.missing), len(bridges)
        fewer = None
        if mode == "collaboration" and self.reading.layer != "cross-changes" and shuffled and shuffled.mean and counted:
            expected = shuffled.mean * (counted.ties + built) / counted.ties
            fewer = (1 - shuffled.crossing / shuffled.mean, 1 - (shuffled.crossing + built) / expected)
        found = {
            "begins": self.begins,
            "ends": self.ends,
            "missing": (missing, missing - built),
            "fewer": fewer,
            **more,
        }
        return Move(mode, teams, bridges, load, **found)
