"""The stories that can be planted into a simulated year, so that a reader and a test know what there is to find."""

from __future__ import annotations

from dataclasses import dataclass


def _ramp(week: int, begins: int, ends: int) -> float:
    """0 before `begins`, 1 from `ends` on, a straight line between."""
    return min(1.0, max(0.0, (week - begins) / (ends - begins)))


@dataclass(frozen=True, slots=True)
class TurningInward:
    """Groupings whose squads stop talking to each other and talk more among themselves, although their work
    needs each other. `begins` and `ends` are weeks of the simulation, from 0."""

    groups: tuple[str, ...]
    begins: int = 20
    ends: int = 24

    def strength(self, week: int) -> float:
        """How far the story has gone, 0 to 1."""
        return _ramp(week, self.begins, self.ends)


@dataclass(frozen=True, slots=True)
class SidesApart:
    """A squad whose Product and Tech drift apart: they meet less, changes wait, more of them fail."""

    team: str
    begins: int = 18
    ends: int = 44

    def strength(self, week: int) -> float:
        """How far the story has gone, 0 to 1."""
        return _ramp(week, self.begins, self.ends)


@dataclass(frozen=True, slots=True)
class Lively:
    """Pairs of teams that talk: `rate` contacts a week, from the week `begins` until before `until` (None: to the end)."""

    pairs: frozenset[tuple[str, str]]
    rate: float
    begins: int = 0
    until: int | None = None

    def holds(self, first: str, second: str, week: int) -> bool:
        """Whether two teams talk in a week."""
        known = (first, second) in self.pairs or (second, first) in self.pairs
        return known and self.begins <= week and (self.until is None or week < self.until)


@dataclass(frozen=True, slots=True)
class Stories:
    """What is planted; nothing by default."""

    inward: tuple[TurningInward, ...] = ()
    apart: tuple[SidesApart, ...] = ()
    lively: tuple[Lively, ...] = ()
    """Who talks to whom; where this is told, it alone decides, and not what the file needs and declares."""
    otherwise: float = 0.0
    """Contacts a week of the pairs that are not lively, where `lively` is told."""

    def told_rate(self, first: str, second: str, week: int) -> float | None:
        """Contacts a week of two teams where `lively` decides; None where it does not."""
        if not self.lively:
            return None
        return max((one.rate for one in self.lively if one.holds(first, second, week)), default=self.otherwise)

    def inward_strength(self, first_group: str | None, second_group: str | None, week: int) -> float:
        """How far a story has gone that holds both groupings (or one of them, with itself); 0 without one."""
        found = [one for one in self.inward if first_group in one.groups and second_group in one.groups]
        return max((one.strength(week) for one in found), default=0.0)

    def apart_strength(self, team: str, week: int) -> float:
        """How far the sides of a team have drifted apart, 0 to 1."""
        return max((one.strength(week) for one in self.apart if one.team == team), default=0.0)


EXAMPLE_STORIES = Stories(
    inward=(TurningInward(("payments", "onboarding")),),
    apart=(SidesApart("order-tracking"),),
)
