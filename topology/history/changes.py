"""What changed from one version of an organisation to another, most important first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from topology.history.renames import Rename, merges, renames, splits
from topology.model import Interaction, Organisation, Team
from topology.model.people import Lead
from topology.source import Loaded, Place
from topology.source.tree import locate

Sign = Literal["+", "−", "~"]
# The order of a report: what changes for the most people first.
KINDS = (
    "team",
    "type",
    "lead",
    "grouping",
    "ownership",
    "interaction",
    "dependency",
    "people",
    "roadmap",
    "objective",
    "indicator",
    "other",
)
TITLES = {
    "team": "Teams", "type": "Team types", "lead": "Product and engineering managers", "grouping": "Groupings", "ownership": "Ownership",
    "interaction": "Interactions", "dependency": "Dependencies", "people": "People", "roadmap": "Roadmap", "objective": "Objectives",
    "indicator": "Indicators", "other": "Other",
}  # fmt: skip
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what, which teams (by their later id), and where it stands."""

    kind: str
    sign: Sign
    text: str
    teams: tuple[str, ...] = ()
    place: Place | None = None
    """In the later version; in the earlier one for what is gone."""
    inferred: bool = False
    pair: tuple[str, str] | None = None
    """The two teams of an interaction, for the picture."""
    mode: str = ""


@dataclass(frozen=True)
class Compared:
    """Two organisations side by side; ids of earlier teams are given as later ids."""

    before: Loaded
    after: Loaded
    renamed: tuple[Rename, ...]
    now: Mapping[str, str]
    """{earlier id: later id} of every team of both versions."""

    @property
    def old(self) -> Organisation:
        """The earlier organisation; empty when there was none."""
        return self.before.organisation or Organisation(version=1)

    @property
    def new(self) -> Organisation:
        """The later organisation; empty when there is none."""
        return self.after.organisation or Organisation(version=1)

    def at(self, path: Path) -> Place | None:
        """A place in the later version."""
        return locate(self.after.tree, path) if self.after.tree is not None else None

    def was_at(self, path: Path) -> Place | None:
        """A place in the earlier version."""
        return locate(self.before.tree, path) if self.before.tree is not None else None

    def name(self, team: str) -> str:
        """The name of a team by its later id, or by its earlier one when it is gone."""
        return self.new.team_name(team) if team in self.new.teams else self.old.team_name(team)

    def later(self, team: str) -> str:
        """The later id of an earlier team."""
        return self.now.get(team, team)


def compare(before: Loaded, after: Loaded) -> Compared:
    """The two versions, with their renames."""
    old, new = before.organisation or Organisation(version=1), after.organisation or Organisation(version=1)
    found = renames(old, new)
    now = {id_: id_ for id_ in old.teams if id_ in new.teams} | {one.before: one.after for one in found}
    return Compared(before, after, tuple(found), now)


def changes(compared: Compared) -> list[Change]:
    """Every change, by importance, then in the order of the later file."""
    found = [
        one
        for part in (_teams, _of_teams, _groups, _interactions, _people, _roadmap, _indicators, _header)
        for one in part(compared)
    ]
    order = {kind: index for index, kind in enumerate(KINDS)}
    return sorted(found, key=lambda one: order[one.kind])


# -- teams ----------------------------------------------------------------------------------------------------------


def _teams(both: Compared) -> Iterator[Change]:
    descended = {one.team: one for one in splits(both.old, both.new, dict(both.now))}
    merged = {one.team: one for one in merges(both.old, both.new, dict(both.now))}
    for one in both.renamed:
        names = f"{both.old.team_name(one.before)} ({one.before}) is now {both.new.team_name(one.after)} ({one.after})"
        why = f"; inferred, {one.evidence}" if one.inferred else ""
        yield Change("team", "~", names + why, (one.after,), both.at(("teams", one.after)), one.inferred)
    for id_ in both.new.teams:
        if id_ not in both.now.values():
            team = both.new.teams[id_]
            text = f"{both.name(id_)} ({id_}, {team.type}) is new" + (f" from {team.since} on" if team.since else "")
            if split := descended.get(id_):
                text += f"; split from {both.name(split.other)}: {split.evidence} were there (inferred)"
            yield Change("team", "+", text, (id_,), both.at(("teams", id_)), id_ in descended)
    for id_ in both.old.teams:
        if id_ not in both.now:
            text = f"{both.name(id_)} ({id_}) is gone from the file"
            if into := merged.get(id_):
                text += f"; merged into {both.name(into.other)}: {into.evidence} are there (inferred)"
            else:
                text += "; nothing is deleted: a team that ends gets `until`, a renamed one `was`"
            yield Change("team", "−", text, (id_,), both.was_at(("teams", id_)), id_ in merged)


