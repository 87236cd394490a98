"""A team is split: a part of it becomes a new team; its id and its history stay with the team that keeps the name."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from topology.model import TeamType
from topology.model.values import Day, Id, ServiceId
from topology.planning.dependencies import dependency_on
from topology.planning.editor import Editor
from topology.planning.handover import hand_over, leave, member
from topology.planning.verb import Args, SeatArgs, Verb
from topology.planning.verbs.new_team import add_team
from topology.source.edit import EditError
from topology.words import planning as words


class Split(Args):
    """The team; the id and name of the new one, from when on; and what goes with it."""

    team: Id
    id: Id
    name: str | None = Field(default=None, min_length=1, max_length=100)
    day: Day
    members: tuple[Id, ...] = ()
    services: tuple[ServiceId, ...] = ()
    domains: tuple[str, ...] = ()
    dependencies: tuple[Id, ...] = ()
    pm: SeatArgs | None = None
    em: SeatArgs | None = None
    type: TeamType | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Split:
        for several in (self.members, self.services, self.domains, self.dependencies):
            if len(set(several)) < len(several):
                raise ValueError("the same goes twice")
        return self


def _write(editor: Editor, args: Split) -> None:
    team = editor.team(args.team)
    if (editor.get("teams", args.id) or {}).get("since") == args.day.isoformat():
        return  # (it was split before)
    seats = {"pm": args.pm, "em": args.em}
    services = {id_: _service(team, id_, args) for id_ in args.services}
    domains = [_one(editor, args.team, "domains", "name", name)[1] for name in args.domains]
    waits = [_waiting(editor, args, on) for on in args.dependencies]
    add_team(
        editor, args.id, args.name, args.type or team.get("type", "undefined"), team.get("group"), args.day, seats,
        members=[_member(editor, args, person) for person in args.members] or None,
        domains=domains or None, services=services or None, depends_on=waits or None,
    )  # fmt: skip
    for person in args.members:
        leave(editor, args.team, person, args.day)
    if "size" in team and args.members:
        editor.set(("teams", args.team, "size"), max(1, int(team["size"]) - len(args.members)))
    for id_ in args.services:
        hand_over(editor, args.team, id_, args.day)
    for name in args.domains:
        editor.remove(("teams", args.team, "domains", _one(editor, args.team, "domains", "name", name)[0]))
    for on in args.dependencies:
        if found := dependency_on(editor, args.team, on):
            editor.remove(("teams", args.team, "depends_on", found[0]))


def _service(team: dict[str, Any], id_: str, args: Split) -> dict[str, Any]:
    service = (team.get("services") or {}).get(id_, False)
    if service is False or (service or {}).get("until", "9999") <= args.day.isoformat():
        raise EditError(f"`{args.team}` has no service `{id_}`")
    return {**{key: value for key, value in (service or {}).items() if key != "until"}, "since": args.day}


def _one(editor: Editor, team: str, part: str, key: str, value: str) -> tuple[int, dict[str, Any]]:
    for index, one in editor.items("teams", team, part):
        if one[key] == value:
            return index, one
    raise EditError(f"`{team}` has no {value!r} under `{part}`")


def _waiting(editor: Editor, args: Split, on: str) -> dict[str, Any]:
    found = dependency_on(editor, args.team, on)
    if found is None:
        raise EditError(f"`{args.team}` does not wait for `{on}`")
    return found[1]


def _member(editor: Editor, args: Split, person: str) -> Any:
    entry = member(editor, args.team, person)[1]
    if isinstance(entry, str):
        return entry
    kept = {key: value for key, value in entry.items() if key not in ("since", "until")}
    return kept if len(kept) > 1 else person


VERB = Verb("split", Split, _write, lambda names, args: words.split(names, args.team, args.name or args.id))
