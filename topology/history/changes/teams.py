"""What changed of the teams: which there are, and everything inside each."""

from __future__ import annotations

from collections.abc import Iterator

from topology.history.changes.compared import Change, Compared, Sign, dump, how_of, sign_of
from topology.history.matching import matched
from topology.history.renames import Descent, descents
from topology.language import Told, told
from topology.model import Dependency, Organisation, Team
from topology.model.people import Lead
from topology.words import changes as words


def of_all(both: Compared) -> Iterator[Change]:
    """Teams that were renamed, are new, or are gone."""
    new = [id_ for id_ in both.new.teams if id_ not in both.kept]
    gone = [id_ for id_ in both.old.teams if id_ not in both.now]
    split = {one.team: one for one in descents(both.new, new, both.old)}
    merged = {one.team: one for one in descents(both.old, gone, both.new)}
    for one in both.renamed:
        old, now = both.old.team_name(one.before), both.name(one.after)
        said = told(words.renamed, old, one.before, now, one.after, one.evidence, one.inferred)
        yield Change("team", "~", said, (one.after,), both.at(("teams", one.after)), one.inferred)
    for id_ in new:
        yield _new_team(both, id_, split.get(id_))
    for id_ in gone:
        yield _gone_team(both, id_, merged.get(id_))


def _new_team(both: Compared, id_: str, split: Descent | None) -> Change:
    """What a new team brings is told with it."""
    team = both.new.teams[id_]
    seats = [
        f"{key.upper()} {_seat(both.new, seat)}" for key, seat in (("pm", team.pm), ("em", team.em)) if seat is not None
    ]
    waits = [f"{both.name(one.team)} ({one.kind})" for one in team.depends_on]
    parts = (("", seats), ("owns ", list(team.services)), ("depends on ", waits))
    said = told(
        words.team_is_new, both.name(id_), id_, team.type, team.since,
        both.name(both.later(split.other)) if split else "", split.evidence if split else "",
        [(verb, ", ".join(things)) for verb, things in parts],
    )  # fmt: skip
    return Change("team", "+", said, (id_,), both.at(("teams", id_)), split is not None)


def _gone_team(both: Compared, id_: str, merged: Descent | None) -> Change:
    team = both.old.teams[id_]
    name = team.name or id_
    if id_ in both.merged:
        into = both.merged[id_]
        said = told(words.team_went_into, name, id_, both.name(into))
        return Change("team", "−", said, (into,), both.at(("teams", into)))
    said = told(
        words.team_is_gone, name, id_, both.name(merged.other) if merged else "", merged.evidence if merged else "",
        list(team.services),
    )  # fmt: skip
    teams = () if id_ in both.new.teams else (id_,)  # (its id may be another team's now)
    return Change("team", "−", said, teams, both.was_at(("teams", id_)), merged is not None)


def of_each(both: Compared) -> Iterator[Change]:
    """What changed inside a team that is in both versions."""
    for earlier, later in both.now.items():
        old, new = both.old.teams[earlier], both.new.teams[later]
        if old == new and earlier == later and not both.renamed:
            continue
        for part in (_life, _type, _leads, _membership, _services, _dependencies, _members, _other_fields):
            yield from part(both, later, old, new)


