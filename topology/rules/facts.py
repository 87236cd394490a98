"""What the rules look at: an organisation on a day, with the look-ups that several rules share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from topology.model import Action, Interaction, Mode, Organisation, State, Team
from topology.model.interactions import NOT_ENDED, RUNNING
from topology.model.people import Lead
from topology.rules.hit import Path

if TYPE_CHECKING:
    from topology.clans.gathered import Clans
    from topology.maturity.levels import Rating


@dataclass(frozen=True, slots=True)
class Declared:
    """An interaction on the day, with its place in the file."""

    index: int
    interaction: Interaction
    state: State

    @property
    def path(self) -> Path:
        """The model path of the interaction."""
        return ("interactions", self.index)

    @property
    def running(self) -> bool:
        """Whether it is active, past its end or not."""
        return self.state in RUNNING


@dataclass(frozen=True, slots=True)
class Needs:
    """`team` depends on the team `on`, with its place in the file."""

    team: str
    on: str
    kind: str
    reason: str | None
    path: Path


class Duo(NamedTuple):
    """Who holds the two seats of a team on the day; None where nobody does."""

    pm: str | None
    em: str | None


@dataclass(frozen=True, slots=True)
class Observed:
    """What was observed of an organisation, for the rules that read it; nothing where a check looks at the file alone."""

    clans: Clans | None = None
    """The readings of contact."""
    ratings: Sequence[Rating] = ()
    """Where teams stand by what can be seen."""
    changed: Sequence[str] = ()
    """Questions of the pack whose words are others than those that were answered."""


class Facts:
    """An organisation on a day. Look-ups are made when a rule first asks."""

    def __init__(self, organisation: Organisation, day: dt.date, observed: Observed) -> None:
        self.organisation = organisation
        self.day = day
        self.clans, self.ratings, self.changed = observed.clans, observed.ratings, observed.changed

    @cached_property
    def open_actions(self) -> dict[str, Action]:
        """The actions that are open on the day, in file order."""
        return {id_: one for id_, one in self.organisation.actions.items() if one.open_on(self.day)}

    @cached_property
    def teams(self) -> dict[str, Team]:
        """The teams that exist on the day, in file order."""
        return self.organisation.teams_on(self.day)

    def teams_of(self, types: tuple[str, ...]) -> Iterator[tuple[str, Team]]:
        """The teams of these types; all when there are none named."""
        return ((id_, team) for id_, team in self.teams.items() if not types or team.type in types)

    @cached_property
    def interactions(self) -> list[Declared]:
        """Every interaction with its state on the day, in file order."""
        found = self.organisation.interactions
        return [Declared(index, one, one.state(self.day)) for index, one in enumerate(found)]

    @cached_property
    def _by_mode(self) -> dict[str, list[Declared]]:
        found: dict[str, list[Declared]] = {"collaboration": [], "x-as-a-service": [], "facilitating": []}
        for one in self.interactions:
            found[one.interaction.mode].append(one)
        return found

    def of_mode(self, mode: Mode, *states: State) -> Iterator[Declared]:
        """The interactions of a mode in these states; active and overrun when none is named."""
        wanted = states or RUNNING
        return (
            one
            for one in self._by_mode[mode]
            if one.state in wanted and any(self.live(*pair) for pair in one.interaction.pairs)
        )

    def live(self, first: str, second: str) -> bool:
        """Whether neither of two teams has ended by the day: an interaction with one that has is a matter of TT111 alone."""
        return first in self._not_ended and second in self._not_ended

    @cached_property
    def _not_ended(self) -> frozenset[str]:
        return frozenset(
            id_ for id_, team in self.organisation.teams.items() if team.until is None or self.day < team.until
        )

    @cached_property
    def consumers(self) -> dict[str, dict[str, int]]:
        """{provider: {consumer: index of the interaction}} of X-as-a-Service that runs or is planned."""
        found: dict[str, dict[str, int]] = {}
        for one in self.of_mode("x-as-a-service", *NOT_ENDED):
            for provider, consumer in one.interaction.pairs:
                if self.live(provider, consumer):
                    found.setdefault(provider, {}).setdefault(consumer, one.index)
        return found

    @cached_property
    def running(self) -> dict[tuple[str, str], list[Declared]]:
        """{(team, team) in order of ids: interactions of the pair that run on the day}."""
        found: dict[tuple[str, str], list[Declared]] = {}
        for one in self.interactions:
            if one.running:
                for first, second in dict.fromkeys(one.interaction.pairs):
                    if not self.live(first, second):
                        continue
                    found.setdefault((min(first, second), max(first, second)), []).append(one)
        return found

    @cached_property
    def sizes(self) -> dict[str, int]:
        """{team: head count on the day} where it is known."""
        return {id_: count for id_, team in self.teams.items() if (count := team.head_count(self.day)) is not None}

    @cached_property
    def dependencies(self) -> list[Needs]:
        """Every dependency between teams that exist on the day, in file order."""
        return [
            Needs(id_, one.team, one.kind, one.reason, ("teams", id_, "depends_on", index))
            for id_, team in self.teams.items()
            for index, one in enumerate(team.depends_on)
            if one.team in self.teams and one.team != id_
        ]

    @cached_property
    def waits(self) -> list[Needs]:
        """The dependencies that hurt: slowing and blocking ones."""
        return [one for one in self.dependencies if one.kind != "ok"]

    def name(self, team: str) -> str:
        """The name to show for a team."""
        return self.organisation.team_name(team)

    def pair(self, declared: Declared) -> str:
        """The two teams of an interaction in words: `Checkout and Search`."""
        first, second = declared.interaction.pairs[0]
        return f"{self.name(first)} and {self.name(second)}"

    @cached_property
    def leads(self) -> dict[str, Duo]:
        """{team: who leads it on the day}."""
        return {id_: Duo(self._holder(team.pm), self._holder(team.em)) for id_, team in self.teams.items()}

    def _holder(self, seat: Lead | None) -> str | None:
        return seat.person if seat is not None and seat.filled_on(self.day) else None


def pair_ids(declared: Declared) -> tuple[str, ...]:
    """The ids of every team of an interaction, sorted: what its finding's fingerprint is made of."""
    return tuple(sorted({id_ for pair in declared.interaction.pairs for id_ in pair}))


def weeks(first: dt.date, end: dt.date) -> str:
    """A length in whole weeks: `1 week`, `14 weeks`."""
    count = (end - first).days // 7
    return f"{count} week{'s' if count != 1 else ''}"
