"""What changed of the teams: which there are, and everything inside each."""

from __future__ import annotations

from collections.abc import Iterator

from topology.history.changes.compared import Change, Compared, Sign
from topology.history.changes.words import dump, fields, on_day, said, sign_of, turned
from topology.history.matching import matched
from topology.history.renames import Descent, descents
from topology.model import Dependency, Organisation, Team
from topology.model.people import Lead


def of_all(both: Compared) -> Iterator[Change]:
    """Teams that were renamed, are new, or are gone."""
    new = [id_ for id_ in both.new.teams if id_ not in both.kept]
    gone = [id_ for id_ in both.old.teams if id_ not in both.now]
    split = {one.team: one for one in descents(both.new, new, both.old)}
    merged = {one.team: one for one in descents(both.old, gone, both.new)}
    for one in both.renamed:
        names = f"{both.old.team_name(one.before)} ({one.before}) is now {both.name(one.after)} ({one.after})"
        why = f"; inferred, {one.evidence}; `was: [{one.before}]` would make it certain" if one.inferred else ""
        yield Change("team", "~", names + why, (one.after,), both.at(("teams", one.after)), one.inferred)
    for id_ in new:
        yield _new_team(both, id_, split.get(id_))
    for id_ in gone:
        yield _gone_team(both, id_, merged.get(id_))


def _new_team(both: Compared, id_: str, split: Descent | None) -> Change:
    """What a new team brings is told with it."""
    team = both.new.teams[id_]
    text = f"{both.name(id_)} ({id_}, {team.type}) is new" + (f" from {team.since} on" if team.since else "")
    if split is not None:
        text += f"; split from {both.name(both.later(split.other))}: {split.evidence} were there (inferred)"
    seats = [
        f"{key.upper()} {_seat(both.new, seat)}" for key, seat in (("pm", team.pm), ("em", team.em)) if seat is not None
    ]
    waits = [f"{both.name(one.team)} ({one.kind})" for one in team.depends_on]
    for words, parts in (("", seats), ("owns ", list(team.services)), ("depends on ", waits)):
        text += f"; {words}{', '.join(parts)}" if parts else ""
    return Change("team", "+", text, (id_,), both.at(("teams", id_)), split is not None)


def _gone_team(both: Compared, id_: str, merged: Descent | None) -> Change:
    team = both.old.teams[id_]
    name = team.name or id_
    if id_ in both.merged:
        text = f"{name} ({id_}) went into {both.name(both.merged[id_])}"
        return Change("team", "−", text, (both.merged[id_],), both.at(("teams", both.merged[id_])))
    text = f"{name} ({id_}) is gone from the file"
    if merged is not None:
        text += f"; merged into {both.name(merged.other)}: {merged.evidence} are there (inferred)"
    else:
        text += f"; it owned {', '.join(team.services)}" if team.services else ""
        text += "; nothing is deleted: a team that ends gets `until`, a renamed one `was`"
    teams = () if id_ in both.new.teams else (id_,)  # (its id may be another team's now)
    return Change("team", "−", text, teams, both.was_at(("teams", id_)), merged is not None)


def of_each(both: Compared) -> Iterator[Change]:
    """What changed inside a team that is in both versions."""
    for earlier, later in both.now.items():
        old, new = both.old.teams[earlier], both.new.teams[later]
        if old == new and earlier == later and not both.renamed:
            continue
        for part in (_life, _type, _leads, _membership, _services, _dependencies, _members, _other_fields):
            yield from part(both, later, old, new)


