"""Which keys the format knows at each place, read off the models, and what is not among them."""

from __future__ import annotations

import re
import typing
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import BaseModel

from topology.model import Organisation
from topology.source.place import Place
from topology.source.problem import Fix, Problem
from topology.source.suggest import MOST_SUGGESTED, did_you_mean, surely
from topology.source.tree import Mapping, Sequence, place_of

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Shape:
    """What may stand at a place: known `keys`, or any keys (or items) that all look like `each`.

    `by_mode` holds one shape for each interaction mode, chosen by the value of `mode`.
    """

    keys: dict[str, Shape] = field(default_factory=dict)
    each: Shape | None = None
    by_mode: dict[str, Shape] = field(default_factory=dict)

    def of(self, node: Mapping) -> Shape | None:
        """The shape of this mapping; None when its mode is not known (its keys then cannot be judged)."""
        return self.by_mode.get(str(node.get("mode"))) if self.by_mode else self


@cache
def shape_of(annotation: Any) -> Shape:
    """The shape that a model, or a dict, list or union of models, gives to the file."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape(
            keys={
                field.alias or name: shape_of(typing.cast(Hashable, field.annotation))
                for name, field in annotation.model_fields.items()
            }
        )
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return shape_of(arguments[0])
    if origin in (dict, list):
        return Shape(each=shape_of(arguments[-1]))
    models = [shape_of(one) for one in arguments if one is not type(None)] if origin is not typing.Literal else []
    if len(models) > 1 and all("mode" in one.keys for one in models):
        modes = [typing.get_args(model.model_fields["mode"].annotation)[0] for model in arguments]
        return Shape(by_mode=dict(zip(modes, models, strict=True)))
    return next((one for one in models if one.keys or one.each or one.by_mode), Shape())


def problems_of_keys(tree: Mapping, model: type[BaseModel] = Organisation) -> list[Problem]:
    """TT003 for each unknown key and TT007 for each period that ends before it begins."""
    found: list[Problem] = []
    _walk(tree, shape_of(model), (), found)
    return found


def _walk(node: Any, shape: Shape, path: Path, found: list[Problem]) -> None:
    """(Appends instead of yielding: a generator at each level would double the time of a large file.)"""
    if isinstance(node, Sequence):
        if shape.each is not None:
            for index, item in enumerate(node):
                if isinstance(item, Mapping | Sequence):
                    _walk(item, shape.each, (*path, index), found)
        return
    known = shape.of(node)
    if known is None:
        return
    if known.each is None:
        found += _of_keys(node, known, path)
    for key, value in node.items():
        if isinstance(value, Mapping | Sequence):
            child = known.each or known.keys.get(key)
            if child is not None:
                _walk(value, child, (*path, key), found)


def _of_keys(node: Mapping, known: Shape, path: Path) -> Iterator[Problem]:
    if not known.keys.keys() >= node.keys():
        yield from _unknown(node, known, path)
    if "since" in node:
        yield from _reversed(node, path)


def _unknown(node: Mapping, shape: Shape, path: Path) -> Iterator[Problem]:
    if not shape.keys:
        return
    unknown = [key for key in node if key not in shape.keys and not key.startswith("x-")]
    unused = shape.keys.keys() - node.keys()
    for index, key in enumerate(unknown):
        inside = f"in {describe(path)}" if path else "at the top of the file"
        fix = None
        if key == "<<":
            help_ = "Merge keys are not part of the format; write the keys out."
        else:
            meant = surely(key, unused)
            fix = Fix((*path, key), meant, key=True) if meant else None
            near = did_you_mean(key, unused) if index < MOST_SUGGESTED else ""
            help_ = f"{near} Notes of your own go under a key that starts with `x-`.".strip()
        yield Problem(
            "TT003", f"unknown key `{key}` {inside}", place_of(node.key_mark(key)), help_, (*path, key), fix=fix
        )


def _reversed(node: Mapping, path: Path) -> Iterator[Problem]:
    for last in ("until", "ended"):
        begin, end = node.get("since"), node.get(last)
        if not (isinstance(begin, str) and isinstance(end, str)):
            continue
        if (
            re.fullmatch(r"\d{4}-\d\d-\d\d", begin)
            and re.fullmatch(r"\d{4}-\d\d-\d\d", end)
            and _empty(begin, end, last)
        ):
            since = place_of(node.value_mark("since"))
            message = f"the period is reversed: `{last}` {end} is not after `since` {begin}"
            meaning = "first day on which it no longer holds" if last == "until" else "day on which it ended"
            help_ = f"`{last}` is the {meaning}; swap the two dates or mend one."
            yield Problem("TT007", message, place_of(node.value_mark(last)), help_, (*path, last), (since,))


def _empty(begin: str, end: str, last: str) -> bool:
    return end < begin if last == "ended" else end <= begin


def describe(path: Path) -> str:
    """A model path in words: `teams.checkout.pm`, items counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return f"`{text}`"


def first_place(file: str) -> Place:
    """The very beginning of a file, for what is missing from it."""
    return Place(file, 1, 1, 1, 2)
