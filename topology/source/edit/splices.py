"""An edit as pieces of text to replace, which can be applied and taken back."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise


class EditError(ValueError):
    """An edit that cannot be made in this text; the message says why."""


@dataclass(frozen=True, order=True, slots=True)
class Splice:
    """Replaces `old`, which stands at character `start` of a file, by `new`."""

    file: str
    start: int
    old: str
    new: str


@dataclass(frozen=True)
class Edit:
    """Splices of one version of the texts; they do not overlap."""

    splices: tuple[Splice, ...]

    @classmethod
    def of(cls, splices: Iterable[Splice]) -> Edit:
        """The splices in order, without those that change nothing. Raises EditError when two overlap."""
        found = sorted(one for one in set(splices) if one.old != one.new)
        for first, second in pairwise(found):
            if first.file == second.file and first.start + len(first.old) > second.start:
                raise EditError("two parts of this edit would change the same text")
        return cls(tuple(found))

    def apply(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The texts after the edit. Raises EditError when a text is not the version that the edit was made for."""
        pieces: dict[str, list[str]] = {}
        done: dict[str, int] = {}
        for one in self.splices:
            text, begin = texts.get(one.file, ""), done.get(one.file, 0)
            if text[one.start : one.start + len(one.old)] != one.old:
                raise EditError(f"{one.file} is not the version that this edit was made for")
            pieces.setdefault(one.file, []).extend((text[begin : one.start], one.new))
            done[one.file] = one.start + len(one.old)
        edited = {file: "".join([*parts, texts.get(file, "")[done[file] :]]) for file, parts in pieces.items()}
        return {**texts, **edited}

    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        undone, shift, file = [], 0, ""
        for one in self.splices:
            shift = shift if one.file == file else 0
            file = one.file
            undone.append(Splice(one.file, one.start + shift, one.new, one.old))
            shift += len(one.new) - len(one.old)
        return Edit(tuple(undone))


def patch_text(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """A unified diff of the texts, as `git apply` reads it; "" when nothing changed."""
    parts: list[str] = []
    for file, text in after.items():
        old = _lines(before.get(file, ""))
        name = file.lstrip("/")
        lines = difflib.unified_diff(old, _lines(text), f"a/{name}", f"b/{name}")
        parts += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
    return "".join(parts)


def _lines(text: str) -> list[str]:
    """The lines as git counts them, each with its line feed."""
    return [line + "\n" for line in text.split("\n")[:-1]] + [last for last in text.split("\n")[-1:] if last]
