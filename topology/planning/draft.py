"""A draft: its operations with a cursor between what is made and what was undone; and as text, to be kept or to go on elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import yaml

from topology.planning.operation import Operation, OperationError

MOST_OPERATIONS = 200
MOST_CHARACTERS = 500_000  # (more than is kept)
KEYS = ("name", "base", "made", "operations", "title", "description")


@dataclass(frozen=True)
class Draft:
    """What a draft consists of."""

    operations: tuple[Operation, ...] = ()
    """All of them, those that were undone behind the others."""
    cursor: int = 0
    """How many of them are made."""
    name: str = ""
    base: str = ""
    """The mark of the texts on which they were made."""
    title: str = ""
    """The title of its pull request, where somebody wrote another one."""
    description: str = ""
    """Its description, where somebody wrote another one."""

    @property
    def made(self) -> tuple[Operation, ...]:
        """The operations that are made."""
        return self.operations[: self.cursor]

    @property
    def undone(self) -> tuple[Operation, ...]:
        """Those that can be made again, the next one first."""
        return self.operations[self.cursor :]

    def adding(self, new: Operation) -> Draft:
        """With one operation more; what was undone is cut off. Raises OperationError where there are too many."""
        if self.cursor >= MOST_OPERATIONS:
            raise OperationError(f"a draft has at most {MOST_OPERATIONS} operations")
        return replace(self, operations=(*self.made, new), cursor=self.cursor + 1)

    def undo(self) -> Draft:
        """Without the last operation that is made, which can be made again."""
        return replace(self, cursor=max(0, self.cursor - 1))

    def redo(self) -> Draft:
        """With the next operation that was undone."""
        return replace(self, cursor=min(len(self.operations), self.cursor + 1))

    def without(self, one: Operation) -> Draft:
        """Without an operation that is made, wherever it stands; the others are made again. Itself where it is gone already."""
        if one not in self.made:
            return self
        index = self.made.index(one)
        return replace(self, operations=self.operations[:index] + self.operations[index + 1 :], cursor=self.cursor - 1)

    def remembering(self, stamped: Sequence[Operation]) -> Draft:
        """The same, where the operations that are made know what they replace by now."""
        return replace(self, operations=(*stamped, *self.undone)) if len(stamped) == self.cursor else self

    def with_other(self, old: Operation, new: Operation) -> Draft:
        """With another operation in the place of one that is made. Itself where that one is gone."""
        if old not in self.made:
            return self
        index = self.made.index(old)
        return replace(self, operations=(*self.operations[:index], new, *self.operations[index + 1 :]))

    def called(self, name: str) -> Draft:
        """The same under another name."""
        return replace(self, name=name)

    def described(self, title: str, description: str) -> Draft:
        """The same with what somebody wrote for its pull request."""
        return replace(self, title=title, description=description)

    def based_on(self, mark: str) -> Draft:
        """The same, made on a version of the texts."""
        return replace(self, base=mark)

    @property
    def text(self) -> str:
        """As JSON, as `draft_of` reads it."""
        known = {
            "name": self.name,
            "base": self.base,
            "made": self.cursor,
            "title": self.title,
            "description": self.description,
        }
        found = {**known, "operations": [one.data() for one in self.operations]}
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def mark_of(texts: Mapping[str, str]) -> str:
    """A mark of a version of the texts."""
    found = hashlib.sha256()
    for text in texts.values():
        found.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return found.hexdigest()[:16]


def draft_of(text: str, file: str) -> Draft:
    """The draft of a YAML or JSON text: a list of operations, or a mapping with `operations`. Raises OperationError with the place."""
    if len(text) > MOST_CHARACTERS:
        raise OperationError(f"{file}: a draft has at most {MOST_CHARACTERS} characters")
    data = _read(text, file)
    known = data if isinstance(data, dict) else {"operations": data}
    if unknown := [key for key in known if key not in KEYS]:
        raise OperationError(f"{file}: there is no key `{unknown[0]}`; there are {', '.join(KEYS)}")
    operations = known.get("operations")
    if not isinstance(operations, list):
        raise OperationError(f"{file}: expected a list of operations, each with `verb` and `args`")
    if len(operations) > MOST_OPERATIONS:
        raise OperationError(f"{file}: a draft has at most {MOST_OPERATIONS} operations")
    each = tuple(Operation.of_data(one, f"{file}: operation {number}") for number, one in enumerate(operations, 1))
    return Draft(
        each,
        _cursor(known, len(each)),
        *(str(known.get(key) or "") for key in ("name", "base", "title", "description")),
    )


def _read(text: str, file: str) -> Any:
    """The plain value of a JSON text, which the app writes, or of a YAML text, which a person does."""
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    try:
        return yaml.load(text, Loader=_TextLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        raise OperationError(f"{place}: this is neither YAML nor JSON") from None


def _cursor(known: Mapping[str, Any], most: int) -> int:
    made = known.get("made")
    return made if isinstance(made, int) and 0 <= made <= most else most


class _TextLoader(yaml.SafeLoader):
    """YAML in which days stay text, and which follows no alias: a draft has none, and a chain of them grows without end."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("a draft has no alias")
        return super().compose_node(parent, index)


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
