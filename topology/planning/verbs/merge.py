"""Two teams become one: one of them keeps its id and its history, the other ends, and what it had goes over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field, model_validator

from topology.model.values import Day, Id
from topology.planning.dependencies import dependency_on
from topology.planning.editor import Editor
from topology.planning.handover import hand_over
from topology.planning.interactions import Pair, end_entry, entry_of, every, in_order, is_open, of_team
from topology.planning.verb import Args, Verb
from topology.source.edit import EditError
from topology.words import planning as words

HARM = ("ok", "slowing", "blocking")  # of a dependency, the least first


class Merge(Args):
    """The team that keeps its id, the one that goes into it, the day, and a new name where it gets one."""

    team: Id
    other: Id
    day: Day
    name: str | None = Field(default=None, min_length=1, max_length=100)

    @model_validator(mode="after")
    def _two(self) -> Merge:
        if self.team == self.other:
            raise ValueError("a team is not merged with itself")
        return self


def _write(editor: Editor, args: Merge) -> None:
    editor.team(args.team)
    if editor.team(args.other).get("until", "9999") <= args.day.isoformat():
        return  # (it has ended by then)
    if args.name is not None:
        editor.set(("teams", args.team, "name"), args.name)
    _people(editor, args)
    _services(editor, args)
    _domains(editor, args)
    _dependencies(editor, args)
    _interactions(editor, args)
    _plans(editor, args)
    editor.set(("teams", args.other, "until"), args.day)


def _people(editor: Editor, args: Merge) -> None:
    """Members and seats of the other become members, nobody twice; a team that only counts its people counts theirs too. Raises EditError
    where one lists its people and the other only counts them: nobody knows who comes."""
    kept, other = editor.team(args.team), editor.team(args.other)
    if "size" in other and not other.get("members") and kept.get("members"):
        raise EditError(f"`{args.team}` lists its people and `{args.other}` only counts them; write who they are first")
    there = {_person(one) for one in [kept.get("pm"), kept.get("em"), *_present(kept, args.day)]}
    joining = {
        person: one
        for one in [*_present(other, args.day), _person(other.get("pm")), _person(other.get("em"))]
        if (person := _person(one)) and person not in there
    }
    counts = not kept.get("members") and ("size" in kept or "size" in other)
    if "size" in kept or counts:
        more = int(other["size"]) if "size" in other and counts else len(joining)
        editor.set(("teams", args.team, "size"), int(kept.get("size", len(there - {None}))) + more)
    if not counts:
        first = args.day.isoformat()
        joins: list[dict[str, Any]] = [
            {**one} if isinstance(one, dict) else {"person": person} for person, one in joining.items()
        ]
        editor.append(
            ("teams", args.team, "members"), *({**one, "since": max(one.get("since", ""), first)} for one in joins)
        )


def _present(team: dict[str, Any], day: dt.date) -> list[Any]:
    """The members who have not left by a day."""
    return [
        one for one in team.get("members") or [] if isinstance(one, str) or one.get("until", "9999") > day.isoformat()
    ]


def _person(seat: Any) -> str | None:
    """Who sits in a seat, or is a member."""
    if isinstance(seat, dict):
        return None if seat.get("status") == "vacant" else seat.get("person")
    return None if seat == "vacant" else seat


def _services(editor: Editor, args: Merge) -> None:
    """Those that the other owns by then; one that the team had before is its own again."""
    for id_, service in (editor.team(args.other).get("services") or {}).items():
        if (service or {}).get("until", "9999") <= args.day.isoformat():
            continue
        mine = (editor.team(args.team).get("services") or {}).get(id_, False)
        if mine is False:
            editor.put(("teams", args.team, "services", id_), {**(service or {}), "since": args.day})
        elif (mine or {}).get("until", "9999") <= args.day.isoformat():
            editor.set(("teams", args.team, "services", id_, "until"), None)
        hand_over(editor, args.other, id_, args.day)


def _domains(editor: Editor, args: Merge) -> None:
    there = {one["name"] for _, one in editor.items("teams", args.team, "domains")}
    editor.append(
        ("teams", args.team, "domains"),
        *(one for _, one in editor.items("teams", args.other, "domains") if one["name"] not in there),
    )


def _dependencies(editor: Editor, args: Merge) -> None:
    """Those of the other come over, those on the other are on the one that stays, and none is on itself."""
    if found := dependency_on(editor, args.team, args.other):
        editor.remove(("teams", args.team, "depends_on", found[0]))
    for _, one in list(editor.items("teams", args.other, "depends_on")):
        if one["team"] == args.team:
            continue
        mine = dependency_on(editor, args.team, one["team"])
        if mine is None:
            editor.append(("teams", args.team, "depends_on"), one)
        elif HARM.index(one.get("kind", "ok")) > HARM.index(mine[1].get("kind", "ok")):
            for key in ("kind", "reason"):  # (the one that hurts more is what the two wait for)
                editor.set(("teams", args.team, "depends_on", mine[0], key), one.get(key))
    for id_ in editor.get("teams"):
        if id_ in (args.team, args.other) or (found := dependency_on(editor, id_, args.other)) is None:
            continue
        path = ("teams", id_, "depends_on", found[0])
        if dependency_on(editor, id_, args.team) is None:
            editor.set((*path, "team"), args.team)
        else:
            editor.remove(path)


def _interactions(editor: Editor, args: Merge) -> None:
    """Those of the other end; the one that stays goes on with them, unless it does so already or they should have ended by then."""
    for index, entry, mine in of_team(editor, args.other, args.day):
        end_entry(editor, index, mine, args.day)
        going_on = [
            pair
            for one in mine
            if (pair := _of_kept(one, args))[0] != pair[1] and not _goes_on(editor, entry, pair, args.day)
        ]
        if not going_on or (entry["mode"] != "x-as-a-service" and entry.get("until", "9999") <= args.day.isoformat()):
            continue
        providers = {pair[0] for pair in going_on}
        together = [(*providers, *(pair[1] for pair in going_on))] if len(providers) == 1 else going_on
        editor.append(("interactions",), *(_continued(editor, entry, teams, args.day) for teams in together))


def _of_kept(pair: Pair, args: Merge) -> Pair:
    first, second = (args.team if team == args.other else team for team in pair)
    return first, second


def _same(editor: Editor, entry: dict[str, Any], pair: Pair, day: dt.date) -> list[dict[str, Any]]:
    """The entries of these two in this mode that have not ended by a day."""
    mode = entry["mode"]
    return [
        one.entry for one in every(editor)
        if one.entry["mode"] == mode and in_order(mode, one.pair) == in_order(mode, pair) and is_open(one.entry, day)
    ]  # fmt: skip


def _goes_on(editor: Editor, entry: dict[str, Any], pair: Pair, day: dt.date) -> bool:
    """Whether the two do so already, and not past its end."""
    begins = max(day.isoformat(), entry.get("since", ""))
    return any(one.get("since", "") <= begins < one.get("until", "9999") for one in _same(editor, entry, pair, day))


def _continued(editor: Editor, entry: dict[str, Any], teams: tuple[str, ...], day: dt.date) -> dict[str, Any]:
    """The interaction as the team that stays goes on with it: one that is planned keeps its day, and one ends where the file plans the
    next of the same two."""
    who = ("mode", "between", "provider", "consumer", "facilitator", "team", "since")
    kept = {key: value for key, value in entry.items() if key not in who}
    since = max(day.isoformat(), entry.get("since", ""))
    following = [
        one["since"] for one in _same(editor, entry, (teams[0], teams[1]), day) if one.get("since", "") > since
    ]
    if following:
        kept["until"] = min([*following, kept.get("until", "9999")])
    days = {key: kept.pop(key) for key in ("until", "ended") if key in kept}
    if days.get("until", "9999") <= since:
        del days["until"]
    return entry_of(entry["mode"], teams, **kept, since=since, **days)


def _plans(editor: Editor, args: Merge) -> None:
    """Items of the roadmap, open actions and agreements are about the team that stays."""
    for index, item in editor.items("roadmap"):
        if item.get("team") == args.other:
            editor.set(("roadmap", index, "team"), args.team)
    open_ones = [
        ("actions", id_) for id_, one in (editor.get("actions") or {}).items() if one.get("status", "open") == "open"
    ]
    for section, id_ in [*open_ones, *(("agreements", id_) for id_ in editor.get("agreements") or {})]:
        about = editor.get(section, id_, "teams") or []
        if args.other in about:
            path = (section, id_, "teams", about.index(args.other))
            if args.team in about:
                editor.remove(path)
            else:
                editor.set(path, args.team)


VERB = Verb("merge", Merge, _write, lambda names, args: words.merge(names, args.team, args.other))
