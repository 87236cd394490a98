"""Two versions of an organisation on one map: nothing moves between before and after, since both lie on the union of the two.

A team that moves, or changes its type, leaves an absent twin where it stood, so that its old place stays as an empty slot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from topology.graph.teammap.geometry import MapLayout, Tie
from topology.graph.teammap.layout import layout_of
from topology.graph.teammap.ties import ORDER, ordered, ties_on
from topology.model import Organisation, Team

TWIN = "was:"  # no id of a file has a colon


def real(team: str) -> str:
    """The id of a team, of its twin too."""
    return team.removeprefix(TWIN)


@dataclass(frozen=True, eq=False)
class TwoVersions:
    """Two versions on one day. Ids are those of the later version."""

    before: Organisation
    after: Organisation
    later: Callable[[str], str]
    """The later id of an earlier team."""
    day: dt.date

    @cached_property
    def old(self) -> dict[str, Team]:
        """The teams of the day in the earlier version, by later id."""
        return {self.later(id_): team for id_, team in self.before.teams_on(self.day).items()}

    @cached_property
    def new(self) -> dict[str, Team]:
        """The teams of the day in the later version."""
        return self.after.teams_on(self.day)

    @cached_property
    def stood_elsewhere(self) -> frozenset[str]:
        """The teams of both versions that moved, or that changed their type."""
        both = ((id_, self.old[id_], team) for id_, team in self.new.items() if id_ in self.old)
        return frozenset(id_ for id_, old, new in both if (old.group, old.type) != (new.group, new.type))

    @property
    def fresh(self) -> frozenset[str]:
        """The teams that are new."""
        return frozenset(self.new) - frozenset(self.old)

    @property
    def gone(self) -> frozenset[str]:
        """The teams that end."""
        return frozenset(self.old) - frozenset(self.new)

    @cached_property
    def union(self) -> Organisation:
        """Both versions in one, with the twins beside those who moved; in the order of the earlier file."""
        teams: dict[str, Team] = {}
        for id_, old in self.old.items():
            teams[id_] = self.new.get(id_, old)
            if id_ in self.stood_elsewhere:
                teams[f"{TWIN}{id_}"] = old
        groups = {**self.before.groups, **self.after.groups}
        return self.after.model_copy(update={"teams": {**teams, **self.new}, "groups": groups})

    @cached_property
    def _ties(self) -> tuple[dict[str, Tie], dict[str, Tie]]:
        """The ties of each version by their key in the union."""
        later = {id_: self.later(id_) for id_ in self.before.teams}
        stood = {id_: f"{TWIN}{now}" if now in self.stood_elsewhere else now for id_, now in later.items()}
        return self._in_union(self.before, stood), self._in_union(self.after, {})

    def _in_union(self, organisation: Organisation, known: Mapping[str, str]) -> dict[str, Tie]:
        """The ties of a version between the ids that its teams have in the union."""
        found = {}
        for one in ties_on(organisation, self.day, set(organisation.teams_on(self.day)), None):
            ends = (known.get(one.first, one.first), known.get(one.second, one.second))
            first, second = ordered(one.mode, ends)
            names = one.names if (first, second) == ends else (one.names[1], one.names[0])
            tie = replace(one, first=first, second=second, names=names, shown=(dt.date.min, dt.date.max))
            found[tie.key] = tie
        return found

    @cached_property
    def crossed(self) -> frozenset[str]:
        """The keys of the ties that end between the two versions: not those that only follow a team to its new place."""
        before, after = self._ties
        there = {_without_twins(one) for one in after.values()}
        return frozenset(key for key, one in before.items() if key not in after and _without_twins(one) not in there)

    def layout(self, width: float, *, earlier: bool = False) -> MapLayout:
        """The map of the later version, or of the earlier one, on the same places."""
        before, after = self._ties
        shown, other = (before, after) if earlier else (after, before)
        crossed = frozenset() if earlier else self.crossed
        ties = [
            one if key in shown or key in crossed else replace(one, state=None)
            for key, one in {**other, **shown}.items()
        ]
        ties.sort(key=lambda tie: (ORDER.index(tie.mode), tie.first, tie.second))
        standing = {f"{TWIN}{id_}" if id_ in self.stood_elsewhere else id_ for id_ in self.old}
        return layout_of(
            self.union, standing if earlier else set(self.new), set(self.union.teams), ties, width, crossed
        )


def _without_twins(tie: Tie) -> tuple[str, str, str]:
    """What makes two ties the same, wherever their teams stand."""
    return tie.mode, *ordered(tie.mode, (real(tie.first), real(tie.second)))
