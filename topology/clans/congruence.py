"""Congruence: of the pairs whose work needs each other, those that do talk (Cataldo, Herbsleb and Carley 2008)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Congruence:
    """Needed pairs across the border of groups and inside them; `talking` are those that were observed."""

    across: tuple[Pair, ...]
    across_talking: tuple[Pair, ...]
    inside: tuple[Pair, ...]
    inside_talking: tuple[Pair, ...]

    @property
    def missing(self) -> tuple[Pair, ...]:
        """The missing bridges: pairs across the border that need each other and were not seen talking."""
        return tuple(pair for pair in self.across if pair not in self.across_talking)


def congruence(needed: nx.Graph[Any], observed: nx.Graph[Any], labels: Mapping[str, str | None]) -> Congruence:
    """Needed pairs by whether they cross the border of the labels; pairs without a label at both ends are left out."""
    pairs: list[Pair] = sorted((min(a, b), max(a, b)) for a, b in needed.edges)
    across = tuple(p for p in pairs if labels.get(p[0]) and labels.get(p[1]) and labels[p[0]] != labels[p[1]])
    inside = tuple(p for p in pairs if labels.get(p[0]) and labels.get(p[0]) == labels.get(p[1]))
    return Congruence(
        across, tuple(p for p in across if observed.has_edge(*p)), inside, tuple(p for p in inside if observed.has_edge(*p))
    )  # fmt: skip
