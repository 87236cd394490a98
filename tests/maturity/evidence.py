"""Evidence that a test writes down by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from topology.maturity.evidence import WEEKS, Number, Row, Rows
from topology.maturity.levels import Rating, ratings
from topology.maturity.packs import pack_of
from topology.model import Organisation
from topology.source import load_texts

DAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Told:
    """Rows by table, metrics by name, contact by team; the same for every window unless a key names it."""

    organisation: Organisation
    day: dt.date = DAY
    tables: Mapping[str, Mapping[str, Sequence[Row]]] = field(default_factory=dict)
    newest: dt.date | None = DAY
    metrics: Mapping[tuple[str, str], Number] = field(default_factory=dict)
    before: Mapping[tuple[str, str, int], Number] = field(default_factory=dict)
    weeks: Mapping[tuple[str, str], Mapping[dt.date, Number]] = field(default_factory=dict)
    pairs: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def rows(self, table: str, weeks: int = WEEKS) -> Rows | None:
        found = self.tables.get(table)
        return None if found is None else Rows(found, self.newest)

    def tells(self, table: str, column: str = "") -> frozenset[str]:
        found = self.tables.get(table, {})
        return frozenset(
            team for team, listed in found.items() if any(not column or row.get(column) is not None for row in listed)
        )

    def metric(self, metric: str, team: str, weeks: int, before: int = 0) -> Number | None:
        return self.before.get((metric, team, before)) if before else self.metrics.get((metric, team))

    def weekly(self, metric: str, team: str, weeks: int) -> Mapping[dt.date, Number]:
        return self.weeks.get((metric, team), {})

    def silent_pairs(self, team: str) -> tuple[int, int] | None:
        return self.pairs.get(team)


def organisation(text: str) -> Organisation:
    """The organisation of a file's text, below `version: 1`."""
    loaded = load_texts({"squads.yaml": f"version: 1\n{text}"})
    assert loaded.organisation is not None, loaded.problems
    return loaded.organisation


def rated(told: Told) -> dict[tuple[str, str], Rating]:
    """{(team, dimension): its rating} by the package's pack."""
    return {(one.team, one.dimension): one for one in ratings(pack_of(), told)}


def found(told: Told, team: str, measure: str) -> object:
    """What a measure sees of a team: its value, or why there is none."""
    from topology.maturity.evidence import Asked
    from topology.maturity.measure import Seen
    from topology.maturity.measures import MEASURES

    seen = MEASURES[measure].see(Asked(told, team))
    return seen.value if isinstance(seen, Seen) else seen
