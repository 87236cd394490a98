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
    ends: int = 40

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
class Stories:
    """What is planted; nothing by default."""

    inward: tuple[TurningInward, ...] = ()
    apart: tuple[SidesApart, ...] = ()

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
