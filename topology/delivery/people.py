"""Whose doing a number shows, and which numbers are withheld because it is that of fewer than five people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from topology.delivery.metric import Metric
from topology.delivery.scope import ORGANISATION, Scope
from topology.privacy import tellable

WINDOW = ""  # stands for the week of a number of all weeks


@dataclass(frozen=True)
class Withheld:
    """The numbers of a reading that are not told: of whom over the window, and of whom in which week."""

    window: frozenset[str] = frozenset()
    weeks: frozenset[tuple[str, dt.date]] = frozenset()

    def hides(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of a reading, of the window or of a week, is not told."""
        week = row.get("week")
        return row["team"] in self.window if week is None else (row["team"], week) in self.weeks


def withheld(metric: Metric, scope: Scope) -> Withheld:
    """What of a metric is withheld.

    Teams, groupings and the whole, the window and its weeks are looked at together: who asks for one may ask for the other, and
    subtract. What was done by a person in a week is the smallest piece.
    """
    if metric.of_teams:
        small = frozenset(scope.small if scope.by == "team" else ())
        return Withheld(small, frozenset((team, week) for team in small for week in scope.weeks))
    table = metric.people(scope)
    if table is None:
        return Withheld()
    known = {account: person for person in scope.organisation.people for account in scope.organisation.accounts(person)}
    people: dict[str, tuple[str]] = {}
    parts: dict[tuple[str, str, str], set[str]] = {}
    for row in table.distinct().to_pyarrow().to_pylist():
        name = str(row["person"]).lower()
        person, monday = known.get(name, name), row["day"] - dt.timedelta(days=row["day"].weekday())
        piece = f"{monday}/{person}"
        people[piece] = (person,)
        for by, id_ in _wholes(row["team"], scope):
            for week in (WINDOW, str(monday)):
                parts.setdefault((by, id_, week), set()).add(piece)
    told = tellable(
        {"/".join(key): parts[key] for key in sorted(parts, key=lambda one: _rank(one, len(parts[one])))}, people
    )
    untold = [(id_, week) for by, id_, week in parts if by == scope.by and "/".join((by, id_, week)) not in told]
    return Withheld(
        frozenset(id_ for id_, week in untold if week == WINDOW),
        frozenset((id_, dt.date.fromisoformat(week)) for id_, week in untold if week != WINDOW),
    )


def _rank(part: tuple[str, str, str], size: int) -> tuple[bool, int, tuple[str, str, str]]:
    """Which numbers are told first: those of the window before those of its weeks, the larger before the smaller."""
    return part[2] != WINDOW, -size, part


def _wholes(team: str, scope: Scope) -> list[tuple[str, str]]:
    """What the doing of a team's people counts for."""
    groups = scope.organisation.lineage(scope.organisation.teams[team].group)
    return [("team", team), *(("group", group) for group in groups), ("organisation", ORGANISATION)]
