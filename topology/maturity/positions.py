"""The duo's signed positions: where the PM and the EM each see their squad, and how far apart they are.

Signed means on the record, in the organisation file; there is nothing to estimate and no statistics.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from topology.model import Team

STALE_DAYS = 100  # about a quarter: a position is asked for once a quarter
FAR_APART = 2  # levels: one may be a matter of words, two are two pictures of the squad


@dataclass(frozen=True, slots=True)
class DuoPosition:
    """One dimension: the two levels (1 to 5), what each wrote, and the day."""

    dimension: str
    pm: int | None
    em: int | None
    assessed: dt.date | None
    pm_note: str | None = None
    em_note: str | None = None

    @property
    def gap(self) -> int | None:
        """PM − EM in levels, −4 to 4: positive when Product sees the squad higher; None until both have signed."""
        return None if self.pm is None or self.em is None else self.pm - self.em

    def stale(self, day: dt.date) -> bool:
        """Whether the position is older than 100 days on `day`, or undated."""
        return self.older_than(STALE_DAYS, day)

    def older_than(self, days: int, day: dt.date) -> bool:
        """Whether the position was signed more than so many days before `day`, or is undated."""
        return self.assessed is None or (day - self.assessed).days > days


def duo_positions(team: Team, day: dt.date) -> list[DuoPosition]:
    """The team's positions signed on or before `day`, in file order."""
    return [
        DuoPosition(dimension, one.pm, one.em, one.assessed, one.pm_note, one.em_note)
        for dimension, one in team.positions.items()
        if one.assessed is None or one.assessed <= day
    ]


def widest_first(positions: Sequence[DuoPosition]) -> list[DuoPosition]:
    """The positions of one squad, those on which its two leads are furthest apart first; in file order on a tie."""
    return sorted(positions, key=lambda one: -abs(one.gap or 0))


def widest_gap(team: Team, day: dt.date) -> DuoPosition | None:
    """The position on which the two are furthest apart (the first in file order on a tie); None if none has a gap."""
    signed = [one for one in duo_positions(team, day) if one.gap is not None]
    return max(signed, key=lambda one: abs(one.gap or 0), default=None)
