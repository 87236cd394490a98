"""What evidence is read from: the organisation file, event tables, metrics and networks, through one protocol.

A measure (measures/, one file a topic) asks this and nothing else; `topology.workspace.evidence` answers it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from topology.model import Organisation, Team, whole_weeks_end
from topology.once import Once

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
    newest: dt.date | None = None
    """The last day of which the tables behind it tell; None where they have no day of their own."""


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

    def tells(self, table: str, column: str = "") -> frozenset[str]:
        """The teams of which a table ever has a row (that fills a column): of the others a blank is not "no", it is not known."""

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
    shared: Once = field(default_factory=Once, compare=False, repr=False)
    """What was found for any team of the same day: what looks at all rows does so once."""

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

    @property
    def end(self) -> dt.date:
        """The first day after the whole weeks."""
        return whole_weeks_end(self.day)

    @property
    def weeks(self) -> float:
        """How many of the weeks of a window the team has been there."""
        since = self.team.since
        return WEEKS if since is None else max(0.0, min(float(WEEKS), (self.end - since).days / 7))

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """What is made once for all teams."""
        return self.shared(key, make)

    def team_meant(self, words: str) -> str | None:
        """The id of the one team that a text names: by its id, a former one, or its name, whatever the capitals; None for none."""
        names: dict[str, str] = self.once("names", self._names)
        return names.get(words.strip().casefold())

    def others_named(self, words: str | None) -> set[str] | None:
        """The other teams that a text names, several apart by `;` or `,`; None where it names what is no team of the file."""
        parts = [one for one in re.split("[;,]", words or "") if one.strip()]
        named = {team for one in parts if (team := self.team_meant(one))}
        return None if parts and not named else named - {self.id}

    def _names(self) -> dict[str, str]:
        """{id, former id or name, in lower case: the team}; a name that two teams have means neither."""
        organisation = self.organisation
        ids = {name.casefold(): id_ for name, id_, *_ in organisation.named_teams()}
        names = Counter(organisation.team_name(id_).casefold() for id_ in organisation.teams)
        return {
            name: id_ for id_ in organisation.teams if names[name := organisation.team_name(id_).casefold()] == 1
        } | ids
