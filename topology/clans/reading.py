"""The reading of a partition on a layer: bridges against chance, the four tests, the grade, all in codes and numbers.

A finding needs all four tests of verdict.py; the rest is a sign, no sign, or too little to tell. `topology.words.clans` says it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from topology.clans.borders import Border, borders
from topology.clans.codes import Grade, TestKind, Unasked
from topology.clans.congruence import Congruence
from topology.clans.evidence import Counted, Draws, began, by_design, counted, lasts, needs_of
from topology.clans.labelled import Labelled
from topology.clans.multiple import benjamini_hochberg
from topology.clans.partitions import Among, Partition, partitions_of
from topology.clans.segregation import Bridges, bridges, group_ei, odds_ratio
from topology.clans.shuffles import SEED, SHUFFLES, Shuffled
from topology.clans.ties import LAYERS, Layer, Silence
from topology.clans.turning import Turning
from topology.clans.verdict import (
    MOST_Q,
    Test,
    enough,
    fewer,
    grade,
    inward,
    lack,
    smallest_effect,
)
from topology.clans.window import Window
from topology.graph.observed import Contacted
from topology.model import Organisation
from topology.privacy import too_few

QUIET = 0.8  # of the needed pairs across a border talk: then it is quiet, and not a border that parts


@dataclass(frozen=True)
class ClanReading:
    """Bridges against chance for one partition on one layer. What cannot be counted is None or empty, never 0."""

    partition: Partition
    layer: Layer
    grade: Grade
    first: dt.date
    """The first day of the window."""
    last: dt.date
    silence: Silence | None = None
    """Why there are no ties to read; None where there are."""
    units: int = 0
    groups: dict[str, int] = field(default_factory=dict)
    without_label: int = 0
    small: int = 0
    """Teams that the question is about and that are left out of what was observed, since they are known to be under five people."""
    bridges: Bridges | None = None
    shuffled: Shuffled | None = None
    among: Among = field(default_factory=Among)
    """Among which units the labels were shuffled."""
    q: float | None = None
    """p, corrected for all partitions and layers of the window (Benjamini and Hochberg)."""
    odds: float | None = None
    group_values: dict[str, float | None] = field(default_factory=dict)
    borders: tuple[Border, ...] = ()
    needs: Congruence | None = None
    """Pairs whose work needs each other, across the border and elsewhere."""
    tests: tuple[Test, ...] = ()
    carrier: tuple[str, int] | None = None
    """The team that takes part in most bridges, and in how many; None where there is no bridge or the units are people."""
    smallest: float | None = None
    """The share of missing bridges that this data would have shown four times in five."""
    turning: Turning | None = None
    began: dt.date | None = None
    """The Monday of the week in which the change began, where there was one."""

    @property
    def unit(self) -> str:
        """ "teams" or "people"."""
        return self.partition.unit

    @property
    def shows(self) -> bool:
        """Whether there is a sign or a finding."""
        return self.grade in (Grade.SIGN, Grade.FINDING)

    @property
    def tells(self) -> bool:
        """Whether there is enough data to tell anything, be it that there is no sign."""
        return self.grade != Grade.TOO_LITTLE

    @property
    def p(self) -> float | None:
        """The permutation's p of as few bridges, one-sided."""
        return self.shuffled.p_fewer if self.shuffled else None

    @property
    def fewer(self) -> float | None:
        """The share of bridges missing against the shuffles."""
        return fewer(self.shuffled) if self.shuffled else None

    @property
    def narrow(self) -> tuple[Border, ...]:
        """The borders between two groups that carry the sign: p ≤ .05 over all borders at once, and fewer bridges."""
        return tuple(one for one in self.borders if one.p <= MOST_Q and (one.fewer or 0) > 0)

    @property
    def quiet(self) -> bool:
        """Whether nearly all needed talk across the border takes place, no less than elsewhere: what Team Topologies wants."""
        needs = self.needs
        if self.grade != Grade.SIGN or self.tests[2].passed or needs is None or needs.lower_across:
            return False
        return len(needs.across_talking) >= QUIET * len(needs.across) and bool(needs.across or needs.served)


def read_clans(
    organisation: Organisation, contacts: Iterable[Contacted] | None, day: dt.date, *,
    partitions: Iterable[str] | None = None, layers: Iterable[Layer] = LAYERS, seed: int = SEED,
    weeks: int = 12, floor: float = 3, draws: int = SHUFFLES,
) -> list[ClanReading]:  # fmt: skip
    """A reading for each partition and layer in the `weeks` whole weeks up to `day`; all partitions where none is named.

    p is corrected over every partition and layer of the window, also those that are not asked for. Without data an
    observed reading says so. Raises ValueError for a partition that the organisation does not have.
    """
    window = Window.of(organisation, contacts, day, weeks, floor)
    return read_window(window, partitions=partitions, layers=layers, seed=seed, draws=draws)