def _life(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    for key, verb in (("since", "begins"), ("until", "ends")):
        first, second = getattr(old, key), getattr(new, key)
        if first != second:
            text = f"{both.name(id_)} {verb} {on_day(second)}" + (f", before: {first}" if first else "")
            yield Change("team", "~", text, (id_,), both.at(("teams", id_, key)))
    if (old.name or "") != (new.name or "") and id_ not in both.renamed_ids:
        text = f"{id_} is called {new.name or id_}, before: {old.name or id_}"
        yield Change("team", "~", text, (id_,), both.at(("teams", id_, "name")))
    told = {one.before for one in both.renamed if one.after == id_} | {
        one for one, into in both.merged.items() if into == id_
    }
    if [one for one in new.was if one not in told] != [one for one in old.was if one not in told]:
        text = f"{both.name(id_)}, former ids: {said(new.was)}, before: {said(old.was)}"
        yield Change("team", "~", text, (id_,), both.at(("teams", id_, "was")))


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
        had, has = first is not None and first.filled, second is not None and second.filled
        sign: Sign = "~" if had == has else "+" if has else "−"
        if before == after:  # two people of one name, or a key of the seat's own
            before, after = (one.person or "nobody" if one else "nobody" for one in (first, second))
        words = f"{after}, before: {before}" if before != after else fields(first, second)
        text = f"{both.name(id_)}, {role}: {words}"
        yield Change("lead", sign, text, (id_,), both.at(("teams", id_, key)))


def _seat(organisation: Organisation, seat: Lead | None) -> str:
    if seat is None:
        return "nobody declared"
    dates = "".join(f" {word} {day}" for word, day in (("from", seat.since), ("until", seat.until)) if day)
    if not seat.filled or seat.person is None:
        return "vacant" + dates
    return organisation.person_name(seat.person) + (" (acting)" if seat.status == "acting" else "") + dates


def _membership(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    if old.group != new.group:
        there, before = (
            organisation.group_name(group) if group else "no grouping"
            for organisation, group in ((both.new, new.group), (both.old, old.group))
        )
        if there == before:
            there, before = new.group or there, old.group or before
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
            yield Change("ownership", "~", f"{both.name(id_)} owns {service}: {fields(first, second)}", (id_,), place)


def _dependencies(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    before = [(-1, one.model_copy(update={"team": both.later(one.team)})) for one in old.depends_on]
    after = list(enumerate(new.depends_on))
    for first, second in matched(before, after, key=lambda one: one[1].team, fields=lambda one: dump(one[1])):
        if second is not None:
            place, other = both.at(("teams", id_, "depends_on", second[0])), second[1]
        else:
            assert first is not None
            place, other = both.at(("teams", id_)), first[1]
        yield Change(
            "dependency", *_depends(both, id_, first and first[1], second and second[1]), (id_, other.team), place
        )


def _depends(both: Compared, id_: str, old: Dependency | None, new: Dependency | None) -> tuple[Sign, str]:
    if new is None:
        assert old is not None
        return "−", f"{both.name(id_)} no longer depends on {both.name(old.team)} ({old.kind})"
    on = f"{both.name(id_)} depends on {both.name(new.team)}"
    return ("+", f"{on} ({new.kind})") if old is None else ("~", f"{on}: {fields(old, new)}")


def _members(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    place = both.at(("teams", id_, "members"))
    joined, left = [], []
    for first, second in matched(old.members, new.members, key=lambda one: one.person, fields=dump):
        if first is None and second is not None:
            joined.append(both.new.person_name(second.person))
        elif second is None and first is not None:
            left.append(both.old.person_name(first.person))
        elif first is not None and second is not None:
            text = f"{both.name(id_)}, {both.new.person_name(second.person)}: {fields(first, second)}"
            yield Change("people", "~", text, (id_,), place)
    for sign, verb, people in (("+", "joined", joined), ("−", "left", left)):
        if people:
            yield Change("people", sign, f"{both.name(id_)}: {', '.join(people)} {verb}", (id_,), place)  # type: ignore[arg-type]
    if old.size != new.size:
        text = f"{both.name(id_)}: size {said(new.size)}, before: {said(old.size)}"
        yield Change("people", "~", text, (id_,), both.at(("teams", id_, "size")))


_TOLD = {"since", "until", "name", "type", "pm", "em", "group", "services", "depends_on", "members", "size", "was"}


def _other_fields(both: Compared, id_: str, old: Team, new: Team) -> Iterator[Change]:
    """Everything else, so that nothing changes in silence."""
    first, second = dump(old), dump(new)
    for key in dict.fromkeys([*first, *second]):
        if key not in _TOLD and first.get(key) != second.get(key):
            kind = "objective" if key in ("objectives", "targets", "positions") else "other"
            text = f"{both.name(id_)}, {turned(key, first.get(key), second.get(key))}"
            yield Change(kind, sign_of(first.get(key), second.get(key)), text, (id_,), both.at(("teams", id_, key)))
