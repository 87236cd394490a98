"""Mends what can be mended safely: spellings of known words, dates, keys that are called otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from topology.source.edit.operations import tree_of
from topology.source.edit.spans import Document
from topology.source.edit.splices import Edit, EditError, Splice
from topology.source.edit.values import flow
from topology.source.load import load_texts
from topology.source.problem import Fix
from topology.source.tree import Mapping as Tree

MOST_ROUNDS = 20  # a renamed key brings up what stands below it: one round a level, and files are six levels deep


def fixed(texts: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """(the texts after every safe fix, how many places were mended)."""
    after, count = dict(texts), 0
    for _ in range(MOST_ROUNDS):
        problems = load_texts(after).problems
        # Two keys that would both become `since` are for a person: only the first is renamed.
        fixes = {(fix.path[:-1], fix.text) if fix.key else fix.path: fix for one in problems if (fix := one.fix)}
        edit = _together(after, fixes.values())
        if edit is None or len(load_texts(edit.apply(after)).problems) >= len(problems):
            break
        count += len(edit.splices)
        after = edit.apply(after)
    return after, count


def _together(texts: Mapping[str, str], fixes: Iterable[Fix]) -> Edit | None:
    """The fixes as one edit (the file is read once for all of them); None when there is nothing to do."""
    try:
        tree, document = tree_of(texts), Document(texts)
    except EditError:
        return None
    splices = [splice for fix in fixes if (splice := _splice(texts, tree, document, fix)) is not None]
    try:
        return Edit.of(splices) if splices else None
    except EditError:  # (two fixes of one place: a person decides)
        return None


def _splice(texts: Mapping[str, str], tree: Tree, document: Document, fix: Fix) -> Splice | None:
    """What one fix writes; None where it cannot be written safely."""
    node: Any = tree
    for part in fix.path[:-1]:
        node = node[part]
    key = fix.path[-1]
    try:
        if fix.key:
            if fix.text in node:
                return None
            start, end = document.key_span(node, str(key))
        else:
            start, end = document.value_span(node, key)
    except EditError:  # an alias or an anchor
        return None
    file = document.file(node, key, key=fix.key)
    return Splice(file, start, texts[file][start:end], flow(fix.text))
