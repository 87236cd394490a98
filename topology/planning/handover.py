"""People and services who go from one team to another: what was stays with the team that had it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from topology.planning.editor import Editor
from topology.source.edit import EditError


def member(editor: Editor, team: str, person: str) -> tuple[int, Any]:
    """(index, entry) of a member who is still there. Raises EditError for somebody who is none."""
    for index, one in editor.items("teams", team, "members"):
        if one == person or (isinstance(one, dict) and one["person"] == person and "until" not in one):
            return index, one
    raise EditError(f"`{person}` is no member of `{team}`")


def leave(editor: Editor, team: str, person: str, day: dt.date) -> None:
    """Ends a membership: the past stays where it was."""
    index, entry = member(editor, team, person)
    path = ("teams", team, "members", index)
    if isinstance(entry, str):
        editor.set(path, {"person": person, "until": day})
    else:
        editor.set((*path, "until"), day)


def hand_over(editor: Editor, team: str, service: str, day: dt.date) -> None:
    """Ends the ownership of a service on a day: its past stays with the team."""
    path = ("teams", team, "services", service)
    if editor.get(*path):
        editor.set((*path, "until"), day)
    else:
        editor.set(path, {"until": day})
