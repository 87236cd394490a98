"""Whose doing a number shows, and which numbers are withheld because it is that of fewer than five people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from topology.delivery.metric import Metric
from topology.delivery.scope import ORGANISATION, Scope
from topology.privacy import tellable

Persons = Mapping[str, set[str]]
"""{team: its people}."""


@dataclass(frozen=True)
class Withheld:
    """The numbers of a reading that are not told: of whom over the window, and of whom in which week."""

    window: frozenset[str] = frozenset()
    weeks: frozenset[tuple[str, dt.date]] = frozenset()


def withheld(metric: Metric, scope: Scope) -> Withheld:
    """What of a metric is withheld. Teams, groupings and the whole are looked at together: who asks for one may ask for the other."""
    table = metric.people(scope)
    if table is None:
        return Withheld()
    known = {account: person for person in scope.organisation.people for account in scope.organisation.accounts(person)}
    window: dict[str, set[str]] = {}
    weeks: dict[dt.date, dict[str, set[str]]] = {}
    for row in table.distinct().to_pyarrow().to_pylist():
        person = known.get(str(row["person"]).lower(), str(row["person"]).lower())
        monday = row["day"] - dt.timedelta(days=row["day"].weekday())
        window.setdefault(row["team"], set()).add(person)
        weeks.setdefault(monday, {}).setdefault(row["team"], set()).add(person)
    return Withheld(
        frozenset(_untold(window, scope)),
        frozenset((one, monday) for monday, persons in weeks.items() for one in _untold(persons, scope)),
    )


def _untold(persons: Persons, scope: Scope) -> set[str]:
    """The teams, groupings or the whole, by what the scope counts, of which nothing is told."""
    organisation = scope.organisation
    parts: dict[tuple[str, str], list[str]] = {("organisation", ORGANISATION): list(persons)}
    for team in persons:
        parts["team", team] = [team]
        for group in organisation.lineage(organisation.teams[team].group):
            parts.setdefault(("group", group), []).append(team)
    told = tellable({f"{by}:{id_}": teams for (by, id_), teams in parts.items()}, persons)
    return {id_ for by, id_ in parts if by == scope.by and f"{by}:{id_}" not in told}


def is_told(found: Withheld, row: Mapping[str, Any]) -> bool:
    """Whether a row of a reading, of the window or of a week, may be told."""
    week = row.get("week")
    return row["team"] not in found.window if week is None else (row["team"], week) not in found.weeks
