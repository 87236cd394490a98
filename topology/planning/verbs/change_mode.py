"""Two teams go on in another mode: the old interaction ends, and a new one begins."""

from __future__ import annotations

from pydantic import Field, model_validator

from topology.model import Mode
from topology.model.values import Day, Id
from topology.planning.editor import Editor
from topology.planning.interactions import end, entry_of, found, running, says
from topology.planning.verb import Args, InteractionRef, Verb
from topology.words import planning as words


class ChangeMode(Args):
    """Which one, the new mode with its teams (the one that provides or helps first), the day, and until when."""

    interaction: InteractionRef
    mode: Mode
    teams: tuple[Id, Id]
    day: Day
    until: Day | None = None
    why: str | None = Field(default=None, max_length=500)

    @model_validator(mode="after")
    def _same(self) -> ChangeMode:
        if {*self.teams} != {*self.interaction.teams}:
            raise ValueError("the teams are other ones than the interaction's")
        if self.mode == self.interaction.mode:
            raise ValueError("this is the mode that it has")
        return self


def _write(editor: Editor, args: ChangeMode) -> None:
    why = {"collaboration": "purpose", "facilitating": "outcome"}.get(args.mode)
    said = {why: args.why} if why and args.why else {}
    goes_on = entry_of(args.mode, args.teams, **said, since=args.day, until=args.until)
    if says(editor, goes_on) and "ended" in found(editor, args.interaction).entry:
        return
    end(editor, running(editor, args.interaction), args.day)
    editor.append(("interactions",), goes_on)


VERB = Verb(
    "change-mode", ChangeMode, _write,
    lambda names, args: words.change_mode(names, args.interaction.mode, args.mode, args.teams, args.day),
    reads=lambda editor, args: found(editor, args.interaction).entry, kind="mode",
)  # fmt: skip
