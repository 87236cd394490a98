"""The seat of a product manager or an engineering manager is filled, filled for now, or said to be vacant."""

from __future__ import annotations

from typing import Any, Literal

from topology.model.values import Id
from topology.planning.editor import Editor
from topology.planning.people import declare
from topology.planning.remarks import remark_of, take_out
from topology.planning.verb import SeatArgs, Verb
from topology.source.edit.values import plain
from topology.words import planning as words

RULES = {"pm": "TT701", "em": "TT702"}  # what says that a squad is without one


class Seat(SeatArgs):
    """The team, which seat, who sits there; a remark that silenced the empty seat goes with it, unless it is to stay."""

    team: Id
    seat: Literal["pm", "em"]
    remark: Literal["out", "stays"] = "out"


def _write(editor: Editor, args: Seat) -> None:
    editor.team(args.team)
    path = ("teams", args.team, args.seat)
    if args.person is not None:
        declare(editor, args.person, args.seat)
        if args.remark == "out" and (remark := remark_of(editor, path, RULES[args.seat])):
            take_out(editor, remark)
    editor.set(path, _value(editor.get(*path), args))


def _value(old: Any, args: Seat) -> Any:
    """The seat as it will be: of somebody who sits there already, what else the file says of it stays."""
    if not isinstance(old, dict) or args.person is None or old.get("person") != args.person:
        return args.value
    kept = {key: value for key, value in old.items() if key != "status"}
    status = {"status": "acting"} if args.status == "acting" else {}
    since = {"since": args.since} if args.since else {}
    found = {"person": args.person, **status, **kept, **since}
    return old if plain(found) == old else found


VERB = Verb(
    "seat", Seat, _write, lambda names, args: words.seat(names, args.team, args.seat, args.status, args.person),
    reads=lambda editor, args: editor.team(args.team).get(args.seat),
)  # fmt: skip
