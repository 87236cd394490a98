"""Remarks of the file that silence a rule, which a change may leave without any use."""

from __future__ import annotations

from topology.planning.editor import Editor
from topology.rules.suppressions import suppressions_of
from topology.source import Place
from topology.source.edit import without_comment
from topology.source.shape import Path
from topology.source.tree import locate


def remark_of(editor: Editor, path: Path, rule: str) -> Place | None:
    """Where a remark silences this rule, and no other, on the line of a value; None where there is none."""
    place = locate(editor.tree, path)
    if place is None:
        return None
    for one in suppressions_of(editor.texts, editor.tree):
        if (one.place.file, one.place.line) == (place.file, place.line) and one.codes == {rule}:
            return one.place
    return None


def take_out(editor: Editor, place: Place) -> None:
    """Takes the comment at a place out."""
    editor.make(without_comment(editor.texts, place))