def read_window(
    window: Window, *, partitions: Iterable[str] | None = None, layers: Iterable[Layer] = LAYERS, seed: int = SEED,
    draws: int = SHUFFLES,
) -> list[ClanReading]:  # fmt: skip
    """The same, of a window whose contacts are resolved already."""
    every = partitions_of(window.organisation)
    wanted = tuple(every if partitions is None else partitions)
    if unknown := [one for one in wanted if one not in every]:
        raise ValueError(f"there is no grouping `{unknown[0]}`; there are {', '.join(every)}")
    drawn = Draws(draws, seed)
    found = {key: _count(window, every[key[0]], key[1], drawn) for key in product(every, LAYERS)}
    testable = {
        key: one for key, one in found.items() if isinstance(one, Counted) and not lack(one.network, every[key[0]].unit)
    }
    values = [one.shuffled.p_fewer if one.shuffled else None for one in testable.values()]
    q = dict(zip(testable, benjamini_hochberg(values), strict=True))
    chosen = [key for key in product(wanted, layers) if key in found]
    return [_read(found[key], _Asked(window, every[key[0]], key[1], q.get(key), len(q), drawn)) for key in chosen]


def _count(window: Window, partition: Partition, layer: Layer, draws: Draws) -> Counted | Silence:
    graph = window.ties(partition, layer)
    return graph if isinstance(graph, Silence) else counted(window, partition, graph, draws)


@dataclass(frozen=True)
class _Asked:
    """What one reading is asked for; `q` and `tests` come from all readings of the window."""

    window: Window
    partition: Partition
    layer: Layer
    q: float | None
    tests: int
    draws: Draws


def _read(one: Counted | Silence, asked: _Asked) -> ClanReading:
    window, partition, layer, seed = asked.window, asked.partition, asked.layer, asked.draws.seed
    last = window.day if layer == "declared" else window.end - dt.timedelta(days=1)
    left_out = 0 if layer == "declared" or window.exchange is None else _left_out(window, partition)
    first = window.day if layer == "declared" else window.first
    if isinstance(one, Silence):
        return ClanReading(partition, layer, Grade.TOO_LITTLE, first, last, one, small=left_out)
    network, shuffled = one.network, one.shuffled
    told = set(network.groups) - _small_groups(window, one, partition)
    reading = ClanReading(
        partition, layer, Grade.TOO_LITTLE, first, last, None, network.n,
        {group: int(size) for group, size in zip(network.groups, network.sizes, strict=True)}, network.dropped,
        left_out, bridges(network), shuffled, one.among, asked.q, odds_ratio(network),
        {group: value for group, value in group_ei(network).items() if group in told},
        _borders(one, told, seed) if not lack(network, partition.unit) else (),
        carrier=None if partition.of_people else _carrier(network, window.small),
        smallest=smallest_effect(shuffled, asked.tests),
    )  # fmt: skip
    tests = [enough(network, partition.unit), inward(network, shuffled, asked.q, one.among)]
    holds = tests[0].passed and tests[1].passed
    narrow = {frozenset(border.groups) for border in reading.narrow} if holds and reading.narrow else None
    reading = replace(reading, needs=needs_of(window, one, partition, narrow))
    if holds:
        tests.append(by_design(reading.needs, one, partition, seed))
        tests.append(lasts(window, partition, layer, asked.draws))
        turning, week = began(window, partition, layer, narrow)
        reading = replace(reading, turning=turning, began=week)
    else:
        tests += [Test(kind, None, Unasked.NO_SIGN) for kind in (TestKind.NOT_BY_DESIGN, TestKind.LASTING)]
    reading = replace(reading, tests=tuple(tests), grade=grade(tests))
    if reading.quiet:  # what is wanted has no beginning to look for
        reading = replace(reading, turning=None, began=None)
    return reading


def _left_out(window: Window, partition: Partition) -> int:
    """The small teams that a partition asks about."""
    nodes = window.needed.nodes
    return sum(
        1 for team in window.small if team in nodes and (partition.of_people or partition.asks_about(nodes[team]))
    )


def _small_groups(window: Window, one: Counted, partition: Partition) -> set[str]:
    """The groups that are known to be under five people: nothing is told of them."""
    network = one.network
    if partition.of_people:
        return {group for group, size in zip(network.groups, network.sizes, strict=True) if too_few(int(size))}
    teams = window.organisation.teams_on(window.day)
    sizes: dict[str, int | None] = dict.fromkeys(network.groups, 0)
    for name, label in zip(network.units, network.labels.tolist(), strict=True):
        before, count = sizes[network.groups[label]], teams[name].head_count(window.day) if name in teams else None
        sizes[network.groups[label]] = None if before is None or count is None else before + count
    return {group for group, size in sizes.items() if too_few(size)}


def _borders(one: Counted, told: set[str], seed: int) -> tuple[Border, ...]:
    """The borders of three groups or more; of two groups there is one, and it has the p of the whole."""
    network, shuffled = one.network, one.shuffled
    if len(network.groups) > 2:
        return tuple(border for border in borders(network, one.strata, seed=seed) if told.issuperset(border.groups))
    if shuffled is None or len(network.groups) < 2 or len(told) < 2:
        return ()
    first, second = network.groups
    return (
        Border((first, second), int(shuffled.crossing), shuffled.mean, shuffled.low, shuffled.high, shuffled.p_fewer),
    )


def _carrier(network: Labelled, small: frozenset[str]) -> tuple[str, int] | None:
    across = network.labels[network.heads] != network.labels[network.tails]
    ends = np.bincount(np.concatenate([network.heads[across], network.tails[across]]), minlength=network.n)
    told = {unit: int(count) for unit, count in zip(network.units, ends, strict=True) if count and unit not in small}
    first = max(told, key=lambda unit: told[unit], default=None)
    return None if first is None else (first, told[first])
