"""A team ends, and what it does with others ends with it."""

from __future__ import annotations

from topology.model.values import Day, Id
from topology.planning.editor import Editor
from topology.planning.interactions import end_entry, of_team
from topology.planning.verb import Args, Verb
from topology.words import planning as words


class EndTeam(Args):
    """The team, and the first day without it."""

    team: Id
    day: Day


def _write(editor: Editor, args: EndTeam) -> None:
    editor.team(args.team)
    for index, _, ending in of_team(editor, args.team, args.day):
        end_entry(editor, index, ending, args.day)
    editor.set(("teams", args.team, "until"), args.day)


VERB = Verb(
    "end-team", EndTeam, _write, lambda names, args: words.end_team(names, args.team, args.day),
    reads=lambda editor, args: editor.team(args.team).get("until"), kind="end",
)  # fmt: skip
