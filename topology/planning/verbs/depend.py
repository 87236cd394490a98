"""A team says that it waits for another one."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from topology.model.values import Id
from topology.planning.dependencies import dependency_on
from topology.planning.editor import Editor
from topology.planning.verb import Args, Verb
from topology.source.edit import EditError
from topology.words import planning as words


class Depend(Args):
    """The team, whom it waits for, how much that hurts, and why."""

    team: Id
    on: Id
    kind: Literal["ok", "slowing", "blocking"] = "ok"
    reason: str | None = Field(default=None, max_length=500)


def _write(editor: Editor, args: Depend) -> None:
    editor.team(args.team)
    editor.team(args.on)
    if args.team == args.on:
        raise EditError("a team does not wait for itself")
    found = dependency_on(editor, args.team, args.on)
    if found is not None:
        for key, value in (("kind", args.kind), ("reason", args.reason)):
            if value is not None and (found[1].get(key) or ("ok" if key == "kind" else None)) != value:
                editor.set(("teams", args.team, "depends_on", found[0], key), value)
        return
    said: dict[str, Any] = {"team": args.on, "kind": args.kind, "reason": args.reason}
    editor.append(("teams", args.team, "depends_on"), {key: value for key, value in said.items() if value is not None})


VERB = Verb(
    "depend", Depend, _write, lambda names, args: words.depend(names, args.team, args.on, args.kind),
    reads=lambda editor, args: (found := dependency_on(editor, args.team, args.on)) and found[1], kind="dependency",
)  # fmt: skip
