"""The comments of a YAML text, which libyaml's events leave out."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, cast

import yaml

from topology.source.lines import lines_of
from topology.source.parse import Loader
from topology.source.place import Place

_STARTS = re.compile(r"(?:^|(?<=[ \t]))#")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its `#` to the end of the line; `alone` when nothing else stands on the line."""

    text: str
    place: Place
    alone: bool


def comments_of(text: str, file: str) -> list[Comment]:
    """Every comment of a text that can be read; a `#` inside a scalar is none."""
    inside = _scalars(text)
    found = []
    for number, line in enumerate(lines_of(text.removeprefix("\ufeff"))):
        for mark in _STARTS.finditer(line):
            if not _within(inside, (number, mark.start())):
                place = Place(file, number + 1, mark.start() + 1, number + 1, len(line) + 1)
                found.append(Comment(line[mark.start() :], place, not line[: mark.start()].strip()))
                break
    return found


Spans = list[tuple[tuple[int, int], tuple[int, int]]]


def _scalars(text: str) -> Spans:
    """((line, column) of the start, of the end) of every scalar, in order."""
    loader = Loader(text.removeprefix("\ufeff"))
    spans: Spans = []
    try:
        while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.ScalarEvent):
                start, end = cast(Any, event.start_mark), cast(Any, event.end_mark)
                # The head of a block scalar (`|`, `>`) may carry a comment; its text begins on the next line.
                begin = (start.line + 1, 0) if event.style in ("|", ">") else (start.line, start.column)
                spans.append((begin, (end.line, end.column)))
    except yaml.YAMLError:
        pass  # the problem is reported where the text is parsed; what was read until here counts
    finally:
        loader.dispose()
    return spans


def _within(spans: Spans, position: tuple[int, int]) -> bool:
    index = bisect_right(spans, (position, (1 << 40, 0))) - 1
    return index >= 0 and spans[index][0] <= position < spans[index][1]
