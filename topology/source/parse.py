"""YAML text → a tree of plain values with their places.

The builder works on libyaml's event stream: it never recurses, so no depth of brackets can crash it, it builds aliases
once, and it refuses what an organisation file has no use for (tags, several documents, cycles).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from topology.source.lines import lines_of
from topology.source.place import Place
from topology.source.problem import Problem
from topology.source.tree import Mapping, Sequence, place_of

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml: slower, the same events
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Loader: Any = _Loader

MAX_DEPTH = 40  # the format needs 6; x- values may need more
MAX_ALIASED = 100_000  # values repeated through aliases; "billion laughs" needs a limit, people need dozens


def parse(text: str, file: str) -> tuple[Mapping | None, list[Problem]]:
    """The tree of a text and the problems of its YAML; no tree when the text cannot be read to its end."""
    builder = _Builder(file)
    try:
        loader = Loader(text.removeprefix("\ufeff"))
    except UnicodeEncodeError:  # a lone surrogate: not from a file, whose bytes were decoded
        place = _place_of_control_character(text, file)
        return None, [Problem("TT001", "not valid YAML: half of a character", place, "Remove the character.")]
    try:
        builder.build(loader.get_event)
    except yaml.YAMLError as error:
        builder.problems.append(_syntax_problem(error, text, file))
        return None, builder.problems
    finally:
        loader.dispose()
        builder.let_go()
    root = builder.root
    if builder.broken:
        return None, builder.problems
    if not isinstance(root, Mapping):
        builder.problems.append(_not_a_mapping(root, file))
        return None, builder.problems
    return root, builder.problems


class _Builder:
    """Takes events one by one; `root` is the finished tree."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.root: Any = None
        self.wants_more = True
        self.broken = False
        self._documents = 0
        self._aliased = 0
        self._stack: list[Mapping | Sequence] = []
        self._starts: list[tuple[Any, str | None]] = []
        self._keys: list[Any] = []  # of each open mapping, the event of a key that has no value yet
        self._anchors: dict[str, Any] = {}
        self._take = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open_mapping,
            yaml.SequenceStartEvent: self._open_sequence,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
            yaml.StreamEndEvent: self._end,
        }

    def let_go(self) -> None:
        """Breaks the circle of the builder and its own methods, which would keep the whole tree until the garbage is collected."""
        self._take.clear()

    def build(self, next_event: Callable[[], Any]) -> None:
        """Builds what the events say until the stream ends; events that say nothing (stream start, document end) pass.

        Nine events in ten are plain scalars inside a mapping: they are taken here, without a call each.
        """
        file, stack, keys = self.file, self._stack, self._keys
        while self.wants_more:
            event = next_event()
            if (
                event.__class__ is not yaml.ScalarEvent
                or event.tag is not None
                or event.anchor is not None
                or not stack
            ):
                handler = self._take.get(event.__class__)
                if handler is not None:
                    handler(event)
                continue
            parent = stack[-1]
            if type(parent) is Sequence:
                parent.append(_value(event))
                parent.marks.append((file, event.start_mark, event.end_mark))
            elif keys[-1] is None:
                keys[-1] = event
            else:
                assert type(parent) is Mapping
                pending, keys[-1] = keys[-1], None
                key = pending.value
                if key in parent:
                    self._duplicate(pending, parent)
                    continue
                parent[key] = _value(event)
                parent.marks[key] = (file, pending.start_mark, pending.end_mark, event.start_mark, event.end_mark)

    def _fatal(self, message: str, event: Any, help_: str) -> None:
        """Adds a problem after which reading on makes no sense, and stops."""
        self._problem(message, event, help_)
        self.broken, self.wants_more = True, False

    def _problem(self, message: str, event: Any, help_: str) -> None:
        place = place_of((self.file, event.start_mark, event.end_mark))
        self.problems.append(Problem("TT001", message, place, help_))

    def _end(self, _event: Any) -> None:
        self.wants_more = False

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self._fatal("a second document begins here", event, "Keep one document in a file; remove the `---`.")

    def _scalar(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            self._refuse_tag(event)
        value = _value(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = value
        stack = self._stack
        if stack and self._keys[-1] is None and type(stack[-1]) is Mapping:
            self._keys[-1] = event
        else:
            self._add(value, event.start_mark, event.end_mark)

    def _refuse_tag(self, event: Any) -> None:
        self._problem(f"the tag {event.tag} is not part of the format", event, "Remove the tag and write plain values.")

    def _open_mapping(self, event: Any) -> None:
        self._open(Mapping(), event)

    def _open_sequence(self, event: Any) -> None:
        self._open(Sequence(), event)

    def _open(self, container: Mapping | Sequence, event: Any) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        if len(self._stack) >= MAX_DEPTH:
            self._fatal(f"nested more than {MAX_DEPTH} levels deep", event, "An organisation file needs no such depth.")
        elif self._stack and type(self._stack[-1]) is Mapping and self._keys[-1] is None:
            self._fatal(
                "a mapping or a list cannot be a key", event, "Keys are plain words; quote a key that has brackets."
            )
        else:
            self._stack.append(container)
            self._starts.append((event.start_mark, event.anchor))
            self._keys.append(None)

    def _close(self, event: Any) -> None:
        container = self._stack.pop()
        start, anchor = self._starts.pop()
        self._keys.pop()
        if anchor is not None:
            self._anchors[anchor] = container
        container.size += len(container)
        self._add(container, start, event.end_mark, container.size)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            self._fatal(f"the alias *{event.anchor} has no finished anchor before it", event,
                        f"Write `&{event.anchor}` at an earlier value; a value cannot contain itself.")  # fmt: skip
            return
        value = self._anchors[event.anchor]
        size = value.size if isinstance(value, Mapping | Sequence) else 1
        self._aliased += size
        if self._aliased > MAX_ALIASED:
            self._fatal(
                f"aliases repeat more than {MAX_ALIASED} values", event, "Write the values out, or fewer of them."
            )
        elif self._stack and type(self._stack[-1]) is Mapping and self._keys[-1] is None:
            self._fatal("an alias cannot be a key", event, "Write the key out.")
        else:
            self._add(value, event.start_mark, event.end_mark, size)

    def _add(self, value: Any, start: Any, end: Any, size: int = 0) -> None:
        """Adds a value to what is open. Scalars are counted when their container closes, other sizes here."""
        if not self._stack:
            self.root = value
            return
        parent = self._stack[-1]
        parent.size += size
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.marks.append((self.file, start, end))
            return
        pending, self._keys[-1] = self._keys[-1], None
        if pending.value in parent:
            self._duplicate(pending, parent)
            return
        parent[pending.value] = value
        parent.marks[pending.value] = (self.file, pending.start_mark, pending.end_mark, start, end)

    def _duplicate(self, pending: Any, parent: Mapping) -> None:
        key, earlier = pending.value, place_of(parent.key_mark(pending.value))
        place = place_of((self.file, pending.start_mark, pending.end_mark))
        self.problems.append(
            Problem("TT002", f"the key `{key}` stands twice in one mapping; first in line {earlier.line}", place,
                    "Remove one of the two, or rename it: with two equal keys one of them would be lost.",
                    related=(earlier,))
        )  # fmt: skip


_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


def _value(event: Any) -> str | None:
    """A scalar's text, or None for what YAML 1.2 reads as null."""
    value: str = event.value
    return None if value in _NULLS and event.implicit[0] and event.tag is None else value


def _not_a_mapping(root: Any, file: str) -> Problem:
    what = "a list" if isinstance(root, Sequence) else "empty" if root is None else "a single value"
    return Problem("TT001", f"the file is {what}; expected keys such as `version:` and `teams:`", Place(file),
                   "`topology init` writes a small file to start from.")  # fmt: skip


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """A YAML error in words for the person who edits the file."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    place = place_of((file, mark, mark)) if mark is not None else _place_of_control_character(text, file)
    place = _within(place, text)
    help_ = "Look at this line and the one before it: indentation, a missing `:`, an unclosed quote or bracket."
    if "cannot start any token" in what and _is_tab(text, place):
        what, help_ = "a tab stands where spaces are expected", "YAML indents with spaces; replace the tab by spaces."
    elif "nesting" in what or "level" in what:
        what, help_ = f"nested more than {MAX_DEPTH} levels deep", "An organisation file needs no such depth."
    elif "special characters" in what or "control characters" in what:
        what, help_ = (
            "a control character that YAML does not allow",
            "Remove the character; it may be invisible in the editor.",
        )
    return Problem("TT001", f"not valid YAML: {what}", place, help_)


def _within(place: Place, text: str) -> Place:
    """The end of a file without a last line break is in its last line, not below it."""
    lines = lines_of(text)
    if place.line <= len(lines):
        return place
    end = len(lines[-1]) + 1
    return Place(place.file, len(lines), end, len(lines), end + 1)


def _is_tab(text: str, place: Place) -> bool:
    lines = lines_of(text.removeprefix("\ufeff"))
    return place.line <= len(lines) and lines[place.line - 1][place.column - 1 : place.column] == "\t"


def _place_of_control_character(text: str, file: str) -> Place:
    found = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    if found is None:
        return Place(file)
    before = lines_of(text[: found.start()])
    return Place(file, len(before), len(before[-1]) + 1, len(before), len(before[-1]) + 2)
