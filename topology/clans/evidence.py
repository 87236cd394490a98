"""What the four tests look at: a grouping on a layer, counted and shuffled; the needed pairs; the window before; and when it began."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from topology.clans.borders import Border, borders
from topology.clans.codes import Grade, TestKind, Unasked
from topology.clans.labelled import Labelled, labelled
from topology.clans.partitions import Among, Labels, Partition, strata_of
from topology.clans.seen import Seen
from topology.clans.shuffles import Shuffled, labellings, permutation_test
from topology.clans.silence import Needs, needs_across
from topology.clans.ties import KINDS, Layer, Silence
from topology.clans.turning import Turning, turning_point
from topology.clans.verdict import (
    LEAST_FEWER,
    LEAST_GROUP,
    MOST_P,
    MOST_P_BEFORE,
    MOST_Q,
    Crossing,
    Elsewhere,
    Lack,
    Test,
    enough,
    fewer,
    grade,
    inward,
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
MOST_P_BEGAN = 0.05
BORDER_DRAWS = 1_999
MOST_WORK, LEAST_DRAWS = 20_000_000, 999  # pairs × labellings: of many pairs fewer are looked at

Borders = Collection[frozenset[str]]


@dataclass(frozen=True)
class Counted:
    """A partition on a layer, counted and shuffled, before it is judged."""

    graph: nx.Graph[Any] | Seen
    network: Labelled
    labels: Labels
    strata: list[Hashable]
    among: Among
    shuffled: Shuffled | None
    borders: tuple[Border, ...] = ()
    """Of three groups and more; of two there is one border, and it has the p of the whole."""

    @property
    def p(self) -> float | None:
        """How often chance gives as little across the whole grouping, or across one of its borders, the lesser of the two. (Of each at most
        .025 is asked, so that together they are one test at 5 %.)"""
        return None if self.shuffled is None else min([self.shuffled.p_fewer, *(one.p for one in self._large)])

    @property
    def least_p(self) -> float:
        """How often chance parts the units as the one arrangement that has least across does: 0 where there are too many to look at each.
        (Groups of one size may change places without a difference.)"""
        if self.shuffled is None or not self.shuffled.enumerated:
            return 0.0
        alike = math.prod(math.factorial(count) for count in Counter(self.network.sizes.tolist()).values())
        return alike / self.shuffled.draws

    @property
    def _large(self) -> tuple[Border, ...]:
        """The borders between groups large enough to be told of."""
        sizes = dict(zip(self.network.groups, self.network.sizes.tolist(), strict=True))
        return tuple(one for one in self.borders if min(sizes[group] for group in one.groups) >= LEAST_GROUP)

    @property
    def narrow(self) -> tuple[Border, ...]:
        """The borders that show it."""
        return tuple(one for one in self._large if one.p <= MOST_P and (one.fewer or 0) >= LEAST_FEWER)

    @property
    def whole(self) -> bool:
        """Whether the whole grouping shows it."""
        return (
            self.shuffled is not None and self.shuffled.p_fewer <= MOST_P and (fewer(self.shuffled) or 0) >= LEAST_FEWER
        )


@dataclass(frozen=True, slots=True)
class Draws:
    """How many labellings are drawn where not every one is looked at, and by which seed."""

    count: int
    seed: int


def counted(window: Window, partition: Partition, graph: nx.Graph[Any] | Seen, draws: Draws) -> Counted:
    """What crosses in a graph of the window against shuffled labels, each among the units that its partition allows."""

    def count() -> Counted:
        labels = window.labels(partition)
        network = network_of(graph, labels, partition)
        most = min(draws.count, max(LEAST_DRAWS, MOST_WORK // max(1, network.m)))
        wider = partition.inside(window.organisation) if partition.inside else None
        strata, among = strata_of(partition, network.units, graph.nodes, labels, wider or None)
        shuffled = permutation_test(network, strata, draws=most, seed=draws.seed, keep=window.drawn)
        found: tuple[Border, ...] = ()
        if len(network.groups) > 2 and not lack(network, partition.unit):
            found = tuple(borders(network, strata, draws=min(BORDER_DRAWS, most), seed=draws.seed))
        return Counted(graph, network, labels, strata, among, shuffled, found)

    return window.once(("counted", partition.id, id(graph), draws), count)


def network_of(graph: nx.Graph[Any] | Seen, labels: Labels, partition: Partition) -> Labelled:
    """The units with a label, and what joins them: weeks of contact; of people of one squad how often they met, since nearly all do; else
    whether there is a tie."""
    if isinstance(graph, Seen):
        return graph.labelled(labels)
    return labelled(graph, labels, weight="events" if partition.within else None)


# -- the four tests ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """What the four tests say of a window by themselves, and on which borders (None: the whole grouping)."""

    tests: tuple[Test, ...]
    needs: Needs | None = None
    narrow: tuple[Border, ...] = ()

    @property
    def grade(self) -> Grade:
        """The grade that the tests give."""
        return grade(self.tests)


def judge(window: Window, partition: Partition, layer: Layer, one: Counted, q: float | None, draws: Draws) -> Judged:
    """The four tests; `q` is the p of the second, corrected for whatever else was looked at.

    Where borders show it and the whole grouping does too, the third and the fourth are asked of the borders first: a finding names the
    narrowest that all four hold for.
    """
    first = _enough(window, partition, layer, one)
    second = _inward(one, q, one.narrow)
    if not (first.passed and second.passed):
        rest = (Test(kind, None, Unasked.NO_SIGN) for kind in (TestKind.NOT_BY_DESIGN, TestKind.LASTING))
        return Judged((first, second, *rest), needs_of(window, one, partition, None))

    def over(narrow: tuple[Border, ...]) -> Judged:
        borders_ = _groups(narrow)
        needs = needs_of(window, one, partition, borders_)
        third = by_design(needs, one, partition, draws.seed)
        tests = (first, _inward(one, q, narrow), third, lasts(window, partition, layer, borders_, draws))
        return Judged(tests, needs, narrow)

    each = tuple(border for border in one.narrow if over((border,)).grade == Grade.FINDING)
    ways = [each, each[:1], *([()] if one.whole else []), one.narrow]
    judged = [over(narrow) for narrow, shows in ((way, bool(way) or one.whole) for way in ways) if shows]
    return next((way for way in judged if way.grade == Grade.FINDING), judged[-1])


def _enough(window: Window, partition: Partition, layer: Layer, one: Counted) -> Test:
    """Test 1, for contact also that the data reaches back through the window, and that chance does not part so few units as well."""
    first = enough(one.network, partition.unit)
    kinds = KINDS["observed" if partition.of_people else layer] if layer != "declared" else ()
    if first.passed and kinds and not window.covers(kinds):
        return Test(TestKind.ENOUGH, False, Lack("weeks", window.weeks_known(kinds), window.weeks))
    if first.passed and one.shuffled is not None and one.least_p > MOST_P:
        return Test(TestKind.ENOUGH, False, Lack("chance", one.least_p, MOST_P))
    return first


def _groups(narrow: Collection[Border]) -> Borders | None:
    return {frozenset(border.groups) for border in narrow} if narrow else None


def _inward(one: Counted, q: float | None, narrow: tuple[Border, ...]) -> Test:
    shuffled, network = one.shuffled, one.network
    if shuffled is None and network.m:
        return inward(Unasked.NO_OTHER_LABELS, None)
    if shuffled is None or q is None:
        return inward(Unasked.TOO_LITTLE, None)
    holds = q <= MOST_Q and (one.whole or bool(one.narrow))
    missing = min((border.fewer or 0.0 for border in narrow), default=fewer(shuffled) or 0.0)
    p = max((border.p for border in narrow), default=shuffled.p_fewer)
    seen = Crossing(
        shuffled.crossing, float(network.weights.sum()), one.among, shuffled.low, shuffled.high, shuffled.mean, p, q, missing,
        network.busy, tuple(border.groups for border in narrow),
    )  # fmt: skip
    return inward(seen, holds)


def needs_of(window: Window, one: Counted, partition: Partition, borders_: Borders | None) -> Needs | None:
    """Needed pairs by how often they were seen, whatever the layer that is read; None where no contact was seen in the window.

    For the sides a pair is two squads, and it was seen when Product of one was with Tech of the other.
    """
    kinds = KINDS["observed"]
    if partition.within or not window.has_within(kinds):
        return None
    pairs = tuple(sorted((min(a, b), max(a, b)) for a, b in window.needs.edges))
    if partition.of_people:
        meets = _across_sides(one, pairs)(one.network.labels[:, None])[:, 0]
        seen = {pair: window.weeks for pair, met in zip(pairs, meets, strict=True) if met}
        return Needs(pairs, (), seen, window.weeks)
    unseen = window.unseen(kinds)
    labels = {unit: one.labels.get(unit) for unit in one.graph if unit not in unseen}
    told = tuple(pair for pair in window.asked_needs if pair[0] in labels and pair[1] in labels)
    return needs_across(told, window.weeks_seen, window.weeks, labels, borders_, window.served)


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


def by_design(needs: Needs | None, one: Counted, partition: Partition, seed: int) -> Test:
    """Test 3."""
    if partition.within:
        return Test(TestKind.NOT_BY_DESIGN, True, Unasked.SHARED_WORK)
    if needs is not None and partition.of_people:
        shuffled = labellings(one.network, one.strata, draws=SIDE_DRAWS, seed=seed)
        meets = _across_sides(one, needs.across)
        counts = [int(count) for block in shuffled.blocks for count in meets(block).sum(axis=0)] if shuffled else []
        return sides_not_by_design(len(needs.across) - len(needs.missing), len(needs.across), counts)
    return not_by_design(needs)


def lasts(window: Window, partition: Partition, layer: Layer, borders_: Borders | None, draws: Draws) -> Test:
    """Test 4: the same border (or the whole grouping) in the window before, with the silence of test 3 there.

    Declared ties run on from one window to the next by themselves, so for them it is contact that has to show it.
    """
    if layer == "declared":
        return lasting(_elsewhere(window, partition, "observed", borders_, draws, Elsewhere("contact", window.weeks)))
    return lasting(_elsewhere(window.before, partition, layer, borders_, draws, Elsewhere("before", window.weeks)))


def _elsewhere(
    window: Window, partition: Partition, layer: Layer, borders_: Borders | None, draws: Draws, none: Elsewhere
) -> Elsewhere:
    graph = window.compared(partition, layer)
    one = None if isinstance(graph, Silence) else counted(window, partition, graph, draws)
    kinds = KINDS["observed" if partition.of_people else layer]
    if one is None or one.shuffled is None or lack(one.network, partition.unit) or not window.covers(kinds):
        return none
    p, missing = one.shuffled.p_fewer, fewer(one.shuffled)
    if borders_ is not None and borders_ != {frozenset(one.network.groups)}:  # (of two groups the whole is the border)
        known = [border for border in one.borders if frozenset(border.groups) in borders_]
        if len(known) < len(borders_):
            return none
        worst = max(known, key=lambda border: border.p_alone)  # (each of them has to have been so)
        p, missing = worst.p_alone, worst.fewer
    third = by_design(needs_of(window, one, partition, borders_), one, partition, draws.seed)
    holds = p <= MOST_P_BEFORE and (missing or 0) > 0 and bool(third.passed)
    return Elsewhere(none.what, none.weeks, missing, p, third.passed, holds)


# -- when it began ----------------------------------------------------------------------------------------------------


def began(
    window: Window, partition: Partition, layer: Layer, borders_: Borders | None
) -> tuple[Turning | None, tuple[dt.date, dt.date, dt.date] | None]:
    """How contact across the border fell, and the Mondays of the weeks in which that began, and between which it may have.

    (None, None) where the contact across did not itself fall, where all contact fell with it, and for sides and declared ties. No week is
    told where data is missing around it.
    """
    if layer == "declared" or partition.of_people or (borders_ is not None and len(borders_) > 1):
        return None, None  # (several borders need not have the same beginning)
    every = weekly_crossing(window, window.labels(partition), KINDS[layer], borders_)
    weeks = [week for week in every if week.events >= LEAST_EVENTS]
    places = [(week.week - weeks[0].week).days // 7 for week in weeks]
    found = turning_point([week.crossing for week in weeks], places)
    share = turning_point([week.crossing / week.events for week in weeks], places)
    if found is None or share is None or max(found.p, share.p) > MOST_P_BEGAN:
        return None, None
    if found.after >= found.before or share.after >= share.before:
        return None, None
    after = found.begin + 1  # `begin` is the last week of the level before
    gap = places[after] - places[found.begin]
    if gap > LONGEST_GAP:
        return share, None
    at = [weeks[min(index + 1, len(weeks) - 1)].week for index in (found.begin, found.earliest, found.latest)]
    return share, (at[0], at[1], at[2])
