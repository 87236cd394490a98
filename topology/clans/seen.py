"""Every pair of teams that was seen in contact in a window, as arrays: three hundred teams have forty thousand of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from topology.clans.labelled import Ints, Labelled


@dataclass(frozen=True, eq=False)
class Seen:
    """Teams with their attributes, and the pairs of them: `first` and `second` are places among the teams, `weeks` in how many weeks of the
    window each pair was seen."""

    nodes: Mapping[str, Any]
    first: Ints
    second: Ints
    weeks: Ints

    def __iter__(self) -> Iterator[str]:
        return iter(self.nodes)

    @property
    def busy(self) -> Ints:
        """How many pairs each team is in."""
        return np.bincount(np.concatenate([self.first, self.second]), minlength=len(self.nodes))

    def among(self, units: Collection[str]) -> Seen:
        """The same of some of the teams."""
        kept = set(units)
        if len(kept) == len(self.nodes):
            return self
        place = np.full(len(self.nodes), -1, dtype=np.int64)
        nodes = {unit: node for unit, node in self.nodes.items() if unit in kept}
        here = [index for index, unit in enumerate(self.nodes) if unit in kept]
        place[here] = np.arange(len(here))
        first, second = place[self.first], place[self.second]
        both = (first >= 0) & (second >= 0)
        return Seen(nodes, first[both], second[both], self.weeks[both])

    def labelled(self, labels: Mapping[str, str | None]) -> Labelled:
        """The teams that have a label, with the weeks of contact of each pair of them."""
        known = self.among([unit for unit in self if labels.get(unit) is not None])
        units = tuple(known)
        groups = tuple(sorted({str(labels[unit]) for unit in units}))
        code = {group: index for index, group in enumerate(groups)}
        own = np.array([code[str(labels[unit])] for unit in units], dtype=np.int64)
        return Labelled(
            units,
            own,
            groups,
            known.first,
            known.second,
            known.weeks.astype(np.float64),
            dropped=len(self.nodes) - len(units),
            busy=True,
        )
