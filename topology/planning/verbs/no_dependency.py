"""A team does not wait for another one any more."""

from __future__ import annotations

from topology.model.values import Id
from topology.planning.dependencies import dependency_on
from topology.planning.editor import Editor
from topology.planning.verb import Args, Verb
from topology.words import planning as words


class NoDependency(Args):
    """The team, and whom it waited for."""

    team: Id
    on: Id


def _write(editor: Editor, args: NoDependency) -> None:
    editor.team(args.team)
    editor.team(args.on)
    if found := dependency_on(editor, args.team, args.on):
        editor.remove(("teams", args.team, "depends_on", found[0]))


VERB = Verb(
    "no-dependency", NoDependency, _write, lambda names, args: words.no_dependency(names, args.team, args.on),
    reads=lambda editor, args: (found := dependency_on(editor, args.team, args.on)) and found[1], kind="dependency",
)  # fmt: skip
