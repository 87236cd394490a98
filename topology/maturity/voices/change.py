"""Answers beside the evidence, and answers of two surveys: what is told of a squad whose counts are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from topology.maturity.pack import LEVELS
from topology.maturity.statistics.trend import detectable_change, pooled_deviation
from topology.maturity.voices.snapshot import Snapshot


def mean_of(counts: Sequence[int]) -> float:
    """The mean of answers by level. Raises ZeroDivisionError without answers."""
    return sum(level * count for level, count in zip(LEVELS, counts, strict=True)) / sum(counts)


def belief_gap(counts: Sequence[int] | None, level: int | None) -> float | None:
    """Answers minus evidence, in levels, to one decimal: positive where people see it higher; None where either is missing."""
    return None if not counts or level is None else round(mean_of(counts) - level, 1)


@dataclass(frozen=True, slots=True)
class Change:
    """The means of a squad's answers in two surveys, and from which change on it is more than the chance of who answered."""

    before: float
    now: float
    least: float

    @property
    def detectable(self) -> bool:
        """Whether the change is one that would show."""
        return abs(self.now - self.before) >= self.least


def change_of(before: Snapshot, now: Snapshot, team: str, item: str) -> Change | None:
    """What became of a squad's answers; None where either survey does not show them, or asked in other words. The spread is that within
    squads over both surveys, of those that are shown; n is the smaller of the two."""
    first, second = (snapshot.teams.get(team, {}).get(item) for snapshot in (before, now))
    if not first or not second or before.words.get(item) != now.words.get(item):
        return None
    least = detectable_change(deviation_within(before, now, item), min(sum(first), sum(second)))
    return Change(mean_of(first), mean_of(second), least or 0.0)


def deviation_within(before: Snapshot, now: Snapshot, item: str) -> float:
    """The standard deviation of answers within the squads of two surveys that are shown, at least 0.5."""
    counts = [own[item] for snapshot in (before, now) for own in snapshot.teams.values() if item in own]
    return pooled_deviation(
        [[level for level, count in zip(LEVELS, one, strict=True) for _ in range(count)] for one in counts]
    )
