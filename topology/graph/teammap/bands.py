"""Which team goes where: bands of the streams, platform boxes, pillars (docs/map.md, section 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from topology.graph.teammap.constants import MOST_PILLARS
from topology.graph.teammap.geometry import Tie
from topology.graph.teammap.order import pull
from topology.graph.teammap.text import clean
from topology.language import Text
from topology.model import Organisation

UNGROUPED, ENABLING, ENABLING_TEAMS = Text("Not in a grouping"), Text("Enabling"), Text("Enabling teams")
_ROW_ORDER = {"stream-aligned": 0, "undefined": 1, "platform": 2}


@dataclass
class Section:
    """Teams that share one box: a grouping's own, or those of a grouping inside it (which has a label)."""

    label: str | None
    rows: list[str] = field(default_factory=list)
    enabling: list[str] = field(default_factory=list)
    subsystems: list[str] = field(default_factory=list)

    @property
    def teams(self) -> list[str]:
        """Every team of the section."""
        return [*self.enabling, *self.subsystems, *self.rows]


@dataclass
class Band:
    """One dotted box: a top-level grouping, with one section for its own teams and one for each grouping inside."""

    id: str
    label: str
    platform: bool
    users: bool
    sections: list[Section]

    @property
    def teams(self) -> list[str]:
        """Every team of the band."""
        return [team for section in self.sections for team in section.teams]


@dataclass
class Placement:
    """All bands in their order, and the enabling teams that stand as pillars (or card rows) outside of them."""

    streams: list[Band]
    platforms: list[Band]
    pillars: list[str]


def place(organisation: Organisation, teams: set[str], ties: Sequence[Tie]) -> Placement:
    """Sorts the teams into bands; the order is file order, pulled by collaboration."""
    in_order = [id_ for id_ in organisation.teams if id_ in teams]
    homes = {team: _home(organisation, team) for team in in_order}
    enabling_only = _groups_of_one_type(organisation, homes, "enabling")
    platform_only = _groups_of_one_type(organisation, homes, "platform")

    pillars: list[str] = []
    by_group: dict[str | None, list[str]] = {}
    for team in in_order:
        home, type_ = homes[team], organisation.teams[team].type
        if type_ == "enabling" and (home is None or home in enabling_only):
            pillars.append(team)
        elif type_ == "complicated-subsystem" and home is None:
            by_group.setdefault(_consumers_home(organisation, team, homes, ties), []).append(team)
        elif type_ == "platform" and home is None:
            by_group.setdefault("", []).append(team)
        else:
            by_group.setdefault(home, []).append(team)
    collaborations = [(tie.first, tie.second) for tie in ties if tie.mode == "collaboration"]
    bands = [
        _band(organisation, group, members, collaborations, platform=group == "" or _is_platform(organisation, group, platform_only))
        for group, members in sorted(by_group.items(), key=lambda item: _file_position(organisation, item[0]))
    ]  # fmt: skip
    placement = Placement(
        [b for b in bands if not b.platform], [b for b in bands if b.platform], pillars[:MOST_PILLARS]
    )
    if pillars[MOST_PILLARS:]:
        placement.streams.insert(0, Band(".enabling", ENABLING, platform=False, users=False,
                                         sections=[Section(None, enabling=pillars[MOST_PILLARS:])]))  # fmt: skip
    placement.streams = _pull_bands(placement.streams, collaborations)
    return placement


def _home(organisation: Organisation, team: str) -> str | None:
    """The outermost grouping of a team; None when it has none."""
    lineage = organisation.lineage(organisation.teams[team].group)
    return lineage[-1] if lineage else None


def _groups_of_one_type(organisation: Organisation, homes: dict[str, str | None], type_: str) -> set[str]:
    types: dict[str, set[str]] = {}
    for team, home in homes.items():
        if home is not None:
            types.setdefault(home, set()).add(organisation.teams[team].type)
    return {home for home, found in types.items() if found == {type_}}


def _is_platform(organisation: Organisation, group: str | None, platform_only: set[str]) -> bool:
    return group is not None and (group in platform_only or organisation.groups[group].kind == "platform")


def _file_position(organisation: Organisation, group: str | None) -> int:
    """Groupings in file order; teams without one come last."""
    groups = list(organisation.groups)
    return groups.index(group) if group in organisation.groups else len(groups)


def _consumers_home(
    organisation: Organisation, team: str, homes: dict[str, str | None], ties: Sequence[Tie]
) -> str | None:
    """The grouping with most of a subsystem's stream-aligned consumers; the smaller id on a tie."""
    consumers = [tie.second for tie in ties if tie.mode == "x-as-a-service" and tie.first == team]
    counts = Counter(
        home for one in consumers if organisation.teams[one].type == "stream-aligned" and (home := homes[one])
    )
    return min(counts, key=lambda home: (-counts[home], home)) if counts else None


def _band(
    organisation: Organisation, group: str | None, teams: list[str], pairs: list[tuple[str, str]], *, platform: bool
) -> Band:
    label = clean(organisation.group_name(group)) if group else UNGROUPED
    sections: dict[str | None, Section] = {None: Section(None)}
    for team in teams:
        inner = [
            clean(organisation.group_name(one))
            for one in reversed(organisation.lineage(organisation.teams[team].group))
        ][1:]
        title = " › ".join(inner) or None
        section = sections.setdefault(title, Section(title))
        match organisation.teams[team].type:
            case "enabling":
                section.enabling.append(team)
            case "complicated-subsystem" if not platform:
                section.subsystems.append(team)
            case _:
                section.rows.append(team)
    for section in sections.values():
        rows = (
            section.rows
            if platform
            else sorted(section.rows, key=lambda t: _ROW_ORDER.get(organisation.teams[t].type, 3))
        )
        section.rows = rows if platform else pull(rows, pairs)
        section.rows.sort(key=lambda t: 0 if platform else _ROW_ORDER.get(organisation.teams[t].type, 3))
    kept = [section for section in sections.values() if section.teams]
    users = bool(group) and not platform
    return Band(group or (".platforms" if platform else ".ungrouped"), label, platform, users, kept)


def _pull_bands(bands: list[Band], pairs: list[tuple[str, str]]) -> list[Band]:
    """Bands that are clearly each other's closest partner move together.

    Two shared collaborations alone would do it, were it not that in a dense organisation most bands share two: there
    the order then hung on single teams, and removing one moved the others by 196 units on average instead of 11
    (docs/decisions/0005).
    """
    home = {team: band.id for band in bands for team in band.teams}
    shared: Counter[tuple[str, str]] = Counter()
    for first, second in pairs:
        if first in home and second in home and home[first] != home[second]:
            shared[home[first], home[second]] += 1
            shared[home[second], home[first]] += 1
    partner = {band.id: _clear_partner(band.id, shared) for band in bands}
    by_id = {band.id: band for band in bands}
    close = [(one, other) for one, other in partner.items() if other is not None and partner[other] == one]
    return [by_id[id_] for id_ in pull(list(by_id), close)]


def _clear_partner(band: str, shared: Counter[tuple[str, str]]) -> str | None:
    """The band with which this one shares at least two collaborations, and two more than with any other."""
    counts = sorted(((count, other) for (one, other), count in shared.items() if one == band), reverse=True)
    if not counts or counts[0][0] < 2:
        return None
    return counts[0][1] if len(counts) == 1 or counts[0][0] >= counts[1][0] + 2 else None
