"""Two versions side by side, and what a change between them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from topology.history.renames import Rename, renames
from topology.language import Told
from topology.model import Organisation
from topology.source import Loaded, Place
from topology.source.tree import locate

Sign = Literal["+", "−", "~"]
Path = tuple[str | int, ...]
# What changes for the most people first: {kind: title}, in the order of a report.
TITLES = {
    "team": "Teams", "type": "Team types", "lead": "Product and engineering managers", "grouping": "Groupings", "ownership": "Ownership",
    "interaction": "Interactions", "dependency": "Dependencies", "people": "People", "action": "Actions",
    "agreement": "Agreements", "workshop": "Workshops", "roadmap": "Roadmap", "objective": "Objectives",
    "indicator": "Indicators", "other": "Other",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what, which teams (by their later id), and where it stands."""

    kind: str
    sign: Sign
    told: Told
    """What it says; `text` makes the sentence."""
    teams: tuple[str, ...] = ()
    place: Place | None = None
    """In the later version; in the earlier one for what is gone."""
    inferred: bool = False
    pair: tuple[str, str] | None = None
    """The two teams of an interaction, for the picture."""
    mode: str = ""

    @property
    def text(self) -> str:
        """The change in words."""
        return str(self.told)


@dataclass(frozen=True)
class Compared:
    """Two organisations side by side; ids of earlier teams are given as later ids."""

    before: Loaded
    after: Loaded
    renamed: tuple[Rename, ...]
    now: Mapping[str, str]
    """{earlier id: later id} of every team of both versions."""
    merged: Mapping[str, str]
    """{earlier id: later id of the team that it went into}, as `was` declares."""

    @property
    def old(self) -> Organisation:
        """The earlier organisation; empty when there was none."""
        return self.before.organisation or Organisation(version=1)

    @property
    def new(self) -> Organisation:
        """The later organisation; empty when there is none."""
        return self.after.organisation or Organisation(version=1)

    @cached_property
    def renamed_ids(self) -> dict[str, str]:
        """{later id: earlier id} of the teams that were renamed."""
        return {one.after: one.before for one in self.renamed}

    @cached_property
    def kept(self) -> frozenset[str]:
        """The later ids of teams that are in both versions."""
        return frozenset(self.now.values())

    def at(self, path: Path) -> Place | None:
        """A place in the later version."""
        return locate(self.after.tree, path) if self.after.tree is not None else None

    def was_at(self, path: Path) -> Place | None:
        """A place in the earlier version."""
        return locate(self.before.tree, path) if self.before.tree is not None else None

    def name(self, team: str) -> str:
        """The name of a team by its later id, or by its earlier one when it is gone; the id where the name is blank."""
        name = self.new.team_name(team) if team in self.new.teams else self.old.team_name(team)
        return name.strip() or team

    def later(self, team: str) -> str:
        """The later id of an earlier team."""
        return self.now.get(team) or self.merged.get(team, team)


_NOTHING: tuple[Any, ...] = (None, [], {})


def dump(value: Any) -> dict[str, Any]:
    """A model as plain values, with its defaults; nothing for None."""
    found: dict[str, Any] = {} if value is None else value.model_dump(mode="json")
    return found


def sign_of(old: Any, new: Any) -> Sign:
    """+ for what was nothing before, − for what is nothing now, else ~."""
    return "+" if old in _NOTHING else "−" if new in _NOTHING else "~"


def how_of(old: object, new: object) -> tuple[str, Sign]:
    """Whether something is new, gone or changed, and its sign."""
    return ("new", "+") if old is None else ("gone", "−") if new is None else ("changed", "~")


def compare(before: Loaded, after: Loaded) -> Compared:
    """The two versions, with their renames."""
    old, new = before.organisation or Organisation(version=1), after.organisation or Organisation(version=1)
    found, merged = renames(old, new)
    now = {one.before: one.after for one in found}
    taken = set(now.values())
    now |= {
        id_: id_ for id_ in old.teams if id_ in new.teams and id_ not in now and id_ not in taken and id_ not in merged
    }
    return Compared(before, after, tuple(found), now, merged)
