"""Congruence: of the pairs whose work needs each other, those that do talk (Cataldo, Herbsleb and Carley 2008)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Congruence:
    """Needed pairs across a border and elsewhere; `talking` are those that were observed."""

    across: tuple[Pair, ...]
    across_talking: tuple[Pair, ...]
    inside: tuple[Pair, ...]
    inside_talking: tuple[Pair, ...]
    served: int = 0
    """Needed pairs across the border that X-as-a-Service serves: they need no talk, and are not among the others."""

    @property
    def missing(self) -> tuple[Pair, ...]:
        """The missing bridges: pairs across the border that need each other and were not seen talking."""
        talking = set(self.across_talking)
        return tuple(pair for pair in self.across if pair not in talking)

    @property
    def lower_across(self) -> bool:
        """Whether a smaller share talks across the border than elsewhere; False where either has no pair."""
        if not self.across or not self.inside:
            return False
        return len(self.across_talking) * len(self.inside) < len(self.inside_talking) * len(self.across)

    @property
    def p(self) -> float | None:
        """Fisher's exact one-sided p of so small a share across; None where either has no pair."""
        if not self.across or not self.inside:
            return None
        talking, pairs = len(self.across_talking) + len(self.inside_talking), len(self.across) + len(self.inside)
        ways = sum(
            math.comb(talking, k) * math.comb(pairs - talking, len(self.across) - k)
            for k in range(len(self.across_talking) + 1)
        )
        return ways / math.comb(pairs, len(self.across))


def congruence(
    needed: nx.Graph[Any],
    observed: nx.Graph[Any],
    labels: Mapping[str, str | None],
    borders: Collection[frozenset[str]] | None = None,
    served: Collection[Pair] = (),
) -> Congruence:
    """Needed pairs by whether they cross a border of the labels; pairs without a label at both ends are left out.

    `borders`: only these pairs of groups are the border, every other pair is elsewhere. `served` are pairs that need no talk.
    """

    def crosses(pair: Pair) -> bool:
        ends = frozenset(str(labels[team]) for team in pair)
        return ends in borders if borders is not None else len(ends) == 2

    def told(pairs: Iterable[Pair]) -> list[Pair]:
        return sorted((min(a, b), max(a, b)) for a, b in pairs if labels.get(a) and labels.get(b))

    pairs = told(needed.edges)
    across = tuple(pair for pair in pairs if crosses(pair))
    inside = tuple(pair for pair in pairs if not crosses(pair))
    talking, talking_inside = (tuple(pair for pair in part if observed.has_edge(*pair)) for part in (across, inside))
    return Congruence(across, talking, inside, talking_inside, sum(crosses(pair) for pair in told(served)))
