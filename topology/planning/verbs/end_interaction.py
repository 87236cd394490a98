"""An interaction ends; a service may take its place."""

from __future__ import annotations

import datetime as dt

from topology.model.values import Day, Id
from topology.planning.editor import Editor
from topology.planning.interactions import end, entry_of, found, says
from topology.planning.verb import Args, InteractionRef, Verb
from topology.source.edit import EditError
from topology.words import planning as words


class EndInteraction(Args):
    """Which one, its last day, and the team that goes on as a service to the other."""

    interaction: InteractionRef
    day: Day
    provider: Id | None = None


def _write(editor: Editor, args: EndInteraction) -> None:
    end(editor, found(editor, args.interaction), args.day)
    if args.provider is not None:
        consumers = [team for team in args.interaction.teams if team != args.provider]
        if len(consumers) != 1:
            raise EditError(f"`{args.provider}` is none of the two teams")
        service = entry_of("x-as-a-service", (args.provider, *consumers), since=args.day)
        if not says(editor, service):
            editor.append(("interactions",), service)


def _last(args: EndInteraction) -> dt.date:
    """Its last day: of one that has not begun, that on which it would have begun."""
    since = args.interaction.since
    return max(args.day, since) if since else args.day


VERB = Verb(
    "end-interaction", EndInteraction, _write,
    lambda names, args: words.end_interaction(names, args.interaction.mode, args.interaction.teams, _last(args), args.provider),
    reads=lambda editor, args: found(editor, args.interaction).entry, kind="end",
)  # fmt: skip
