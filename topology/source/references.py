"""References between ids, and what the parts of the file must agree on.

This reads the tree, not the model, so that an unknown id is found even where another line of the file is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from topology.source.place import Place
from topology.source.problem import Problem
from topology.source.shape import Path, describe
from topology.source.suggest import MOST_SUGGESTED, did_you_mean
from topology.source.tree import Mapping, Sequence, locate

# Where an id stands, and the section in which it must be declared. `*` is every key or item.
REFERENCES: tuple[tuple[Path, str], ...] = (
    (("organisation", "leaders", "product"), "people"),
    (("organisation", "leaders", "technology"), "people"),
    (("organisation", "shared_incentives", "*", "kpi"), "kpis"),
    (("people", "*", "reports_to"), "people"),
    (("groups", "*", "group"), "groups"),
    (("teams", "*", "group"), "groups"),
    (("teams", "*", "pm"), "people"),
    (("teams", "*", "pm", "person"), "people"),
    (("teams", "*", "em"), "people"),
    (("teams", "*", "em", "person"), "people"),
    (("teams", "*", "members", "*"), "people"),
    (("teams", "*", "members", "*", "person"), "people"),
    (("teams", "*", "depends_on", "*", "team"), "teams"),
    (("teams", "*", "objectives", "*", "kpi"), "kpis"),
    (("teams", "*", "targets", "exempt", "*", "signed"), "people"),
    (("interactions", "*", "between", "*"), "teams"),
    (("interactions", "*", "provider"), "teams"),
    (("interactions", "*", "consumer"), "teams"),
    (("interactions", "*", "consumer", "*"), "teams"),
    (("interactions", "*", "facilitator"), "teams"),
    (("interactions", "*", "team"), "teams"),
    (("kpis", "*", "product_owner"), "people"),
    (("kpis", "*", "tech_owner"), "people"),
    (("roadmap", "*", "team"), "teams"),
    (("roadmap", "*", "kpi"), "kpis"),
    (("workshops", "*", "groups", "*"), "groups"),
    (("workshops", "*", "teams", "*"), "teams"),
    (("workshops", "*", "offers", "*", "team"), "teams"),
    (("workshops", "*", "offers", "*", "wanted_by", "*"), "teams"),
    (("actions", "*", "workshop"), "workshops"),
    (("actions", "*", "teams", "*"), "teams"),
    (("actions", "*", "product_owner"), "people"),
    (("actions", "*", "tech_owner"), "people"),
    (("actions", "*", "continues"), "actions"),
    (("agreements", "*", "teams", "*"), "teams"),
    (("agreements", "*", "workshop"), "workshops"),
)
MOST_NESTED = 50  # groupings in groupings; companies have five or six
SINGULAR = {"people": "person", "groups": "grouping", "teams": "team", "kpis": "indicator", "workshops": "workshop",
            "actions": "action"}  # fmt: skip


def problems_of_references(tree: Mapping) -> list[Problem]:
    """TT005 for each unknown id, TT004 for rings of groupings or managers and for what cannot go together."""
    return [*_unknown(tree), *_rings(tree), *_too_deep(tree), *_sizes(tree), *_alone(tree)]


@dataclass
class _Step:
    """REFERENCES as a tree, so that a file is walked once: what follows at each part, and the section of an id that ends here."""

    section: str | None = None
    following: dict[str, _Step] = field(default_factory=dict)


@cache
def _steps() -> _Step:
    root = _Step()
    for pattern, section in REFERENCES:
        step = root
        for part in pattern:
            step = step.following.setdefault(str(part), _Step())
        step.section = section
    return root


def _unknown(tree: Mapping) -> Iterator[Problem]:
    known = {section: found if isinstance(found := tree.get(section), Mapping) else Mapping() for section in SINGULAR}
    without_people = not tree.get("people")  # people are optional: without the section an id stands for itself
    unknown: list[tuple[Path, str, str]] = []
    _collect(tree, _steps(), (), known, unknown)
    suggested = 0
    for path, value, section in unknown:
        if (section == "people" and without_people) or (value == "vacant" and path[-1] in ("pm", "em")):
            continue
        help_ = f"Declare it under `{section}:`."
        if known[section] and suggested < MOST_SUGGESTED:
            help_, suggested = did_you_mean(value, known[section]) or help_, suggested + 1
        message = f"{describe(path)}: there is no {SINGULAR[section]} `{value}`"
        yield Problem("TT005", message, _place(tree, path), help_, path)


def _collect(node: Any, step: _Step, path: Path, known: dict[str, Mapping], found: list[tuple[Path, str, str]]) -> None:
    """Appends (path, id, section) of each id that its section does not have."""
    if isinstance(node, str):
        if step.section is not None and node not in known[step.section]:
            found.append((path, node, step.section))
        return
    every = step.following.get("*")
    if isinstance(node, Mapping):
        if every is not None:
            for key, value in node.items():
                _collect(value, every, (*path, key), known, found)
        else:
            for part, following in step.following.items():
                if part in node:
                    _collect(node[part], following, (*path, part), known, found)
    elif isinstance(node, Sequence) and every is not None:
        for index, value in enumerate(node):
            _collect(value, every, (*path, index), known, found)


def matches(node: Any, pattern: Path, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """(path, value) of everything in a tree that stands where the pattern says; `*` is every key or item."""
    if not pattern:
        yield path, node
        return
    part, rest = pattern[0], pattern[1:]
    if part == "*":
        keys: Any = node if isinstance(node, Mapping) else range(len(node)) if isinstance(node, Sequence) else ()
    else:
        keys = (part,) if isinstance(node, Mapping) and part in node else ()
    for key in keys:
        yield from matches(node[key], rest, (*path, key))


def _rings(tree: Mapping) -> Iterator[Problem]:
    for section, key, words in (("groups", "group", "groupings contain"), ("people", "reports_to", "people report to")):
        entries = tree.get(section)
        if not isinstance(entries, Mapping):
            continue
        parents = {id_: one.get(key) for id_, one in entries.items() if isinstance(one, Mapping)}
        for ring in _cycles(parents):
            shown = " › ".join([*ring, ring[0]])
            path = (section, ring[0], key)
            yield Problem("TT004", f"{words} each other in a ring: {shown}", _place(tree, path),
                          f"Remove one `{key}:` of the ring.", path)  # fmt: skip


def _too_deep(tree: Mapping) -> Iterator[Problem]:
    """Groupings in groupings in groupings: what is asked of a team is asked of each of them."""
    entries = tree.get("groups")
    parents = (
        {id_: one.get("group") for id_, one in entries.items() if isinstance(one, Mapping)}
        if isinstance(entries, Mapping)
        else {}
    )
    depth: dict[Any, int] = {}
    for start in parents:
        trail: dict[Any, None] = {}
        node: Any = start
        while isinstance(node, str) and node in parents and node not in depth and node not in trail:
            trail[node] = None
            node = parents[node]
        under = depth.get(node, 0) if isinstance(node, str) else 0
        for id_ in reversed(trail):
            depth[id_] = under = under + 1
    first = next((id_ for id_, count in depth.items() if count == MOST_NESTED + 1), None)
    if first is not None:
        path: Path = ("groups", first, "group")
        yield Problem(
            "TT004",
            f"groupings are nested more than {MOST_NESTED} deep",
            _place(tree, path),
            "Leave some levels out.",
            path,
        )


def _cycles(parents: dict[str, Any]) -> list[list[str]]:
    """Each ring once, from its first id in file order."""
    rings: list[list[str]] = []
    done: set[str] = set()
    for start in parents:
        trail: dict[str, None] = {}
        node: Any = start
        while isinstance(node, str) and node in parents and node not in done and node not in trail:
            trail[node] = None
            node = parents[node]
        if isinstance(node, str) and node in trail:
            steps = list(trail)
            rings.append(steps[steps.index(node) :])
        done.update(trail)
    return rings


def _sizes(tree: Mapping) -> Iterator[Problem]:
    """A `size` that cannot agree with the people listed. Who joins or leaves on a date may count or not: the file has
    no present day."""
    teams = tree.get("teams")
    for id_, team in teams.items() if isinstance(teams, Mapping) else ():
        size, members = (team.get("size"), team.get("members")) if isinstance(team, Mapping) else (None, None)
        if (
            not members
            or not isinstance(members, Sequence)
            or not isinstance(size, str)
            or not re.fullmatch("[+]?[0-9]{1,5}", size)
        ):
            continue
        path: Path = ("teams", id_, "size")
        seats = [*members, team.get("pm"), team.get("em")]
        everybody = {person for one in seats if (person := _person(one))}
        always = {
            person
            for one in seats
            if (person := _person(one)) and not (isinstance(one, Mapping) and {"since", "until"} & set(one))
        }
        if not len(always) <= int(size) <= len(everybody):
            message = f"{describe(path)} says {size}, but {len(everybody)} people are listed (with the PM and the EM)"
            yield Problem("TT004", message, _place(tree, path), "Remove `size:` or mend the list.", path)


def _person(entry: Any) -> str | None:
    """The person whom a seat or membership names."""
    if isinstance(entry, Mapping):
        entry = None if entry.get("status") == "vacant" else entry.get("person")
    return entry if isinstance(entry, str) and entry != "vacant" else None


def _alone(tree: Mapping) -> Iterator[Problem]:
    """A team that interacts with itself."""
    interactions = tree.get("interactions")
    for index, one in enumerate(interactions if isinstance(interactions, Sequence) else ()):
        if not isinstance(one, Mapping):
            continue
        for first, second in (("between", "between"), ("provider", "consumer"), ("facilitator", "team")):
            if first not in one:
                continue
            ids = _ids(one.get(first))
            others = ids[1:] if first == second else _ids(one.get(second))
            if ids and ids[0] in others:
                path: Path = ("interactions", index, second)
                message = f"{describe(path)}: team `{ids[0]}` cannot interact with itself"
                yield Problem("TT004", message, _place(tree, path), "Name the other team.", path)


def _ids(value: Any) -> list[str]:
    found = value if isinstance(value, Sequence) else [value]
    return [one for one in found if isinstance(one, str)]


def _place(tree: Mapping, path: Path) -> Place:
    place = locate(tree, path)
    assert place is not None, path
    return place
