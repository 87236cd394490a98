"""A team gets another name, or another id, with what it was called before."""

from __future__ import annotations

from pydantic import Field, model_validator

from topology.model.values import Id
from topology.planning.editor import Editor
from topology.planning.verb import Args, Verb
from topology.words import planning as words


class Rename(Args):
    """The team, and its new name, its new id, or both."""

    team: Id
    name: str | None = Field(default=None, min_length=1, max_length=100)
    id: Id | None = None

    @model_validator(mode="after")
    def _something(self) -> Rename:
        if self.name is None and self.id is None:
            raise ValueError("say name, id or both")
        return self


def _write(editor: Editor, args: Rename) -> None:
    if args.id is not None and args.team in (editor.get("teams", args.id, "was") or ()):
        return  # (it was renamed before)
    editor.team(args.team)
    if args.name is not None:
        editor.set(("teams", args.team, "name"), args.name)
    if args.id is not None and args.id != args.team:
        editor.rename("teams", args.team, args.id)


VERB = Verb(
    "rename", Rename, _write, lambda names, args: words.rename(names, args.team, args.name, args.id),
    reads=lambda editor, args: editor.get("teams", args.team, "name"), kind="name",
)  # fmt: skip
