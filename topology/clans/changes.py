"""The change between two windows: whether bridges were lost beyond what the ties that came and went would lose by chance."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from topology.clans.labelled import labelled
from topology.clans.partitions import Partition, strata_of
from topology.clans.segregation import closed_form
from topology.clans.shuffles import SEED, SHUFFLES, permutation_test
from topology.clans.ties import Layer, Silence
from topology.clans.window import Window


@dataclass(frozen=True, slots=True)
class Change:
    """Bridges of the window before and of this one, and the change against shuffled labels, the ties that came and went kept.

    `low` and `high` are the 95 % range of the change, `p` is one-sided (as many lost); `z` is by the closed form.
    """

    before: int
    after: int
    low: float
    high: float
    p: float
    z: float | None


def change(
    window: Window, partition: Partition, layer: Layer, *, draws: int = SHUFFLES, seed: int = SEED
) -> Change | None:
    """The change of a partition on a layer from the window before to this one; None where no tie came or went.

    A tie that came has the weight 1, one that went −1; units are those of both windows. None for sides, whose units change
    too much, and where a window has no data. Source: Cliff and Ord 1981, join counts with signed weights.
    """
    before, after = window.before.ties(partition, layer), window.ties(partition, layer)
    if partition.of_people or isinstance(before, Silence) or isinstance(after, Silence):
        return None
    units = [unit for unit in after if unit in before]
    signed: nx.Graph[str] = nx.Graph()
    signed.add_nodes_from((unit, after.nodes[unit]) for unit in units)
    for graph, other, sign in ((after, before, 1.0), (before, after, -1.0)):
        signed.add_edges_from(
            (a, b, {"sign": sign}) for a, b in graph.edges if a in signed and b in signed and not other.has_edge(a, b)
        )
    labels = window.labels(partition)
    network = labelled(signed, labels, weight="sign")
    strata, _ = strata_of(partition, network.units, signed.nodes, labels)
    shuffled = permutation_test(network, strata, draws=draws, seed=seed)
    if shuffled is None:
        return None
    moments = closed_form(network)
    z = (shuffled.crossing - moments[0]) / moments[1] if moments and moments[1] else None
    counts = [
        sum(
            bool(labels[a]) and bool(labels[b]) and labels[a] != labels[b]
            for a, b in graph.edges
            if a in signed and b in signed
        )
        for graph in (before, after)
    ]
    return Change(counts[0], counts[1], shuffled.low, shuffled.high, shuffled.p_fewer, z)
