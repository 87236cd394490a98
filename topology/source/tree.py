"""Plain values that remember where each key and item of a YAML text stands.

A mapping is a `dict`, a sequence a `list`, a scalar a `str` (or None), so that pydantic reads them as they are;
what they are worth is decided by the model, which makes `no`, `off` and `on` ordinary text (YAML 1.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from topology.source.place import Place

Mark = tuple[str, Any, Any]
"""A file's name, the start mark and the end mark of PyYAML (lines and columns from 0)."""


class Mapping(dict[str, Any]):
    """A YAML mapping. `marks` holds, for each entry, its file and the start and end of its key and of its value."""

    __slots__ = ("marks", "size")

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[
            str, tuple[str, Any, Any, Any, Any]
        ] = {}  # (one tuple an entry: large files have a hundred thousand)
        self.size = 1

    def key_mark(self, key: str) -> Mark:
        """The place of a key."""
        return self.marks[key][:3]

    def value_mark(self, key: str) -> Mark:
        """The place of a value."""
        file, _, _, start, end = self.marks[key]
        return file, start, end


class Sequence(list[Any]):
    """A YAML sequence. `marks` holds the place of each item."""

    __slots__ = ("marks", "size")

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark] = []
        self.size = 1


def place_of(mark: Mark) -> Place:
    """The place of a mark; a value over several lines is marked to the end of its first line at most."""
    file, start, end = mark
    if end.line != start.line:
        return Place(file, start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    return Place(file, start.line + 1, start.column + 1, end.line + 1, max(end.column, start.column + 1) + 1)


def locate(tree: Mapping, path: tuple[str | int, ...], *, key: bool = False) -> Place | None:
    """The place of the value (or the key) at `path`, or of its nearest part that stands in the file.

    A part that is written in short form (`pm: nadia` for `pm: {person: nadia}`) ends the walk at the value.
    """
    found: Mark | None = None
    node: Any = tree
    for index, part in enumerate(path):
        last = index == len(path) - 1
        if isinstance(node, Mapping) and part in node and part in node.marks:
            child = node[str(part)]
            wants_key = isinstance(child, Mapping | Sequence) or (last and key)
            found = node.key_mark(str(part)) if wants_key else node.value_mark(str(part))
            node = child
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            found, node = node.marks[part], node[part]
        elif not isinstance(node, Mapping | Sequence):
            break
    return place_of(found) if found else None


def objects_by_line(tree: Mapping) -> dict[tuple[str, int], tuple[int, int]]:
    """{(file, line): (first, last) line of the entry or item that begins there}; of several that begin on a line, the outermost."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    containers: list[Any] = [tree]
    for node in containers:  # (outer ones before inner ones: the list grows while it is walked)
        for value, begin, end in _children(node):
            first = begin[1].line + 1
            found.setdefault((begin[0], first), (first, _last_line(value, end)))
            if isinstance(value, Mapping | Sequence) and _own(value, begin, end):
                containers.append(value)
    return found


def _own(value: Mapping | Sequence, begin: Mark, end: Mark) -> bool:
    """Whether a value stands where its entry does; what an alias stands for is elsewhere, and looked at there."""
    first = next(iter(_children(value)), None)
    return first is None or first[1][0] != begin[0] or first[1][1].index >= begin[1].index


def _children(node: Mapping | Sequence) -> Iterator[tuple[Any, Mark, Mark]]:
    """(value, where its entry begins, where its value stands) of each entry or item."""
    if isinstance(node, Mapping):
        return ((value, node.key_mark(key), node.value_mark(key)) for key, value in node.items())
    return ((value, mark, mark) for value, mark in zip(node, node.marks, strict=True))


def _last_line(value: Any, mark: Mark) -> int:
    """The line of the last scalar of a value. (A block's own end is where the next thing begins.)"""
    while isinstance(value, Mapping | Sequence) and value:
        *_, (inner, _, inner_mark) = _children(value)
        if inner_mark[1].index < mark[1].index:
            break  # an alias: what it stands for is elsewhere
        value, mark = inner, inner_mark
    end: int = mark[2].line + 1
    return end - 1 if mark[2].column == 0 and end > mark[1].line + 1 else end
