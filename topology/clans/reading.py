"""The reading of a grouping on a layer: bridges against chance, the four tests, the grade, in numbers and in plain words.

The word "finding" needs all four tests of verdict.py; the rest is a sign, no sign, or not enough data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from topology.clans.borders import Border, borders
from topology.clans.congruence import Congruence
from topology.clans.evidence import Counted, began, by_design, counted, lasts, needs_of, unit_of
from topology.clans.groupings import groupings_of, label_name, labels_of
from topology.clans.labelled import Labelled
from topology.clans.multiple import benjamini_hochberg
from topology.clans.segregation import Bridges, bridges, group_ei, odds_ratio
from topology.clans.shuffles import SEED, SHUFFLES, Shuffled
from topology.clans.ties import LAYERS, SMALL_GROUP, Layer, Source, small_teams
from topology.clans.turning import Turning
from topology.clans.verdict import MOST_Q, Grade, Test, enough, fewer, grade, inward, lack, smallest_effect
from topology.clans.wording import sentence, what_is_counted
from topology.graph.observed import Contacted
from topology.model import Organisation, whole_weeks_end

QUIET = 0.8  # of the needed pairs across a border talk: then it is quiet, and not a border that parts


@dataclass(frozen=True)
class ClanReading:
    """Bridges against chance for one grouping on one layer. What cannot be counted is None or empty, never 0."""

    grouping: str
    layer: Layer
    unit: str
    """"teams" or "people"."""
    grade: Grade
    sentence: str
    first: dt.date
    """The first day of the window."""
    last: dt.date
    units: int = 0
    groups: dict[str, int] = field(default_factory=dict)
    without_label: int = 0
    bridges: Bridges | None = None
    shuffled: Shuffled | None = None
    how: str = ""
    """Among which units the labels were shuffled, in words."""
    q: float | None = None
    """p, corrected for all groupings and layers of the window (Benjamini and Hochberg)."""
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
    def told(self) -> str:
        """The grade in words; a quiet boundary by its name, for it is what Team Topologies wants."""
        return "quiet boundary" if self.quiet else self.grade

    @property
    def quiet(self) -> bool:
        """Whether nearly all needed talk across the border takes place, no less than elsewhere: what Team Topologies wants."""
        needs = self.needs
        if self.grade != "sign" or self.tests[2].passed or needs is None or needs.lower_across:
            return False
        return len(needs.across_talking) >= QUIET * len(needs.across) and bool(needs.across or needs.served)


def read_clans(
    organisation: Organisation, contacts: Iterable[Contacted] | None, day: dt.date, *,
    groupings: Iterable[str] | None = None, layers: Iterable[str] = LAYERS, seed: int = SEED,
    weeks: int = 12, floor: float = 3, draws: int = SHUFFLES,
) -> list[ClanReading]:  # fmt: skip
    """A reading for each grouping and layer in the `weeks` whole weeks up to `day`; all groupings where none is named.

    p is corrected over every grouping and layer of the window, also those that are not asked for. Without data an
    observed reading says so. Raises ValueError for a grouping that the organisation does not have.
    """
    return read_source(
        Source.of(organisation, contacts, weeks, floor), day, groupings=groupings, layers=layers, seed=seed, draws=draws
    )


def read_source(
    source: Source, day: dt.date, *, groupings: Iterable[str] | None = None, layers: Iterable[str] = LAYERS, seed: int = SEED,
    draws: int = SHUFFLES,
) -> list[ClanReading]:  # fmt: skip
    """The same, of a source whose contacts are resolved already."""
    every = groupings_of(source.organisation)
    wanted = tuple(every if groupings is None else groupings)
    if unknown := [one for one in wanted if one not in every]:
        raise ValueError(f"there is no grouping `{unknown[0]}`; there are {', '.join(every)}")
    found = {key: _count(source, *key, day, seed, draws) for key in product(every, LAYERS)}
    testable = {key: one for key, one in found.items() if isinstance(one, Counted) and not _lack(one, key[0])}
    values = [one.shuffled.p_fewer if one.shuffled else None for one in testable.values()]
    q = dict(zip(testable, benjamini_hochberg(values), strict=True))
    chosen = [key for key in product(wanted, layers) if key in found]
    return [_read(found[key], _Asked(source, *key, day, q.get(key), len(q), seed, draws)) for key in chosen]


def _lack(one: Counted, grouping: str) -> str:
    return lack(one.network, unit_of(grouping))


def _count(source: Source, grouping: str, layer: Layer, day: dt.date, seed: int, draws: int) -> Counted | str:
    graph = source.ties(grouping, layer, day)
    if isinstance(graph, str):
        return graph
    return counted(graph, labels_of(source.organisation, grouping), grouping, draws=draws, seed=seed)


@dataclass(frozen=True)
class _Asked:
    """What one reading is asked for; `q` and `tests` come from all readings of the window."""

    source: Source
    grouping: str
    layer: Layer
    day: dt.date
    q: float | None
    tests: int
    seed: int
    draws: int


def _read(one: Counted | str, asked: _Asked) -> ClanReading:
    source, grouping, layer, day = asked.source, asked.grouping, asked.layer, asked.day
    unit, end = unit_of(grouping), whole_weeks_end(day)
    last = day if layer == "declared" else end - dt.timedelta(days=1)
    first = day if layer == "declared" else end - dt.timedelta(weeks=source.weeks)
    if isinstance(one, str):
        return ClanReading(grouping, layer, unit, "not enough data", one, first, last)
    network, shuffled = one.network, one.shuffled
    told = set(network.groups) - _small_groups(source.organisation, one, unit, day)
    reading = ClanReading(
        grouping, layer, unit, "not enough data", "", first, last, network.n,
        {group: int(size) for group, size in zip(network.groups, network.sizes, strict=True)}, network.dropped,
        bridges(network), shuffled, one.how, asked.q, odds_ratio(network),
        {group: value for group, value in group_ei(network).items() if group in told},
        _borders(one, told, asked.seed) if not _lack(one, grouping) else (),
        carrier=_carrier(network, small_teams(source.organisation, day)) if unit == "teams" else None,
        smallest=smallest_effect(shuffled, asked.tests),
    )  # fmt: skip
    names = {group: label_name(source.organisation, grouping, group) for group in reading.groups}
    tests = [enough(network, unit), inward(network, shuffled, asked.q, one.how, what_is_counted(grouping))]
    holds = tests[0].passed and tests[1].passed
    narrow = {frozenset(border.groups) for border in reading.narrow} if holds and reading.narrow else None
    reading = replace(reading, needs=needs_of(source, one, grouping, day, narrow))
    if holds:
        tests.append(by_design(reading.needs, one, grouping, _border_words(reading, names), asked.seed))
        tests.append(lasts(source, grouping, layer, day, draws=asked.draws, seed=asked.seed))
        turning, week = began(source, one.labels, grouping, layer, day, narrow)
        reading = replace(reading, turning=turning, began=week)
    else:
        tests += [Test("Not by design", None, _NOT_ASKED), Test("Lasting", None, _NOT_ASKED)]
    reading = replace(reading, tests=tuple(tests), grade=grade(tests))
    if reading.quiet:  # what is wanted has no beginning to look for
        reading = replace(reading, turning=None, began=None)
    return replace(reading, sentence=sentence(reading, names))


_NOT_ASKED = "Not asked: there is no sign to explain."


def _small_groups(organisation: Organisation, one: Counted, unit: str, day: dt.date) -> set[str]:
    """The groups that are known to be under five people: nothing is told of them."""
    network = one.network
    if unit == "people":
        return {group for group, size in zip(network.groups, network.sizes, strict=True) if size < SMALL_GROUP}
    teams = organisation.teams_on(day)
    sizes: dict[str, int | None] = dict.fromkeys(network.groups, 0)
    for name, label in zip(network.units, network.labels.tolist(), strict=True):
        before, count = sizes[network.groups[label]], teams[name].head_count(day) if name in teams else None
        sizes[network.groups[label]] = None if before is None or count is None else before + count
    return {group for group, size in sizes.items() if size is not None and size < SMALL_GROUP}


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


def _carrier(network: Labelled, small: set[str]) -> tuple[str, int] | None:
    across = network.labels[network.heads] != network.labels[network.tails]
    ends = np.bincount(np.concatenate([network.heads[across], network.tails[across]]), minlength=network.n)
    told = {unit: int(count) for unit, count in zip(network.units, ends, strict=True) if count and unit not in small}
    first = max(told, key=lambda unit: told[unit], default=None)
    return None if first is None else (first, told[first])


def _border_words(reading: ClanReading, names: Mapping[str, str]) -> str:
    if not reading.narrow:
        return "the border"
    return " and ".join(f"{names[a]}–{names[b]}" for a, b in (border.groups for border in reading.narrow))
