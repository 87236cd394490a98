"""What the third and the fourth test of a finding look at: needs and talk, the window before, other channels; and when it began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from topology.clans.codes import TestKind, Unasked
from topology.clans.congruence import Congruence, congruence
from topology.clans.labelled import Labelled, labelled
from topology.clans.partitions import Among, Labels, Partition, strata_of
from topology.clans.shuffles import Shuffled, labellings, permutation_test
from topology.clans.ties import KINDS, Layer, Silence
from topology.clans.turning import Turning, turning_point
from topology.clans.verdict import (
    MOST_Q,
    Elsewhere,
    Test,
    fewer,
    is_inward,
    lack,
    lasting,
    not_by_design,
    sides_not_by_design,
)
from topology.clans.window import Window, weekly_crossing

if TYPE_CHECKING:
    import networkx as nx

LEAST_EVENTS = 5  # of a week, so that its share tells anything
LONGEST_GAP = 4  # weeks without data, over which no month is told
SIDE_DRAWS = 999

Borders = Collection[frozenset[str]]


@dataclass(frozen=True)
class Counted:
    """A partition on a layer, counted and shuffled, before it is judged."""

    graph: nx.Graph[Any]
    network: Labelled
    labels: Labels
    strata: list[Hashable]
    among: Among
    shuffled: Shuffled | None


@dataclass(frozen=True, slots=True)
class Draws:
    """How many labellings are drawn where not every one is looked at, and by which seed."""

    count: int
    seed: int


def counted(window: Window, partition: Partition, graph: nx.Graph[Any], draws: Draws) -> Counted:
    """Bridges of a graph of the window against shuffled labels, each among the units that its partition allows."""

    def count() -> Counted:
        labels = window.labels(partition)
        # Inside a squad nearly everybody meets, so there it is how often that tells, not whether.
        network = labelled(graph, labels, weight="events" if partition.within else None)
        strata, among = strata_of(partition, network.units, graph.nodes, labels)
        shuffled = permutation_test(network, strata, draws=draws.count, seed=draws.seed, keep=window.drawn)
        return Counted(graph, network, labels, strata, among, shuffled)

    return window.once(("counted", partition.id, id(graph), draws), count)


def needs_of(window: Window, one: Counted, partition: Partition, borders: Borders | None) -> Congruence | None:
    """Needed pairs by whether they talk, whatever the layer that is read; None where no contact was seen in the window.

    For the sides a pair is two squads, and it talks when Product of one was seen with Tech of the other.
    """
    kinds = KINDS["observed"]
    if partition.within or not window.has_within(kinds):
        return None
    if not partition.of_people:
        return congruence(window.needs, window.talks(kinds), one.labels, borders, window.served)
    pairs = tuple(sorted((min(a, b), max(a, b)) for a, b in window.needs.edges))
    meets = _across_sides(one, pairs)(one.network.labels[:, None])[:, 0]
    return Congruence(pairs, tuple(pair for pair, met in zip(pairs, meets, strict=True) if met), (), ())


def _across_sides(one: Counted, pairs: tuple[tuple[str, str], ...]) -> Any:
    """A function: labels (n × k) → pairs × k, whether two squads have a tie across the sides under these labels."""
    team = {unit: str(one.graph.nodes[unit]["team"]) for unit in one.network.units}
    place = {pair: index for index, pair in enumerate(pairs)}
    ends = [(team[one.network.units[a]], team[one.network.units[b]])
            for a, b in zip(one.network.heads.tolist(), one.network.tails.tolist(), strict=True)]  # fmt: skip
    chosen = np.array([place.get((min(a, b), max(a, b)), -1) for a, b in ends], dtype=np.int64)
    order = np.argsort(chosen, kind="stable")
    order = order[chosen[order] >= 0]
    heads, tails, which = one.network.heads[order], one.network.tails[order], chosen[order]
    begins = np.flatnonzero(np.r_[True, which[1:] != which[:-1]]) if len(which) else which

    def meets(block: Any) -> Any:
        found = np.zeros((len(pairs), block.shape[1]), dtype=bool)
        if len(which):
            found[which[begins]] = np.logical_or.reduceat(block[heads] != block[tails], begins, axis=0)
        return found

    return meets


def by_design(needs: Congruence | None, one: Counted, partition: Partition, seed: int) -> Test:
    """Test 3."""
    if partition.within:
        return Test(TestKind.NOT_BY_DESIGN, True, Unasked.SHARED_WORK)
    if needs is not None and partition.of_people:
        shuffled = labellings(one.network, one.strata, draws=SIDE_DRAWS, seed=seed)
        meets = _across_sides(one, needs.across)
        counts = [int(count) for block in shuffled.blocks for count in meets(block).sum(axis=0)] if shuffled else []
        return sides_not_by_design(len(needs.across_talking), len(needs.across), counts)
    return not_by_design(needs)


def lasts(window: Window, partition: Partition, layer: Layer, draws: Draws) -> Test:
    """Test 4: the window before, and each channel of this one, by the same test on its own (uncorrected).

    Declared ties run on from one window to the next by themselves, so for them it is contact that has to show it too.
    """
    if layer == "declared":
        found = [_elsewhere(window, partition, window.ties(partition, "observed"), draws, what="contact")]
    else:
        earlier = window.before
        found = [
            _elsewhere(earlier, partition, earlier.ties(partition, layer), draws, what="before", weeks=window.weeks)
        ]
    told = window.of_both_sides if partition.of_people else window.channels(layer)
    for channel in window.channels(layer):
        if channel in told and window.has((channel,)):
            graph = window.seen(partition, (channel,))
            found.append(_elsewhere(window, partition, graph, draws, what="channel", channel=channel))
    return lasting(found)


def _elsewhere(
    window: Window, partition: Partition, graph: nx.Graph[Any] | Silence, draws: Draws, **where: Any
) -> Elsewhere:
    one = None if isinstance(graph, Silence) else counted(window, partition, graph, draws)
    if one is None or lack(one.network, partition.unit) or one.shuffled is None:
        return Elsewhere(fewer=None, holds=False, **where)
    holds = is_inward(one.network, one.shuffled, one.shuffled.p_fewer)
    return Elsewhere(fewer=fewer(one.shuffled), holds=holds, **where)


def began(
    window: Window, partition: Partition, layer: Layer, borders: Borders | None
) -> tuple[Turning | None, dt.date | None]:
    """How the share of contact across the border fell, and the Monday of the week in which that began.

    (None, None) where it did not fall, and for sides and declared ties. No week is told where data is missing around it.
    """
    if layer == "declared" or partition.of_people:
        return None, None
    every = weekly_crossing(window, window.labels(partition), KINDS[layer], borders)
    weeks = [week for week in every if week.events >= LEAST_EVENTS]
    places = [(week.week - weeks[0].week).days // 7 for week in weeks]
    found = turning_point([week.crossing / week.events for week in weeks], places)
    if found is None or found.p > MOST_Q or found.after >= found.before:
        return None, None
    after = found.begin + 1  # `begin` is the last week of the level before
    gap = places[after] - places[found.begin]
    return found, weeks[after].week if gap <= LONGEST_GAP else None
