"""What evidence is read from: the organisation file, event tables, metrics and networks, through one protocol.

A measure (measures/, one file a topic) asks this and nothing else; `topology.workspace.evidence` answers it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from topology.model import Organisation, Team

WEEKS = 13  # the whole weeks that a measure looks at, unless it says otherwise
STALE_DAYS = 100  # what is older says nothing of today
ORGANISATION = ""  # stands for the organisation as a whole where a team is asked for

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of an event table in a window, by team (`ORGANISATION` for rows of no team), and the last day that the table tells of."""

    by_team: Mapping[str, Sequence[Row]]
    newest: dt.date | None

    def of(self, team: str) -> Sequence[Row]:
        """The rows of a team."""
        return self.by_team.get(team, ())


@dataclass(frozen=True, slots=True)
class Number:
    """A delivery metric of a team over a window, and what it counts."""

    value: float
    n: int


class Evidence(Protocol):
    """An organisation on a day, with what was observed up to it."""

    @property
    def organisation(self) -> Organisation:
        """The organisation."""

    @property
    def day(self) -> dt.date:
        """The day; whole weeks end on or before it."""

    def rows(self, table: str, weeks: int = WEEKS) -> Rows | None:
        """The rows of an event table in the last whole weeks; None where there is no such table."""

    def metric(self, metric: str, team: str, weeks: int, before: int = 0) -> Number | None:
        """A delivery metric over so many whole weeks, `before` weeks ago; None where it is not known."""

    def weekly(self, metric: str, team: str, weeks: int) -> Mapping[dt.date, Number]:
        """The same of each of the last whole weeks, by its Monday; a week without anything to count is not there."""

    def silent_pairs(self, team: str) -> tuple[int, int] | None:
        """(silent, all) needed pairs of a team; None where no contact is known or told."""


@dataclass(frozen=True)
class Asked:
    """A team (or the organisation) on the day, as a measure looks at it."""

    evidence: Evidence
    id: str

    @property
    def team(self) -> Team:
        """The team."""
        return self.evidence.organisation.teams[self.id]

    @property
    def organisation(self) -> Organisation:
        """The organisation."""
        return self.evidence.organisation

    @property
    def day(self) -> dt.date:
        """The day."""
        return self.evidence.day
