"""The partitions that clans tests, one file each: a file that is added here is tested, listed and named like the others.

Every `x-` key of a team or a grouping is a partition too.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from topology.clans.partition import Among, Labels, Partition, cramers_v, strata_of
from topology.language import Text
from topology.model import Organisation

__all__ = ["Among", "Labels", "Partition", "cramers_v", "partition_of", "partitions", "partitions_of", "strata_of"]

OWN = "x-"


@cache
def partitions() -> tuple[Partition, ...]:
    """Those that every organisation has, in their order."""
    modules = (importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__))
    found = [module.PARTITION for module in modules if hasattr(module, "PARTITION")]
    return tuple(sorted(found, key=lambda one: one.order))


def partitions_of(organisation: Organisation) -> dict[str, Partition]:
    """{id: partition} of an organisation: those that it has of the built-in ones, then each `x-` key on a team or a grouping, by name."""
    parts = (*organisation.teams.values(), *organisation.groups.values())
    own = sorted({f"{OWN}{name}" for part in parts for name in part.labels})
    return {one.id: one for one in (*partitions(), *map(_own, own)) if one.applies(organisation)}


def partition_of(id_: str) -> Partition:
    """The partition of that id; one of the project's own where it begins with `x-`. Raises KeyError for another."""
    known = {one.id: one for one in partitions()}
    return known[id_] if id_ in known or not id_.startswith(OWN) else _own(id_)


@cache
def _own(id_: str) -> Partition:
    name = id_.removeprefix(OWN)
    words = Text(name.replace("-", " ").capitalize())
    return Partition(
        id_,
        100,
        words,
        lambda organisation: {one: _label(organisation, one, name) for one in organisation.teams},
        own=True,
    )


def _label(organisation: Organisation, team: str, name: str) -> str | None:
    """A team's `x-` key, else that of the innermost grouping that has it; only a word or a number is a label."""
    model = organisation.teams[team]
    for labels in (model.labels, *(organisation.groups[one].labels for one in organisation.lineage(model.group))):
        if isinstance(found := labels.get(name), str | int) and str(found).strip():
            return str(found).strip()
    return None
