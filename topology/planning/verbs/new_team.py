"""A new team."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from topology.model import TeamType
from topology.model.values import Day, Id
from topology.planning.editor import Editor
from topology.planning.people import declare
from topology.planning.verb import Args, SeatArgs, Verb
from topology.source.edit import EditError
from topology.words import planning as words


class NewTeam(Args):
    """Its id, and what is known of it."""

    id: Id
    name: str | None = Field(default=None, min_length=1, max_length=100)
    type: TeamType = "stream-aligned"
    group: Id | None = None
    since: Day | None = None
    pm: SeatArgs | None = None
    em: SeatArgs | None = None
    size: int | None = Field(default=None, ge=1, le=1000)


def _write(editor: Editor, args: NewTeam) -> None:
    there = editor.get("teams", args.id)
    if (
        isinstance(there, dict)
        and there.get("type") == args.type
        and args.since
        and there.get("since") == args.since.isoformat()
    ):
        return  # (it was made before)
    add_team(
        editor, args.id, args.name, args.type, args.group, args.since, {"pm": args.pm, "em": args.em}, size=args.size
    )


def add_team(
    editor: Editor, id_: str, name: str | None, type_: str, group: str | None, since: Any, seats: dict[str, SeatArgs | None],
    **more: Any,
) -> None:  # fmt: skip
    """Adds a team, its keys in the order of the format. Raises EditError for an id that is taken."""
    if id_ in (editor.get("teams") or {}):
        raise EditError(f"there is a team `{id_}` already")
    editor.needs("groups", "grouping", group)
    for seat, one in seats.items():
        if one is not None and one.person is not None:
            declare(editor, one.person, seat)
    sat = {key: one.value for key, one in seats.items() if one is not None}
    known = {"name": name, "type": type_, "group": group, "since": since, **sat, **more}
    editor.put(("teams", id_), {key: value for key, value in known.items() if value is not None})


VERB = Verb("new-team", NewTeam, _write, lambda names, args: words.new_team(args.name or args.id), kind="team")
