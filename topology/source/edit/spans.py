"""Where keys, values and containers stand in their texts, in characters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from topology.source.comments import comments_of
from topology.source.edit.splices import EditError, Splice
from topology.source.lines import BREAK
from topology.source.shape import Path, describe
from topology.source.tree import Mapping as Tree
from topology.source.tree import Mark, Sequence

Container = Tree | Sequence
_BREAK = re.compile(BREAK)


@dataclass(frozen=True)
class Where:
    """A container's place: its file, its span, whether it is in brackets, and the column of its entries (of the dash, for a list)."""

    file: str
    start: int
    end: int
    flow: bool
    indent: int = 0


class Document:
    """The texts of an organisation, for looking at places. A byte-order mark counts as a character of the text, not of the marks."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    # -- one entry ----------------------------------------------------------------------------------------------------

    def _mark(self, node: Container, part: str | int, *, key: bool = False) -> Mark:
        if isinstance(node, Sequence):
            return node.marks[int(part)]
        return node.key_mark(str(part)) if key else node.value_mark(str(part))

    def file(self, node: Container, part: str | int, *, key: bool = False) -> str:
        """The file of an entry."""
        return self._mark(node, part, key=key)[0]

    def text(self, node: Container, part: str | int) -> str:
        """The text of the file of an entry."""
        return self.texts[self.file(node, part)]

    def _span(self, mark: Mark) -> tuple[int, int]:
        shift = 1 if self.texts[mark[0]].startswith("\ufeff") else 0
        return mark[1].index + shift, mark[2].index + shift

    def key_span(self, node: Tree, key: str) -> tuple[int, int]:
        """(start, end) of a key."""
        return self._span(node.key_mark(key))

    def value_span(self, node: Container, part: str | int) -> tuple[int, int]:
        """(start, end) of a value; the end of a block is that of its last value."""
        mark = self._mark(node, part)
        start, end = self._span(mark)
        value = node[part]  # type: ignore[index]
        text = self.texts[mark[0]]
        if text[start : start + 1] in ("&", "*"):
            raise EditError("the value carries an anchor or is an alias; change it by hand")
        if isinstance(value, Tree | Sequence) and value and text[start] not in "{[":
            last = next(reversed(value)) if isinstance(value, Tree) else len(value) - 1
            return start, self.value_span(value, last)[1]
        if text[start : start + 1] in ("|", ">"):  # a block scalar ends for libyaml where the next thing begins
            end = start + len(text[start:end].rstrip())
        return start, end

    def after_colon(self, node: Tree, key: str) -> int:
        """The character after the colon of a key."""
        return self.text(node, key).index(":", self.key_span(node, key)[1]) + 1

    def has_comment(self, file: str, start: int, end: int) -> bool:
        """Whether a comment begins between two characters of a file; a `#` inside a text is none."""
        text = self.texts[file]
        shift = 1 if text.startswith("\ufeff") else 0
        starts = [shift, *(found.end() for found in _BREAK.finditer(text))]
        return any(start <= starts[one.place.line - 1] + one.place.column - 1 < end for one in comments_of(text, file))

    # -- containers ---------------------------------------------------------------------------------------------------

    def of_container(self, tree: Tree, path: Path, near: str | int | None = None) -> Where:
        """Where a container stands. A section over several files is where its last entry (or `near`) is."""
        if not path:
            mark = tree.key_mark(str(near)) if near in tree else tree.key_mark(next(reversed(tree)))
            return Where(mark[0], 0, len(self.texts[mark[0]]), flow=False)
        parent: Any = tree
        for part in path[:-1]:
            parent = parent[part]
        node: Container = parent[path[-1]]
        start, end = self.value_span(parent, path[-1])
        file = self.file(parent, path[-1])
        if len(path) == 1 and node:  # the one level that can be spread over files
            part = near if near is not None else (next(reversed(node)) if isinstance(node, Tree) else len(node) - 1)
            file = self.file(node, part, key=isinstance(node, Tree))
            flow = self._in_brackets(node, part, file)
        else:
            flow = self.texts[file][start : start + 1] in ("{", "[")
        return Where(file, start, end, flow, 0 if flow or not node else self._indent(node, path))

    def _in_brackets(self, node: Container, part: str | int, file: str) -> bool:
        start = self._span(self._mark(node, part, key=True) if isinstance(node, Tree) else self._mark(node, part))[0]
        before = self.texts[file][:start].rstrip()
        return before[-1:] in ("{", "[", ",")

    def _indent(self, node: Container, path: Path) -> int:
        if isinstance(node, Tree):
            column: int = node.key_mark(next(reversed(node)))[1].column
            return column
        return self._dash(node, len(node) - 1, path)[1]

    def _dash(self, node: Sequence, index: int, path: Path = ()) -> tuple[int, int]:
        """(start of the line, column of the dash) of an item of a block list."""
        mark = node.marks[index]
        start = self._span(mark)[0]
        line = start - mark[1].column
        found = re.fullmatch(r"([ ]*)-[ \t]+", self.texts[mark[0]][line:start])
        if found is None:
            raise EditError(f"an item of {describe(path)} does not begin beside its dash; change it by hand")
        return line, len(found[1])

    def in_brackets_like_its_neighbour(self, node: Container) -> bool:
        """Whether the last entry of a block is a mapping in brackets: then the next one is written so too."""
        last = next(reversed(node)) if isinstance(node, Tree) else len(node) - 1
        if not isinstance(node[last], Tree):  # type: ignore[index]
            return False
        mark = self._mark(node, last)
        start = self._span(mark)[0]
        return self.texts[mark[0]][start : start + 1] == "{"

    # -- changes ------------------------------------------------------------------------------------------------------

    def into_flow(self, where: Where, node: Container, new: str) -> Splice:
        """Adds an entry at the end of a container in brackets."""
        if not node and self.has_comment(where.file, where.start, where.end):
            raise EditError("a comment stands between the brackets; change it by hand")
        if not node:
            return Splice(where.file, where.start, self.texts[where.file][where.start : where.end],
                          f"[{new}]" if isinstance(node, Sequence) else f"{{{new}}}")  # fmt: skip
        last = next(reversed(node)) if isinstance(node, Tree) else len(node) - 1
        end = self.value_span(node, last)[1]
        return Splice(where.file, end, "", f", {new}")

    def after(self, where: Where, node: Container, new: str) -> Splice:
        """Adds lines below the last entry of a block."""
        last = next(reversed(node)) if isinstance(node, Tree) else len(node) - 1
        text = self.texts[where.file]
        end = self._line_end(text, self.value_span(node, last)[1])
        before = "" if not text[:end] or _BREAK.fullmatch(text[end - 1 : end]) else self._line_break(text)
        return Splice(where.file, end, "", before + new.replace("\n", self._line_break(text)))

    def out_of_block(self, node: Container, part: str | int) -> Splice:
        """Removes the lines of an entry of a block."""
        file = self.file(node, part, key=isinstance(node, Tree))
        text = self.texts[file]
        end = self._line_end(text, self.value_span(node, part)[1])
        if isinstance(node, Sequence):
            start = self._dash(node, int(part))[0]
        else:
            start = self.key_span(node, str(part))[0]
            line = start - node.key_mark(str(part))[1].column
            if not text[line:start].strip():
                start = line
            else:  # the first key beside a dash: the next key takes its place
                keys = list(node)
                if keys[-1] == part or text[line:start].strip() != "-":
                    raise EditError("this entry is written in a way that cannot be taken out safely; change it by hand")
                following = self.key_span(node, keys[keys.index(str(part)) + 1])[0]
                if self.has_comment(file, end, following):
                    raise EditError("a comment stands between this key and the next; change it by hand")
                end = following
        return Splice(file, start, text[start:end], "")

    def out_of_flow(self, where: Where, node: Container, part: str | int) -> Splice:
        """Removes an entry of a container in brackets, with its comma."""
        text = self.texts[where.file]
        start = self.key_span(node, str(part))[0] if isinstance(node, Tree) else self.value_span(node, part)[0]
        end = self.value_span(node, part)[1]
        if following := re.match(r"\s*,[ \t]*", text[end:]):
            end += following.end()
        elif before := re.search(r",\s*$", text[:start]):
            start = before.start()
        return Splice(where.file, start, text[start:end], "")

    @staticmethod
    def _line_end(text: str, at: int) -> int:
        """The first character of the next line, from a place in a line (or from the beginning of that next line)."""
        if at and _BREAK.fullmatch(text[at - 1 : at]):
            return at
        found = _BREAK.search(text, at)
        return found.end() if found else len(text)

    @staticmethod
    def _line_break(text: str) -> str:
        found = _BREAK.search(text)
        return found[0] if found else "\n"
