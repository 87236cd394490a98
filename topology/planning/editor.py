"""The organisation's texts under several edits, each verified, and the looks that verbs take at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from topology.source import edit
from topology.source.comments import comments_of
from topology.source.edit import Edit, EditError
from topology.source.edit.values import plain
from topology.source.load import tree_of
from topology.source.shape import Path, describe
from topology.source.tree import Mapping as Tree


class Editor:
    """The texts as they are after the edits so far."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)

    # -- looking ------------------------------------------------------------------------------------------------------

    @property
    def tree(self) -> Tree:
        """Keys and items of the texts."""
        try:
            return tree_of(self.texts)
        except ValueError as error:
            raise EditError(f"the file cannot be read: {error}") from None

    def get(self, *path: str | int) -> Any:
        """The plain value at a path; None where there is none."""
        node: Any = self.tree
        for part in path:
            there = part in node if isinstance(node, dict) else isinstance(node, list) and part in range(len(node))
            if not there:
                return None
            node = node[part]
        return plain(node)

    def team(self, id_: str) -> dict[str, Any]:
        """What the file says of a team. Raises EditError where there is no such team."""
        found = self.get("teams", id_)
        if found is None and id_ not in (self.get("teams") or {}):
            raise EditError(f"there is no team `{id_}`")
        return found or {}

    def needs(self, section: str, word: str, id_: str | None) -> None:
        """Raises EditError where an id is named that its section does not have."""
        if id_ is not None and id_ not in (self.get(section) or {}):
            raise EditError(f"there is no {word} `{id_}`")

    # -- editing ------------------------------------------------------------------------------------------------------

    def set(self, path: Path, value: Any) -> None:
        """Sets a value, of a key that may be new; None takes the key out."""
        if value is not None:
            self.make(edit.set_value(self.texts, path, value))
        elif self.get(*path) is not None:
            self.make(edit.remove(self.texts, path))

    def append(self, path: Path, *values: Any) -> None:
        """Adds items at the end of a list; a list that is not there is made."""
        there = self.get(*path)
        if not values:
            return
        if isinstance(there, list) and there:
            self.make(edit.extend(self.texts, path, values))
        elif there is None or there == []:
            self.set(path, list(values))
        else:
            raise EditError(f"{describe(path)} is no list; change it by hand")

    def put(self, path: Path, value: Any) -> None:
        """Adds an entry to a mapping of a team, such as a service; a mapping that is not there is made."""
        if self.get(*path[:-1]):
            self.make(edit.add(self.texts, path, value))
        else:
            self.set(path[:-1], {path[-1]: value})

    def remove(self, path: Path) -> None:
        """Removes an entry; a list or mapping of a team that would be left empty goes with it, unless comments stand in it."""
        one = edit.remove(self.texts, path)
        if len(self.get(*path[:-1])) == 1 and len(path) > 2:
            whole = edit.remove(self.texts, path[:-1])
            if self._comments_after(whole) == self._comments_after(one):
                one = whole
        self.make(one)

    def rename(self, section: str, old: str, new: str) -> None:
        """Renames an id everywhere."""
        self.make(edit.rename_id(self.texts, section, old, new))

    def make(self, one: Edit) -> None:
        """Applies a verified edit."""
        self.texts = one.apply(self.texts)

    def _comments_after(self, one: Edit) -> int:
        after = one.apply(self.texts)
        return sum(len(comments_of(after[file], file)) for file in {splice.file for splice in one.splices})

    # -- lists that may have a short form -----------------------------------------------------------------------------

    def items(self, *path: str | int) -> Iterator[tuple[int, Any]]:
        """(index, plain value) of the items of a list; none where there is no list."""
        found = self.get(*path)
        yield from enumerate(found if isinstance(found, list) else ())
