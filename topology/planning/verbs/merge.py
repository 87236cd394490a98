"""Two teams become one: one of them keeps its id and its history, the other ends, and what it had goes over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field, model_validator

from topology.model.values import Day, Id
from topology.planning.dependencies import dependency_on
from topology.planning.editor import Editor
from topology.planning.handover import hand_over
from topology.planning.interactions import Found, Pair, end, entry_of, every, in_order, open_ones
from topology.planning.verb import Args, Verb
from topology.words import planning as words


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
    editor.team(args.other)
    if args.name is not None:
        editor.set(("teams", args.team, "name"), args.name)
    _people(editor, args)
    _services(editor, args)
    _domains(editor, args)
    _dependencies(editor, args)
    _interactions(editor, args)
    for index, item in editor.items("roadmap"):
        if item.get("team") == args.other:
            editor.set(("roadmap", index, "team"), args.team)
    editor.set(("teams", args.other, "until"), args.day)


def _people(editor: Editor, args: Merge) -> None:
    """Members and seats of the other become members, nobody twice; a team that only counts its people counts theirs too."""
    kept, other = editor.team(args.team), editor.team(args.other)
    there = {_person(one) for one in [kept.get("pm"), kept.get("em"), *_present(kept, args.day)]}
    joining = {
        person: one
        for one in [*_present(other, args.day), _person(other.get("pm")), _person(other.get("em"))]
        if (person := _person(one)) and person not in there
    }
    counts = "size" in kept and not kept.get("members")
    if "size" in kept:
        more = int(other["size"]) if "size" in other and counts else len(joining)
        editor.set(("teams", args.team, "size"), int(kept["size"]) + more)
    if not counts:
        for person, one in joining.items():
            joins: dict[str, Any] = {**one} if isinstance(one, dict) else {"person": person}
            editor.append(("teams", args.team, "members"), {**joins, "since": args.day})


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
    for id_, service in (editor.team(args.other).get("services") or {}).items():
        if (service or {}).get("until", "9999") <= args.day.isoformat():
            continue
        if id_ not in (editor.team(args.team).get("services") or {}):
            editor.put(("teams", args.team, "services", id_), {**(service or {}), "since": args.day})
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
        if one["team"] != args.team and dependency_on(editor, args.team, one["team"]) is None:
            editor.append(("teams", args.team, "depends_on"), one)
    for id_ in editor.get("teams"):
        if id_ in (args.team, args.other) or (found := dependency_on(editor, id_, args.other)) is None:
            continue
        path = ("teams", id_, "depends_on", found[0])
        if dependency_on(editor, id_, args.team) is None:
            editor.set((*path, "team"), args.team)
        else:
            editor.remove(path)


def _interactions(editor: Editor, args: Merge) -> None:
    """Those of the other end; the one that stays goes on with them, unless it does so already."""
    for one in open_ones(editor, args.other, args.day):
        first, second = (args.team if team == args.other else team for team in one.pair)
        pair = (first, second)
        end(editor, one, args.day)
        if pair[0] != pair[1] and not _goes_on(editor, one, pair):
            editor.append(("interactions",), _continued(one, pair, args.day))


def _goes_on(editor: Editor, one: Found, pair: Pair) -> bool:
    """Whether the file has such an interaction of these two already, which has not ended."""
    mode = one.entry["mode"]
    return any(
        other.entry["mode"] == mode
        and in_order(mode, other.pair) == in_order(mode, pair)
        and "ended" not in other.entry
        for other in every(editor)
    )


def _continued(one: Found, pair: Pair, day: dt.date) -> dict[str, Any]:
    """The interaction as the team that stays goes on with it; one that is planned keeps its day."""
    who = ("mode", "between", "provider", "consumer", "facilitator", "team", "since", "ended")
    kept = {key: value for key, value in one.entry.items() if key not in who}
    since = max(day.isoformat(), one.entry.get("since", ""))
    if kept.get("until", "9999") <= since:
        del kept["until"]
    until = {"until": kept.pop("until")} if "until" in kept else {}
    return entry_of(one.entry["mode"], pair, **kept, since=since, **until)


VERB = Verb("merge", Merge, _write, lambda names, args: words.merge(names, args.team, args.other))
