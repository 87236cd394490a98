"""An interaction gets other days."""

from __future__ import annotations

from pydantic import model_validator

from topology.model.values import Day
from topology.planning.editor import Editor
from topology.planning.interactions import Found, on_its_own, running
from topology.planning.verb import Args, InteractionRef, Verb
from topology.source.edit import EditError
from topology.words import planning as words


class DateInteraction(Args):
    """Which one, and its first and its expected last day; one that is not given stays."""

    interaction: InteractionRef
    since: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _days(self) -> DateInteraction:
        if self.since is None and self.until is None:
            raise ValueError("say since, until or both")
        return self


def _write(editor: Editor, args: DateInteraction) -> None:
    one = _meant(editor, args)
    changed = {
        key: day
        for key, day in (("since", args.since), ("until", args.until))
        if day and one.entry.get(key) != day.isoformat()
    }
    if changed:
        index = on_its_own(editor, one)
        for key, day in changed.items():
            editor.set(("interactions", index, key), day)


def _meant(editor: Editor, args: DateInteraction) -> Found:
    """The interaction, by its first day too where that is changed already."""
    try:
        return running(editor, args.interaction)
    except EditError:
        if args.since is None:
            raise
        return running(editor, args.interaction.model_copy(update={"since": args.since}))


VERB = Verb(
    "date-interaction", DateInteraction, _write,
    lambda names, args: words.date_interaction(names, args.interaction.mode, args.interaction.teams, args.since, args.until),
    reads=lambda editor, args: _meant(editor, args).entry, kind="date",
)  # fmt: skip
