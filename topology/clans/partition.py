"""A partition: any labelling of teams or people that clans tests, and among which units its labels may be shuffled."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from topology.language import Text
from topology.model import Organisation

OVERLAP = 0.3  # Cramér's V from which two partitions tell partly the same (Cohen's "medium" effect, 1988)

Labels = dict[str, str | None]
"""{team or person: label}. None is a missing label, never a group."""
Node = Mapping[str, Any]
"""The attributes of a unit in its graph."""


def _capitalised(_: Organisation, label: str) -> str:
    return label[:1].upper() + label[1:]


def _every(_: Node) -> bool:
    return True


@dataclass(frozen=True)
class Partition:
    """One way to part an organisation. A file of this folder gives one as `PARTITION`; its place in lists is `order`."""

    id: str
    order: int
    name: Text
    labels: Callable[[Organisation], Labels]
    label_name: Callable[[Organisation, str], str] = _capitalised
    """The words for one of its groups."""
    asks_about: Callable[[Node], bool] = _every
    """Which teams belong into the question; to the others no label is missing."""
    of_people: bool = False
    """Whether its units are people and not teams."""
    within: bool = False
    """Whether it looks at contact inside each squad, and so at how often and not whether."""
    own: bool = False
    """Whether it is a label of the project's own, an `x-` key."""
    among_type: bool = True
    """Whether labels move among teams of one type only (not where the type is the label)."""
    among_site: bool = True
    """Whether labels move among teams of one site only, where site and label overlap (not where the site is the label)."""
    among_stream: bool = False
    """Whether labels move among teams of one value stream only, where stream and label overlap."""
    inside: Callable[[Organisation], Labels] | None = None
    """The wider groupings within which its labels move: where these part, what they hold is not blamed."""
    applies: Callable[[Organisation], bool] = lambda _: True
    """Whether an organisation has it."""

    @property
    def unit(self) -> str:
        """ "people" or "teams"."""
        return "people" if self.of_people else "teams"


@dataclass(frozen=True, slots=True)
class Among:
    """Among which units labels were shuffled: those of one squad, type, site, value stream, wider grouping; all where none is said."""

    squad: bool = False
    type: bool = False
    site: bool = False
    stream: bool = False
    wider: bool = False


def strata_of(
    partition: Partition, units: Sequence[str], nodes: Mapping[str, Node], labels: Labels, wider: Labels | None = None
) -> tuple[list[Hashable], Among]:
    """The stratum of each unit, and what it is made of.

    Sides are shuffled within each squad; teams among those of the same type, of the same site where site and label overlap (of the same
    value stream, for sites): else a border between sites would pass for one between groups; and within the `wider` groupings.
    """
    if partition.of_people:
        return [str(nodes[unit]["team"]) for unit in units], Among(squad=True)
    sites = [nodes[unit]["site"] for unit in units]
    streams = [nodes[unit]["value_stream"] for unit in units]
    own = [labels[unit] for unit in units]
    by_site = partition.among_site and cramers_v(own, sites) >= OVERLAP
    by_stream = partition.among_stream and cramers_v(own, streams) >= OVERLAP
    strata: list[Hashable] = [
        (
            nodes[unit]["type"] if partition.among_type else "", site if by_site else "", stream if by_stream else "",
            wider.get(unit) if wider else "",
        )
        for unit, site, stream in zip(units, sites, streams, strict=True)
    ]  # fmt: skip
    return strata, Among(type=partition.among_type, site=by_site, stream=by_stream, wider=wider is not None)


def cramers_v(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """How far two labels of the same units tell the same, 0 to 1, corrected for chance; 0 where one of them is constant.

    Units without a label (None) are left out. Source: Bergsma, Journal of the Korean Statistical Society 42 (2013) 323.
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    n, cells = len(pairs), Counter(pairs)
    rows, columns = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    if n < 2 or len(rows) < 2 or len(columns) < 2:
        return 0.0
    phi = sum(count**2 / (rows[a] * columns[b]) for (a, b), count in cells.items()) - 1
    phi = max(0.0, phi - (len(rows) - 1) * (len(columns) - 1) / (n - 1))
    least = min(size - (size - 1) ** 2 / (n - 1) for size in (len(rows), len(columns)))
    return math.sqrt(phi / (least - 1)) if least > 1 else 0.0
