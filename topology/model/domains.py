"""How many domains a team can hold in its head, by how hard they are."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from topology.model.team import Domain

MOST_SIMPLE = 3


def too_many(domains: Sequence[Domain]) -> Literal["complex", "complicated", "simple"] | None:
    """Of which kind there are too many: a complex domain beside any other, two complicated ones, more than three simple ones.

    Source: Team Topologies (Skelton, Pais 2019), chapter 3.
    """
    kinds = Counter(one.complexity for one in domains)
    if kinds["complex"] and len(domains) > 1:
        return "complex"
    if kinds["complicated"] > 1:
        return "complicated"
    return "simple" if kinds["simple"] > MOST_SIMPLE else None
