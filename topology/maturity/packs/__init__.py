"""Packs, read from folders of YAML: one file a dimension, and `pack.yaml`. The package holds one; an organisation may have its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from topology.maturity.measures import MEASURES
from topology.maturity.pack import About, Dimension, Pack, ShortForm
from topology.model.values import ID_PATTERN
from topology.source.files import files_of, read
from topology.source.parse import parse
from topology.source.place import Place
from topology.source.problem import Problem
from topology.source.shape import first_place, problems_of_keys
from topology.source.suggest import did_you_mean
from topology.source.tree import Mapping, locate
from topology.source.values import problem_of

ABOUT = "pack"  # the name of the file that says what the pack is
SHORT = "short"  # and of the one with the second short form
STANDARD = Path(__file__).parent / "standard"
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class LoadedPack:
    """A pack, or every problem of its files with its place."""

    pack: Pack | None
    problems: tuple[Problem, ...]


class PackError(ValueError):
    """A pack that cannot be used; the message has every problem with its place."""

    def __init__(self, loaded: LoadedPack) -> None:
        super().__init__("\n".join(f"{one.place}: {one.message}. {one.help}".rstrip() for one in loaded.problems))
        self.problems = loaded.problems


def pack_of(folder: Path | None = None) -> Pack:
    """The pack of a folder, or the package's own. Raises PackError."""
    loaded = load_pack(folder) if folder is not None else standard()
    if loaded.pack is None:
        raise PackError(loaded)
    return loaded.pack


@cache
def standard() -> LoadedPack:
    """The package's own pack."""
    return load_pack(STANDARD)


def load_pack(folder: Path) -> LoadedPack:
    """Loads a folder of YAML files. Never raises for what the files contain."""
    files, problems = files_of(folder)
    about, dimensions = About(name=folder.name, version=1), dict[str, Dimension]()
    places: dict[str, Place] = {}
    short: ShortForm | None = None
    stems = Counter(file.stem for file in files)
    for file in files:
        if stems[file.stem] > 1:
            problems.append(
                Problem(
                    "TT002", f"there are two files of the name `{file.stem}`", first_place(str(file)), "Remove one."
                )
            )
        text, unreadable = read(file)
        tree, broken = parse(text, str(file)) if text is not None else (None, [])
        problems += [*unreadable, *broken]
        if tree is None:
            continue
        if file.stem == ABOUT:
            found, wrong = _validated(About, tree, str(file))
            about = found or about
        elif file.stem == SHORT:
            short, wrong = _validated(ShortForm, tree, str(file))
        else:
            dimension, wrong = _validated(Dimension, tree, str(file))
            wrong += _of_dimension(file, tree, dimension)
            dimensions |= {} if dimension is None else {file.stem: dimension}
            places[file.stem] = first_place(str(file))
        problems += wrong
    if folder != STANDARD and about.extends == "standard" and (inherited := standard().pack) is not None:
        problems += _changed_items(places, dimensions, inherited)
        dimensions = {**inherited.dimensions, **dimensions}
        short = short or inherited.short
    problems += _items_twice(places, dimensions)
    if not dimensions and not problems:
        message = "the pack has no dimension"
        problems.append(
            Problem("TT004", message, first_place(str(folder)), "Add a file a dimension, or let it extend `standard`.")
        )
    in_order = dict(sorted(dimensions.items(), key=lambda item: (item[1].order, item[0])))
    pack = None if problems else Pack(about=about, dimensions=in_order, short=short)
    return LoadedPack(pack, tuple(sorted(problems, key=lambda one: (one.place, one.message))))


def _validated(model: type[Model], tree: Mapping, file: str) -> tuple[Model | None, list[Problem]]:
    problems = problems_of_keys(tree, model)
    try:
        found = model.model_validate(tree)
    except ValidationError as error:
        return None, [*problems, *(problem_of(one, tree, file) for one in error.errors(include_url=False))]
    return found, problems


def _of_dimension(file: Path, tree: Mapping, dimension: Dimension | None) -> list[Problem]:
    """What the model cannot see: the file's name is the id, and its measures have to be there."""
    problems = []
    if not re.fullmatch(ID_PATTERN, file.stem):
        message = f"the name of the file is the dimension's id, and `{file.stem}` is not one"
        problems.append(Problem("TT004", message, first_place(str(file)), "Use lower-case letters, digits and `-`."))
    for level, criteria in dimension.levels.items() if dimension else ():
        for index, one in enumerate(criteria):
            path = ("levels", level, index, "measure")
            place = locate(tree, path) or first_place(str(file))
            if one.measure not in MEASURES:
                message = f"there is no measure `{one.measure}`"
                problems.append(Problem("TT005", message, place, did_you_mean(one.measure, MEASURES), path))
            elif MEASURES[one.measure].unit == "yes" and one.bounds:
                message = f"`{one.measure}` is yes or no, so it has no bound"
                problems.append(Problem("TT004", message, place, "Leave the bound out.", path))
            elif MEASURES[one.measure].unit == "share" and any(bound > 1 for bound in one.bounds.values()):
                message = f"`{one.measure}` is a share, so no bound is above 100%"
                problems.append(Problem("TT004", message, place, "Write it with a percent sign, such as 70%.", path))
            elif MEASURES[one.measure].unit != "yes" and not one.bounds:
                message = f"`{one.measure}` needs a bound"
                problems.append(
                    Problem("TT004", message, place, "Add `at_least`, `at_most`, `above` or `below`.", path)
                )
    return problems


def _changed_items(places: dict[str, Place], dimensions: dict[str, Dimension], inherited: Pack) -> list[Problem]:
    """Questions whose words changed under the id that they have in the package: their answers would be taken for the same."""
    known = {one.question.item: one.question for one in inherited.dimensions.values() if one.question}
    return [
        Problem(
            "TT004", f"the question `{one.question.item}` has other words than the package's under the same id",
            places[id_], "Give it the next id: answers to different words are not compared.",
        )
        for id_, one in dimensions.items()
        if one.question and one.question.item in known and one.question != known[one.question.item]
    ]  # fmt: skip


def _items_twice(places: dict[str, Place], dimensions: dict[str, Dimension]) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for id_, one in dimensions.items():
        if one.question and seen.setdefault(one.question.item, id_) != id_:
            message = f"the question `{one.question.item}` stands in {seen[one.question.item]} too"
            problems.append(
                Problem("TT002", message, places.get(id_, first_place(id_)), "Give one of them another id.")
            )
    return problems
