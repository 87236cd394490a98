"""The rows of the grid: teams by grouping, in the order of the file whatever their levels; and the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from topology.graph.teammap.bands import ENABLING, UNGROUPED
from topology.graph.teammap.text import clean
from topology.maturity.levels import Rating
from topology.maturity.pack import Pack
from topology.maturity.voices.snapshot import Snapshot
from topology.model import Organisation, TeamType

OWN_KIND = ("platform", "enabling")  # dimensions of one kind of team share the last column


@dataclass(frozen=True, slots=True)
class Column:
    """A column: one dimension, or the dimensions of one kind of team each."""

    label: str
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A team with its rating on each dimension that is for it."""

    id: str
    name: str
    type: TeamType
    ratings: Mapping[str, Rating]

    def cell(self, column: Column) -> Rating | None:
        """What stands in a column; None where the dimension is not for this team."""
        return next((self.ratings[one] for one in column.dimensions if one in self.ratings), None)


@dataclass(frozen=True, slots=True)
class Group:
    """A top-level grouping with its teams."""

    id: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Said:
    """What people answered of a dimension, where it may be shown: `asked` has the question of each."""

    snapshot: Snapshot | None
    asked: Mapping[str, str]

    def counts(self, team: str, dimension: str) -> Sequence[int] | None:
        """Answers on each level; None where nobody was asked, or it is hidden."""
        found = self.snapshot.teams.get(team, {}) if self.snapshot else {}
        return found.get(self.asked.get(dimension, ""))

    def hides(self, team: str, dimension: str) -> bool:
        """Whether people were asked, and it is not shown what they said."""
        return self.snapshot is not None and self.snapshot.hides(team, self.asked.get(dimension, ""))


def columns_of(pack: Pack, ratings: Sequence[Rating]) -> list[Column]:
    """The dimensions that any team is looked at by, in the pack's order; those of one kind of team together at the end."""
    there = {one.dimension for one in ratings if one.team}
    own = tuple(name for name, one in pack.dimensions.items() if name in there and set(one.applies_to) <= set(OWN_KIND))
    found = [
        Column(str(pack.dimensions[name].name), (name,))
        for name in pack.dimensions
        if name in there and name not in own
    ]
    return [*found, *([Column("Own kind", own)] if own else [])]


def groups_of(organisation: Organisation, ratings: Sequence[Rating]) -> list[Group]:
    """Groupings in the order of the file, each with its teams in that order, complicated subsystems last."""
    by_team: dict[str, dict[str, Rating]] = {}
    for one in ratings:
        if one.team:
            by_team.setdefault(one.team, {})[one.dimension] = one
    homes: dict[str, list[Row]] = {group: [] for group in organisation.groups}
    homes |= {ENABLING: [], UNGROUPED: []}
    for id_, told in by_team.items():
        team = organisation.teams[id_]
        lineage = organisation.lineage(team.group)
        home = lineage[-1] if lineage else ENABLING if team.type == "enabling" else UNGROUPED
        homes[home].append(Row(id_, clean(organisation.team_name(id_)), team.type, told))
    return [
        Group(
            home,
            clean(organisation.group_name(home)),
            tuple(sorted(rows, key=lambda row: row.type == "complicated-subsystem")),
        )
        for home, rows in homes.items()
        if rows
    ]