def _of_teams(both: Compared) -> Iterator[Change]:
    """What changed inside a team that is in both versions."""
    for earlier, later in both.now.items():
        old, new = both.old.teams[earlier], both.new.teams[later]
        if old == new and earlier == later:
            continue
        for part in (_life, _type, _leads, _membership, _services, _dependencies, _members, _other_fields):
            yield from part(both, later, old, new)


def _life(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    for key, verb in (("since", "begins"), ("until", "ends")):
        first, second = getattr(old, key), getattr(new, key)
        if first != second:
            text = f"{both.name(id_)} {verb} {_on(second)}" + (f", before: {first}" if first else "")
            yield Change("team", "~", text, (id_,), both.at(("teams", id_, key)))
    if (old.name or "") != (new.name or "") and id_ in both.old.teams:
        yield Change(
            "team",
            "~",
            f"`{id_}` is called {new.name or id_}, before: {old.name or id_}",
            (id_,),
            both.at(("teams", id_, "name")),
        )


def _type(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    if old.type != new.type:
        yield Change(
            "type", "~", f"{both.name(id_)} is {new.type}, before: {old.type}", (id_,), both.at(("teams", id_, "type"))
        )


def _leads(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    for key, role in (("pm", "product manager"), ("em", "engineering manager")):
        first, second = getattr(old, key), getattr(new, key)
        if first == second:
            continue
        before, after = _seat(both.old, first), _seat(both.new, second)
        sign: Sign = "−" if second is None or not second.filled else "+" if first is None or not first.filled else "~"
        text = f"{both.name(id_)}, {role}: {after}, before: {before}"
        yield Change("lead", sign, text, (id_,), both.at(("teams", id_, key)))


def _seat(organisation: Organisation, seat: Lead | None) -> str:
    if seat is None:
        return "nobody declared"
    if not seat.filled or seat.person is None:
        return "vacant"
    dates = "".join(f" {word} {day}" for word, day in (("from", seat.since), ("until", seat.until)) if day)
    return organisation.person_name(seat.person) + (" (acting)" if seat.status == "acting" else "") + dates


def _membership(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    if old.group != new.group:
        there = both.new.group_name(new.group) if new.group else "no grouping"
        before = both.old.group_name(old.group) if old.group else "no grouping"
        yield Change(
            "grouping",
            "~",
            f"{both.name(id_)} is in {there}, before: {before}",
            (id_,),
            both.at(("teams", id_, "group")),
        )


def _services(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    for service in dict.fromkeys([*old.services, *new.services]):
        first, second = old.services.get(service), new.services.get(service)
        place = both.at(("teams", id_, "services", service))
        if first is None:
            yield Change("ownership", "+", f"{both.name(id_)} owns {service}", (id_,), place)
        elif second is None:
            yield Change("ownership", "−", f"{both.name(id_)} no longer lists {service}", (id_,), place)
        elif first != second:
            yield Change("ownership", "~", f"{both.name(id_)} owns {service}: {_fields(first, second)}", (id_,), place)


def _dependencies(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    before = {both.later(one.team): one for one in old.depends_on}
    after = {one.team: (index, one) for index, one in enumerate(new.depends_on)}
    for other in dict.fromkeys([*before, *after]):
        first, (index, second) = before.get(other), after.get(other, (0, None))
        pair = (id_, other)
        if first is None and second is not None:
            text = f"{both.name(id_)} depends on {both.name(other)} ({second.kind})"
            yield Change("dependency", "+", text, pair, both.at(("teams", id_, "depends_on", index)))
        elif second is None:
            yield Change(
                "dependency",
                "−",
                f"{both.name(id_)} no longer depends on {both.name(other)}",
                pair,
                both.at(("teams", id_)),
            )
        elif first is not None and (first.kind, first.reason) != (second.kind, second.reason):
            text = f"{both.name(id_)} depends on {both.name(other)}: {_fields(first, second, skip=('team',))}"
            yield Change("dependency", "~", text, pair, both.at(("teams", id_, "depends_on", index)))


def _members(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    before, after = {one.person: one for one in old.members}, {one.person: one for one in new.members}
    place = both.at(("teams", id_, "members"))
    joined = [both.new.person_name(one) for one in after if one not in before]
    left = [both.old.person_name(one) for one in before if one not in after]
    if joined:
        yield Change("people", "+", f"{both.name(id_)}: {', '.join(joined)} joined", (id_,), place)
    if left:
        yield Change("people", "−", f"{both.name(id_)}: {', '.join(left)} left", (id_,), place)
    for person, first in before.items():
        if person in after and first != after[person]:
            text = (
                f"{both.name(id_)}, {both.new.person_name(person)}: {_fields(first, after[person], skip=('person',))}"
            )
            yield Change("people", "~", text, (id_,), place)
    if old.size != new.size:
        text = f"{both.name(id_)} gives {_or_none(new.size)} as its size, before: {_or_none(old.size)}"
        yield Change("people", "~", text, (id_,), both.at(("teams", id_, "size")))


_TOLD = {"since", "until", "name", "type", "pm", "em", "group", "services", "depends_on", "members", "size", "was"}


def _other_fields(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    """Everything else, so that nothing changes in silence."""
    first, second = _dump(old), _dump(new)
    for key in dict.fromkeys([*first, *second]):
        if key not in _TOLD and first.get(key) != second.get(key):
            kind = "objective" if key in ("objectives", "targets", "positions") else "other"
            text = f"{both.name(id_)}, {key}: {_said(second.get(key))}, before: {_said(first.get(key))}"
            yield Change(kind, _sign(first.get(key), second.get(key)), text, (id_,), both.at(("teams", id_, key)))


# -- the rest of the file -------------------------------------------------------------------------------------------


def _groups(both: Compared) -> Iterator[Change]:
    yield from _entries(both, "groups", "grouping", both.old.group_name, both.new.group_name)


def _people(both: Compared) -> Iterator[Change]:
    yield from _entries(both, "people", "people", both.old.person_name, both.new.person_name)


def _indicators(both: Compared) -> Iterator[Change]:
    yield from _entries(
        both,
        "kpis",
        "indicator",
        lambda id_: both.old.kpis[id_].name or id_,
        lambda id_: both.new.kpis[id_].name or id_,
    )


def _entries(
    both: Compared, section: str, kind: str, old_name: Callable[[str], str], new_name: Callable[[str], str]
) -> Iterator[Change]:
    before, after = getattr(both.old, section), getattr(both.new, section)
    noun = {"groups": "the grouping ", "people": "", "kpis": "the indicator "}[section]
    for id_ in dict.fromkeys([*after, *before]):
        if id_ not in before:
            yield Change(kind, "+", f"{noun}{new_name(id_)} ({id_}) is new", (), both.at((section, id_)))
        elif id_ not in after:
            yield Change(kind, "−", f"{noun}{old_name(id_)} ({id_}) is gone", (), both.was_at((section, id_)))
        elif before[id_] != after[id_]:
            text = f"{noun}{new_name(id_)}: {_fields(before[id_], after[id_])}"
            yield Change(kind, "~", text, (), both.at((section, id_)))


Pair = tuple[str, str, str]


def _interactions(both: Compared) -> Iterator[Change]:
    """Interactions by mode and pair of teams; of several of one pair the first goes with the first."""
    before, after = _by_pair(both.old, both.later), _by_pair(both.new, lambda team: team)
    for key in dict.fromkeys([*after, *before]):
        mode, first, second = key
        olds, news = before.get(key, []), after.get(key, [])
        common = [(old, new) for old in list(olds) for new in list(news) if _dated(old[1]) == _dated(new[1])]
        for old, new in common:
            if old in olds and new in news:
                olds.remove(old)
                news.remove(new)
        pair = (first, second)
        words = _WORDS[mode].format(both.name(first), both.name(second))
        for old, new in zip(olds, news, strict=False):
            text = f"{words}: {_fields(old[1], new[1], skip=('mode', 'between', 'provider', 'consumer', 'facilitator', 'team'))}"
            yield Change("interaction", "~", text, pair, both.at(("interactions", new[0])), pair=pair, mode=mode)
        for index, new_one in news[len(olds) :]:
            text = words + _period(new_one.since, new_one.until)
            yield Change("interaction", "+", text, pair, both.at(("interactions", index)), pair=pair, mode=mode)
        for index, old_one in olds[len(news) :]:
            hint = "" if old_one.ended or mode == "x-as-a-service" else "; what ends gets `ended`"
            place = both.was_at(("interactions", index))
            yield Change("interaction", "−", f"{words}: gone from the file{hint}", pair, place, pair=pair, mode=mode)


_WORDS = {
    "collaboration": "{0} and {1} collaborate",
    "x-as-a-service": "{0} serves {1}",
    "facilitating": "{0} helps {1}",
}


def _by_pair(organisation: Organisation, later: Callable[[str], str]) -> dict[Pair, list[tuple[int, Interaction]]]:
    found: dict[Pair, list[tuple[int, Interaction]]] = {}
    for index, one in enumerate(organisation.interactions):
        for first, second in one.pairs:
            ends = (later(first), later(second))
            if one.mode == "collaboration":
                ends = (min(ends), max(ends))
            found.setdefault((one.mode, *ends), []).append((index, one))
    return found


def _dated(one: Interaction) -> dict[str, Any]:
    """What an interaction says beside its teams."""
    return {
        key: value
        for key, value in _dump(one).items()
        if key not in ("between", "provider", "consumer", "facilitator", "team")
    }


def _roadmap(both: Compared) -> Iterator[Change]:
    before = {
        item.title: item.model_copy(update={"team": item.team and both.later(item.team)}) for item in both.old.roadmap
    }
    after = {item.title: (index, item) for index, item in enumerate(both.new.roadmap)}
    for title in dict.fromkeys([*after, *before]):
        index, item = after.get(title, (0, None))
        old = before.get(title)
        if item is not None and old is None:
            due = f", due {item.due}" if item.due else ""
            text = f"“{title}” ({item.category}{due}) is new"
            yield Change("roadmap", "+", text, _ids(item.team), both.at(("roadmap", index)))
        elif item is None and old is not None:
            yield Change("roadmap", "−", f"“{title}” is gone", _ids(old.team), None)
        elif item is not None and old is not None and item != old:
            text = f"“{title}”: {_fields(old, item)}"
            yield Change("roadmap", "~", text, _ids(item.team), both.at(("roadmap", index)))


def _header(both: Compared) -> Iterator[Change]:
    if both.old.organisation != both.new.organisation:
        text = f"the organisation: {_fields(both.old.organisation, both.new.organisation)}"
        yield Change("other", "~", text, (), both.at(("organisation",)))


# -- words ----------------------------------------------------------------------------------------------------------


def _dump(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = value.model_dump(mode="json", exclude_defaults=True)
    return found


def _fields(old: Any, new: Any, skip: tuple[str, ...] = ()) -> str:
    """`until 2026-12-18, before: 2026-10-02; purpose …`: the fields that differ."""
    first, second = _dump(old), _dump(new)
    keys = [key for key in dict.fromkeys([*second, *first]) if key not in skip and first.get(key) != second.get(key)]
    words = []
    for key in keys:
        before = f", before: {_said(first[key])}" if key in first else ""
        words.append(f"{key} {_said(second.get(key))}{before}")
    return "; ".join(words) or "written otherwise"


def _said(value: Any) -> str:
    """A value in a sentence, cut where it is long."""
    if value in (None, [], {}):
        return "nothing"
    if isinstance(value, dict):
        text = ", ".join(f"{key} {_said(one)}" for key, one in value.items())
    elif isinstance(value, list):
        text = "; ".join(_said(one) for one in value)
    else:
        text = str(value)
    return text if len(text) <= 120 else text[:117] + "…"


def _sign(old: Any, new: Any) -> Sign:
    return "+" if old in (None, [], {}) else "−" if new in (None, [], {}) else "~"


def _on(day: dt.date | None) -> str:
    return f"on {day}" if day else "without a date"


def _period(since: dt.date | None, until: dt.date | None) -> str:
    return (f" from {since}" if since else "") + (f" to {until}" if until else "")


def _or_none(value: object) -> str:
    return "nothing" if value is None else str(value)


def _ids(team: str | None) -> tuple[str, ...]:
    return (team,) if team else ()
