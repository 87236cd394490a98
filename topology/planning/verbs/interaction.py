"""A new interaction."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from topology.model import Mode
from topology.model.values import Day, Id
from topology.planning.editor import Editor
from topology.planning.interactions import entry_of, every
from topology.planning.verb import Args, Verb
from topology.source.edit import EditError
from topology.words import planning as words


class Interaction(Args):
    """Its mode, its teams (the one that provides or helps first), its days, and what it is for."""

    mode: Mode
    teams: Annotated[tuple[Id, ...], Field(min_length=2, max_length=100)]
    since: Day | None = None
    until: Day | None = None
    why: str | None = Field(default=None, max_length=500)

    @model_validator(mode="after")
    def _teams(self) -> Interaction:
        if len(set(self.teams)) < len(self.teams):
            raise ValueError("a team does not interact with itself")
        if self.mode != "x-as-a-service" and len(self.teams) > 2:
            raise ValueError(f"{self.mode} is of two teams")
        if self.since and self.until and self.until <= self.since:
            raise ValueError("until is not after since")
        return self


def _write(editor: Editor, args: Interaction) -> None:
    for team in args.teams:
        editor.team(team)
    why = {"collaboration": "purpose", "facilitating": "outcome"}.get(args.mode)
    said = {why: args.why} if why and args.why else {}
    entry = entry_of(args.mode, args.teams, **said, since=args.since, until=args.until)
    if _is_there(editor, args):
        return
    editor.append(("interactions",), entry)


def _is_there(editor: Editor, args: Interaction) -> bool:
    """Whether the file says it already. Raises EditError where it does for some of the consumers."""
    since = args.since.isoformat() if args.since else None
    told = {frozenset(one.pair): one.entry for one in every(editor)
            if (one.entry["mode"], one.entry.get("since")) == (args.mode, since) and "ended" not in one.entry
            and (args.mode == "collaboration" or one.pair[0] == args.teams[0])}  # fmt: skip
    asked = {frozenset((args.teams[0], one)) for one in args.teams[1:]}
    if told.keys() & asked and not asked <= told.keys():
        raise EditError("a part of this interaction is in the file already; leave those teams out")
    until = args.until.isoformat() if args.until else None
    if any(told[pair].get("until") != until for pair in asked & told.keys()):
        raise EditError("the file has this interaction with another `until`; change its days")
    return asked <= told.keys()


VERB = Verb(
    "interaction",
    Interaction,
    _write,
    lambda names, args: words.interaction(names, args.mode, args.teams, args.since, args.until),
)
