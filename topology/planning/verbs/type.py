"""A team becomes one of another type."""

from __future__ import annotations

from topology.model import TeamType
from topology.model.values import Id
from topology.planning.editor import Editor
from topology.planning.verb import Args, Verb
from topology.words import planning as words


class Type(Args):
    """The team and its type."""

    team: Id
    type: TeamType


def _write(editor: Editor, args: Type) -> None:
    editor.team(args.team)
    editor.set(("teams", args.team, "type"), args.type)


VERB = Verb(
    "type", Type, _write, lambda names, args: words.type_(names, args.team, args.type),
    reads=lambda editor, args: editor.team(args.team).get("type"),
)  # fmt: skip