def _life(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    for key in ("since", "until"):
        first, second = getattr(old, key), getattr(new, key)
        if first != second:
            said = told(words.life, both.name(id_), key, first, second)
            yield Change("team", "~", said, (id_,), both.at(("teams", id_, key)))
    if (old.name or "") != (new.name or "") and id_ not in both.renamed_ids:
        said = told(words.value, id_, " is called", new.name or id_, old.name or id_)
        yield Change("team", "~", said, (id_,), both.at(("teams", id_, "name")))
    known = {one.before for one in both.renamed if one.after == id_} | {
        one for one, into in both.merged.items() if into == id_
    }
    if [one for one in new.was if one not in known] != [one for one in old.was if one not in known]:
        said = told(words.value, both.name(id_), ", former ids:", words.said(new.was), words.said(old.was))
        yield Change("team", "~", said, (id_,), both.at(("teams", id_, "was")))


def _type(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    if old.type != new.type:
        said = told(words.value, both.name(id_), " is", new.type, old.type)
        yield Change("type", "~", said, (id_,), both.at(("teams", id_, "type")))


def _leads(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    for key in ("pm", "em"):
        first: Lead | None = getattr(old, key)
        second: Lead | None = getattr(new, key)
        if first == second:
            continue
        before, after = _seat(both.old, first), _seat(both.new, second)
        had, has = first is not None and first.filled, second is not None and second.filled
        sign: Sign = "~" if had == has else "+" if has else "−"
        if before == after:  # two people of one name, or a key of the seat's own
            before, after = (one.person or "nobody" if one else "nobody" for one in (first, second))
        otherwise = words.different(dump(first), dump(second)) if before == after else ""
        said = told(words.lead, both.name(id_), key, after, before, otherwise)
        yield Change("lead", sign, said, (id_,), both.at(("teams", id_, key)))


def _seat(organisation: Organisation, seat: Lead | None) -> str:
    if seat is None:
        return words.seat(None, False, False, None, None)
    person = organisation.person_name(seat.person) if seat.filled and seat.person is not None else None
    return words.seat(person, True, seat.status == "acting", seat.since, seat.until)


def _membership(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    if old.group != new.group:
        there, before = (
            organisation.group_name(group) if group else None
            for organisation, group in ((both.new, new.group), (both.old, old.group))
        )
        if there == before:  # two groupings of one name
            there, before = new.group, old.group
        said = told(words.group, both.name(id_), there, before)
        yield Change("grouping", "~", said, (id_,), both.at(("teams", id_, "group")))


def _services(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    for service in dict.fromkeys([*old.services, *new.services]):
        first, second = old.services.get(service), new.services.get(service)
        if first == second:
            continue
        how, sign = how_of(first, second)
        said = told(words.ownership, both.name(id_), service, how, words.different(dump(first), dump(second)))
        yield Change("ownership", sign, said, (id_,), both.at(("teams", id_, "services", service)))


def _dependencies(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    before = [(-1, one.model_copy(update={"team": both.later(one.team)})) for one in old.depends_on]
    after = list(enumerate(new.depends_on))
    for first, second in matched(before, after, key=lambda one: one[1].team, fields=lambda one: dump(one[1])):
        place = both.at(("teams", id_, "depends_on", second[0]) if second else ("teams", id_))
        sign, said, other = _depends(both, id_, first and first[1], second and second[1])
        yield Change("dependency", sign, said, (id_, other), place)


def _depends(both: Compared, id_: str, old: Dependency | None, new: Dependency | None) -> tuple[Sign, Told, str]:
    one = new or old
    assert one is not None
    how, sign = how_of(old, new)
    fields = words.different(dump(old), dump(new))
    return sign, told(words.dependency, both.name(id_), both.name(one.team), how, one.kind, fields), one.team


def _members(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    place = both.at(("teams", id_, "members"))
    joined, left = [], []
    for first, second in matched(old.members, new.members, key=lambda one: one.person, fields=dump):
        if first is None and second is not None:
            joined.append(both.new.person_name(second.person))
        elif second is None and first is not None:
            left.append(both.old.person_name(first.person))
        elif first is not None and second is not None:
            fields = words.different(dump(first), dump(second))
            said = told(words.of_whom, both.name(id_), both.new.person_name(second.person), fields)
            yield Change("people", "~", said, (id_,), place)
    moved: tuple[tuple[Sign, str, list[str]], ...] = (("+", "joined", joined), ("−", "left", left))
    for sign, how, people in moved:
        if people:
            yield Change("people", sign, told(words.members, both.name(id_), how, people), (id_,), place)
    if old.size != new.size:
        said = told(words.value, both.name(id_), ": size", words.said(new.size), words.said(old.size))
        yield Change("people", "~", said, (id_,), both.at(("teams", id_, "size")))


_TOLD = {"since", "until", "name", "type", "pm", "em", "group", "services", "depends_on", "members", "size", "was"}


def _other_fields(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    """Everything else, so that nothing changes in silence."""
    first, second = dump(old), dump(new)
    for key in dict.fromkeys([*first, *second]):
        if key not in _TOLD and first.get(key) != second.get(key):
            kind = "objective" if key in ("objectives", "targets", "positions") else "other"
            said = told(words.turned_field, both.name(id_), key, first.get(key), second.get(key))
            yield Change(kind, sign_of(first.get(key), second.get(key)), said, (id_,), both.at(("teams", id_, key)))
