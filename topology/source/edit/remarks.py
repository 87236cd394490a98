"""Takes out a comment that is not true any more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from topology.source.edit.operations import tree_of
from topology.source.edit.splices import Edit, EditError, Splice
from topology.source.edit.values import plain
from topology.source.lines import BREAK
from topology.source.place import Place

_BREAK = re.compile(BREAK)


def without_comment(texts: Mapping[str, str], place: Place) -> Edit:
    """Removes the comment at a place to the end of its line, with the blanks before it; its line too, where nothing else stands on it.
    Raises EditError where no comment stands there."""
    text = texts.get(place.file, "")
    shift = 1 if text.startswith("\ufeff") else 0
    starts = [shift, *(found.end() for found in _BREAK.finditer(text))]
    line = starts[place.line - 1] if place.line <= len(starts) else len(text)
    start = line + place.column - 1
    found = _BREAK.search(text, start)
    end = found.start() if found else len(text)
    if text[start : start + 1] != "#":
        raise EditError(f"{place}: no comment stands there")
    if text[line:start].strip():
        start = line + len(text[line:start].rstrip())
    else:
        start, end = line, found.end() if found else end
    edit = Edit.of([Splice(place.file, start, text[start:end], "")])
    if plain(tree_of(edit.apply(texts))) != plain(tree_of(texts)):
        raise EditError(f"{place}: this is no comment of its own; take it out by hand")
    return edit
