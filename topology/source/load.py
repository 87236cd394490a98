"""From a file or a folder to an organisation, or to everything that is wrong with it, in one run."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from collections.abc import Mapping as Texts
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from topology.model import Organisation
from topology.source.files import files_of, read
from topology.source.parse import parse
from topology.source.problem import Problem
from topology.source.references import problems_of_references
from topology.source.shape import describe, problems_of_keys
from topology.source.tree import Mapping, Sequence, place_of
from topology.source.values import problem_of


@dataclass(frozen=True)
class Loaded:
    """What loading gave: the organisation when there is no error, every problem, and the text of each file."""

    organisation: Organisation | None
    problems: tuple[Problem, ...]
    texts: dict[str, str]
    tree: Mapping | None = None
    """The files' keys and items with their places, merged; None when a file cannot be read."""


class OrganisationError(ValueError):
    """Files that hold no organisation; the message has every problem with its place."""

    def __init__(self, loaded: Loaded) -> None:
        lines = [f"{one.place}: {one.code} {one.message}. {one.help}".rstrip() for one in loaded.problems]
        super().__init__("\n".join(lines) or "there is no organisation")
        self.problems = loaded.problems


def load(path: Path) -> Loaded:
    """Loads one YAML file or a folder of them. Never raises for what the files contain."""
    files, problems = files_of(path)
    texts: dict[str, str] = {}
    for file in files:
        text, unreadable = read(file)
        problems += unreadable
        if text is not None:
            texts[str(file)] = text
    loaded = load_texts(texts, complete=len(texts) == len(files))
    problems += loaded.problems
    broken = any(problem.severity == "error" for problem in problems)
    return Loaded(None if broken else loaded.organisation, _sorted(problems), texts, loaded.tree)


def load_texts(texts: Texts[str, str], *, complete: bool = True) -> Loaded:
    """Loads texts by file name, as `load` does files. No texts give no organisation and no problem.

    When a part is missing (`complete` is False, or a text cannot be read), what refers to it cannot be judged: then only
    the texts themselves are checked.
    """
    with uncollected():
        return _load_texts(texts, complete=complete)


@dataclass
class _Collector:
    """How many loads run now, in any thread, and whether the collector was on before the first of them."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    loads: int = 0
    was_on: bool = True


_COLLECTOR = _Collector()


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector: a load makes hundreds of thousands of values that live, and each collection walks them all
    again (twice the time of a load of 1 000 teams)."""
    with _COLLECTOR.lock:
        if _COLLECTOR.loads == 0:
            _COLLECTOR.was_on = gc.isenabled()
            gc.disable()
        _COLLECTOR.loads += 1
    try:
        yield
    finally:
        with _COLLECTOR.lock:
            _COLLECTOR.loads -= 1
            if _COLLECTOR.loads == 0 and _COLLECTOR.was_on:
                gc.enable()


def _load_texts(texts: Texts[str, str], *, complete: bool) -> Loaded:
    problems: list[Problem] = []
    trees: dict[str, Mapping] = {}
    for file, text in texts.items():
        tree, found = _parsed(text, file)
        problems += found
        if tree is not None:
            trees[file] = tree
    if not trees:
        return Loaded(None, _sorted(problems), dict(texts))
    merged, found = _merge(list(trees.values()))
    problems += found
    if len(trees) < len(texts) or not complete:
        return Loaded(None, _sorted(problems + problems_of_keys(merged)), dict(texts))
    organisation = None
    problems += problems_of_keys(merged) + problems_of_references(merged)
    try:
        organisation = Organisation.model_validate(merged)
    except ValidationError as error:
        problems += [problem_of(one, merged, next(iter(trees))) for one in error.errors(include_url=False)]
    return Loaded(None if problems else organisation, _sorted(problems), dict(texts), merged)


@lru_cache(maxsize=8)
def _parsed(text: str, file: str) -> tuple[Mapping | None, list[Problem]]:
    """A text's keys and items, and what is wrong with it. A draft reads each version of a text several times: to edit it, to verify the
    edit, to load it; nobody changes what is kept."""
    with uncollected():
        return parse(text, file)


def tree_of(texts: Texts[str, str]) -> Mapping:
    """The texts' keys and items, merged, whatever they are worth. Raises ValueError when a text cannot be read."""
    trees, problems = [], []
    for file, text in texts.items():
        tree, found = _parsed(text, file)
        problems += found
        if tree is not None:
            trees.append(tree)
    merged, found = _merge(trees) if trees else (Mapping(), [])
    if problems or found or len(trees) < len(texts):
        raise ValueError(next(f"{one.place}: {one.message}" for one in [*problems, *found]))
    return merged


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: (one.place, one.code, one.message)))


def _merge(trees: list[Mapping]) -> tuple[Mapping, list[Problem]]:
    """One tree out of several: sections with ids are joined, lists are chained, the rest may stand in one file only."""
    if len(trees) == 1:
        return trees[0], []
    merged, problems = Mapping(), []
    for tree in trees:
        for key, value in tree.items():
            if key not in merged:
                _put(merged, key, _copy(value), tree)
                continue
            earlier = merged[key]
            if isinstance(earlier, Mapping) and isinstance(value, Mapping) and key != "organisation":
                problems += _join(earlier, value, key)
            elif isinstance(earlier, Sequence) and isinstance(value, Sequence):
                earlier.extend(value)
                earlier.marks.extend(value.marks)
            elif not (key == "version" and earlier == value):
                problems.append(_twice((key,), merged, tree, key))
    return merged, problems


def _copy(value: object) -> object:
    """The container itself is extended by other files; what it contains is shared."""
    if isinstance(value, Mapping):
        copy = Mapping()
        for key in value:
            _put(copy, key, value[key], value)
        return copy
    if isinstance(value, Sequence):
        chained = Sequence()
        chained.extend(value)
        chained.marks.extend(value.marks)
        return chained
    return value


def _put(target: Mapping, key: str, value: object, origin: Mapping) -> None:
    target[key] = value
    target.marks[key] = origin.marks[key]


def _join(earlier: Mapping, value: Mapping, section: str) -> list[Problem]:
    problems = []
    for id_ in value:
        if id_ in earlier:
            problems.append(_twice((section, id_), earlier, value, id_))
        else:
            _put(earlier, id_, value[id_], value)
    return problems


def _twice(path: tuple[str, ...], earlier: Mapping, later: Mapping, key: str) -> Problem:
    first = place_of(earlier.key_mark(key))
    message = f"{describe(path)} stands in two files; first in {first}"
    return Problem("TT006", message, place_of(later.key_mark(key)), "Keep it in one file only.", path, (first,))
