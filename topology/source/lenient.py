"""An older or broken version read as far as it goes: what cannot be read is left out, and said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import yaml
from pydantic import ValidationError

from topology.model import Organisation
from topology.source.load import Loaded
from topology.source.references import problems_of_references
from topology.source.shape import Path, problems_of_keys
from topology.source.tree import Mapping, Sequence
from topology.source.values import problem_of

_BEGINNING: Any = yaml.Mark("", 0, 0, 0, None, 0)  # of a file, for what it lacks
MOST_ROUNDS = 10  # leaving one thing out can break another: an interaction needs its team


def lenient(loaded: Loaded) -> Loaded:
    """The organisation without the entries that have a problem; still None when the text is no YAML or nothing remains."""
    if loaded.tree is None:
        return loaded
    tree = _copy(loaded.tree)
    file = next(iter(loaded.texts))
    for _ in range(MOST_ROUNDS):
        wrong = [one.path for one in [*problems_of_references(tree), *problems_of_keys(tree)] if one.code != "TT003"]
        organisation = None
        if not wrong:
            try:
                organisation = Organisation.model_validate(tree)
            except ValidationError as error:
                wrong = [problem_of(one, tree, file).path for one in error.errors(include_url=False)]
        if organisation is not None:
            return replace(loaded, organisation=organisation, tree=tree)
        for path in sorted({_entry(path) for path in wrong}, key=_last_first, reverse=True):
            _leave_out(tree, path, file)
    return loaded


def _entry(path: Path) -> Path:
    """What goes with a wrong value: of an interaction the whole, since it says nothing with one team."""
    return path[:2] if path[:1] == ("interactions",) else path


def _last_first(path: Path) -> tuple[tuple[int, str], ...]:
    """Items later in a list come off first, so that the places of the others hold."""
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in path)


def _leave_out(tree: Mapping, path: Path, file: str) -> None:
    node: Any = tree
    for part in path[:-1]:
        if not (part in node if isinstance(node, Mapping) else isinstance(node, Sequence) and int(part) < len(node)):
            return
        node = node[part]
    if path in ((), ("version",)):
        tree["version"] = "1"
        tree.marks.setdefault(
            "version", next(iter(tree.marks.values()), (file, _BEGINNING, _BEGINNING, _BEGINNING, _BEGINNING))
        )
    elif isinstance(node, Mapping):
        node.pop(str(path[-1]), None)
        node.marks.pop(str(path[-1]), None)
    elif isinstance(node, Sequence) and int(path[-1]) < len(node):
        del node[int(path[-1])], node.marks[int(path[-1])]


def _copy(node: Any) -> Any:
    if isinstance(node, Mapping):
        mapping = Mapping()
        mapping.update({key: _copy(value) for key, value in node.items()})
        mapping.marks = dict(node.marks)
        return mapping
    if isinstance(node, Sequence):
        sequence = Sequence()
        sequence.extend(_copy(one) for one in node)
        sequence.marks = list(node.marks)
        return sequence
    return node
