"""A team moves to another grouping."""

from __future__ import annotations

from topology.model.values import Id
from topology.planning.editor import Editor
from topology.planning.verb import Args, Verb
from topology.words import planning as words


class Move(Args):
    """The team, and the grouping; none takes it out of its grouping."""

    team: Id
    group: Id | None


def _write(editor: Editor, args: Move) -> None:
    editor.team(args.team)
    editor.needs("groups", "grouping", args.group)
    editor.set(("teams", args.team, "group"), args.group)


VERB = Verb(
    "move", Move, _write, lambda names, args: words.move(names, args.team, args.group),
    reads=lambda editor, args: editor.team(args.team).get("group"),
)  # fmt: skip
