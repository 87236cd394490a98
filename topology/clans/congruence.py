"""Congruence: of the pairs whose work needs each other, those that do talk (Cataldo, Herbsleb and Carley 2008)."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
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

    @property
    def missing(self) -> tuple[Pair, ...]:
        """The missing bridges: pairs across the border that need each other and were not seen talking."""
        return tuple(pair for pair in self.across if pair not in self.across_talking)

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
) -> Congruence:
    """Needed pairs by whether they cross a border of the labels; pairs without a label at both ends are left out.

    `borders`: only these pairs of groups are the border, every other pair is elsewhere.
    """
    pairs: list[Pair] = sorted((min(a, b), max(a, b)) for a, b in needed.edges if labels.get(a) and labels.get(b))
    ends = {pair: frozenset(str(labels[team]) for team in pair) for pair in pairs}
    across = tuple(p for p in pairs if (ends[p] in borders if borders is not None else len(ends[p]) == 2))
    inside = tuple(p for p in pairs if p not in set(across))
    return Congruence(
        across, tuple(p for p in across if observed.has_edge(*p)), inside, tuple(p for p in inside if observed.has_edge(*p))
    )  # fmt: skip
