"""People whom a draft names."""

from __future__ import annotations

from topology.planning.editor import Editor

ROLES = {"pm": "product-manager", "em": "engineering-manager"}


def declare(editor: Editor, person: str, seat: str) -> None:
    """Adds somebody whom the file does not know yet, in a file that declares its people."""
    people = editor.get("people")
    if people and person not in people:
        editor.put(("people", person), {"role": ROLES[seat]})
