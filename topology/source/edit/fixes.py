"""Mends what can be mended safely: spellings of known words, dates, keys that are called otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from topology.source.edit.operations import rename_key, set_value
from topology.source.edit.splices import Edit, EditError
from topology.source.load import load_texts
from topology.source.problem import Fix

MOST_ROUNDS = 20  # a renamed key brings up what stands below it: one round a level, and files are six levels deep


def fixed(texts: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """(the texts after every safe fix, how many places were mended)."""
    after, count = dict(texts), 0
    for _ in range(MOST_ROUNDS):
        # Two keys that would both become `since` are for a person: only the first is renamed.
        fixes = {
            (fix.path[:-1], fix.text) if fix.key else fix.path: fix
            for one in load_texts(after).problems
            if (fix := one.fix)
        }
        edits = [edit for fix in fixes.values() if (edit := _edit(after, fix))]
        if not edits:
            break
        together = _together(edits)
        count += len(together.splices)
        after = together.apply(after)
    return after, count


def _edit(texts: Mapping[str, str], fix: Fix) -> Edit | None:
    try:
        return rename_key(texts, fix.path, fix.text) if fix.key else set_value(texts, fix.path, fix.text)
    except (EditError, ValueError):  # what cannot be edited stays a problem for a person
        return None


def _together(edits: list[Edit]) -> Edit:
    """As many of the edits as fit together; the others come in the next round."""
    found = Edit(())
    for one in edits:
        try:
            found = Edit.of([*found.splices, *one.splices])
        except EditError:
            continue
    return found
