"""How evenly the sources see the groups: a group that is seen by halves looks as if it kept to itself, or as if others did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from topology.clans.codes import Cap
from topology.clans.partitions import Partition
from topology.clans.ties import KINDS, Layer
from topology.clans.verdict import LEAST_GROUP

if TYPE_CHECKING:
    from topology.clans.evidence import Counted
    from topology.clans.window import Window

MOST_UNEVEN = 3.0  # times as much contact of each pair of a group's own teams as of another's: then at most a sign
HALF_SEEN = 0.25  # of the weeks: a team whose own people are seen together in fewer is known through others alone
LEAST_TOLD = 0.2  # of the teams: so many have to be seen among themselves before it says anything of the others
MOST_HALF_SEEN = 1 / 3  # the difference of two groups' shares of such teams


@dataclass(frozen=True)
class Coverage:
    """By group of four teams or more: the weeks of contact of a pair of its own teams, on average; the share of its teams whose own people
    are seen together in fewer than one week of four."""

    contact: Mapping[str, float]
    half_seen: Mapping[str, float]
    """Empty where contact inside squads is not told at all, so that it says nothing of one of them."""

    @property
    def caps(self) -> list[Cap]:
        """Why no finding may be told, if so."""
        found = []
        if min(self.contact.values(), default=0.0) * MOST_UNEVEN < max(self.contact.values(), default=0.0):
            found.append(Cap.UNEVEN)
        if max(self.half_seen.values(), default=0.0) - min(self.half_seen.values(), default=0.0) > MOST_HALF_SEEN:
            found.append(Cap.HALF_SEEN)
        return found


def coverage(window: Window, partition: Partition, layer: Layer, one: Counted) -> Coverage | None:
    """The coverage of a reading's groups; None for people and declared ties."""
    if layer == "declared" or partition.of_people:
        return None
    network, inside = one.network, window.inside(KINDS[layer])
    least = HALF_SEEN * window.weeks
    told = sum(inside.get(unit, 0) >= least for unit in network.units) >= LEAST_TOLD * network.n
    contact, half = {}, {}
    inner = network.labels[network.heads] == network.labels[network.tails]
    for group, name in enumerate(network.groups):
        members = [unit for unit, label in zip(network.units, network.labels.tolist(), strict=True) if label == group]
        if len(members) < LEAST_GROUP:
            continue
        own = float(network.weights[inner & (network.labels[network.heads] == group)].sum())
        contact[name] = own / (len(members) * (len(members) - 1) / 2)
        half[name] = sum(inside.get(unit, 0) < least for unit in members) / len(members)
    return Coverage(contact, half if told else {})
