"""Whom a team waits for, in the file."""

from __future__ import annotations

from typing import Any

from topology.planning.editor import Editor


def dependency_on(editor: Editor, team: str, on: str) -> tuple[int, dict[str, Any]] | None:
    """(index, entry) of a team's dependency on another; None where it has none."""
    return next((one for one in editor.items("teams", team, "depends_on") if one[1]["team"] == on), None)
