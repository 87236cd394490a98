"""One answer to one question: from a squad and a side, and from nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from topology.maturity.pack import LEVELS
from topology.model import Side

Counts = tuple[int, ...]
"""How many answers there are on each of the five levels."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A level, 1 to 5, that somebody of a side of a squad chose for a question."""

    team: str
    side: Side
    item: str
    value: int


def counts_of(answers: Iterable[Answer]) -> Counts:
    """How many there are on each level."""
    values = [one.value for one in answers]
    return tuple(values.count(level) for level in LEVELS)


def added(counts: Iterable[Counts]) -> Counts:
    """The counts of several together."""
    return tuple(map(sum, zip(*counts, strict=True))) or (0,) * len(LEVELS)


def by_item(answers: Sequence[Answer]) -> Mapping[str, list[Answer]]:
    """The answers of each question."""
    found: dict[str, list[Answer]] = {}
    for one in answers:
        found.setdefault(one.item, []).append(one)
    return found


def by_squad(own: Iterable[Answer]) -> dict[str, list[Answer]]:
    """The answers of each squad."""
    squads: dict[str, list[Answer]] = {}
    for one in own:
        squads.setdefault(one.team, []).append(one)
    return squads
