"""The reading of a grouping on a layer: bridges against chance, the four tests, the grade, in numbers and in plain words.

The word "finding" needs all four tests of verdict.py; the rest is a sign, no sign, or not enough data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from topology.clans.borders import Border, borders
from topology.clans.congruence import Congruence, congruence
from topology.clans.groupings import SIDES, WITHIN, Labels, groupings_of, label_name, labels_of, strata_of
from topology.clans.labelled import Labelled, labelled
from topology.clans.multiple import benjamini_hochberg
from topology.clans.segregation import Bridges, bridges, group_ei, odds_ratio
from topology.clans.shuffles import SEED, SHUFFLES, Shuffled, permutation_test
from topology.clans.ties import KINDS, LAYERS, Layer, Source, weekly_crossing
from topology.clans.turning import Turning, turning_point
from topology.clans.verdict import (
    MOST_Q,
    Grade,
    Test,
    enough,
    fewer,
    grade,
    inward,
    is_inward,
    lack,
    lasting,
    not_by_design,
    smallest_effect,
)
from topology.clans.wording import sentence
from topology.graph.networks import needed
from topology.graph.observed import Contacted
from topology.model import Organisation, whole_weeks_end

if TYPE_CHECKING:
    import networkx as nx

CHANNEL_NAMES = {"review": "reviews", "meeting": "meetings", "message": "messages", "cross-change": "cross-changes"}


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
    def quiet(self) -> bool:
        """Whether no more of the needed talk is missing across the border than elsewhere: what Team Topologies wants."""
        needs = self.needs
        return self.grade == "sign" and needs is not None and needs.p is not None and not needs.lower_across


@dataclass(frozen=True)
class _Counted:
    """A grouping on a layer, counted and shuffled, before it is judged."""

    graph: nx.Graph[Any]
    network: Labelled
    labels: Labels
    strata: list[Hashable]
    how: str
    shuffled: Shuffled | None


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
    counted = {key: _count(source, *key, day, seed, draws) for key in product(every, LAYERS)}
    testable = {key: one for key, one in counted.items() if isinstance(one, _Counted) and not _lack(one, key[0])}
    values = [one.shuffled.p_fewer if one.shuffled else None for one in testable.values()]
    q = dict(zip(testable, benjamini_hochberg(values), strict=True))
    chosen = [key for key in product(wanted, layers) if key in counted]
    return [_read(source, counted[key], *key, day, q.get(key), seed, draws) for key in chosen]


def _unit(grouping: str) -> str:
    return "people" if grouping in SIDES else "teams"


def _lack(one: _Counted, grouping: str) -> str:
    return lack(one.network, _unit(grouping))


def _count(source: Source, grouping: str, layer: Layer, day: dt.date, seed: int, draws: int) -> _Counted | str:
    graph = source.ties(grouping, layer, day)
    return (
        graph
        if isinstance(graph, str)
        else _shuffled(graph, labels_of(source.organisation, grouping), grouping, seed, draws)
    )


def _shuffled(graph: nx.Graph[Any], labels: Labels, grouping: str, seed: int, draws: int) -> _Counted:
    # Inside a squad nearly everybody meets, so there it is how often that tells, not whether.
    network = labelled(graph, labels, weight="events" if grouping == WITHIN else None)
    strata, how = strata_of(grouping, network.units, graph.nodes, labels)
    return _Counted(graph, network, labels, strata, how, permutation_test(network, strata, draws=draws, seed=seed))


def _read(
    source: Source,
    one: _Counted | str,
    grouping: str,
    layer: Layer,
    day: dt.date,
    q: float | None,
    seed: int,
    draws: int,
) -> ClanReading:
    unit, end = _unit(grouping), whole_weeks_end(day)
    last = day if layer == "declared" else end - dt.timedelta(days=1)
    first = day if layer == "declared" else end - dt.timedelta(weeks=source.weeks)
    if isinstance(one, str):
        return ClanReading(grouping, layer, unit, "not enough data", one, first, last)
    network, shuffled = one.network, one.shuffled
    found = _borders(network, one, seed)
    sizes = {group: int(size) for group, size in zip(network.groups, network.sizes, strict=True)}
    reading = ClanReading(
        grouping, layer, unit, "not enough data", "", first, last, network.n, sizes, network.dropped, bridges(network),
        shuffled, one.how, q, odds_ratio(network), group_ei(network), found,
        carrier=_carrier(network) if unit == "teams" else None, smallest=smallest_effect(shuffled),
    )  # fmt: skip
    narrow = {frozenset(border.groups) for border in reading.narrow} or None
    names = {group: label_name(source.organisation, grouping, group) for group in sizes}
    reading = replace(reading, needs=_needs(source, one, grouping, day, narrow))
    tests = [enough(network, unit), inward(network, shuffled, q, one.how)]
    holds = bool(tests[0].passed and tests[1].passed)
    if holds:
        tests += [
            _not_by_design(reading, names),
            _lasting(source, grouping, layer, day, seed, draws),
        ]
        reading = _with_turning(source, reading, one.labels, day, narrow)
    else:
        tests += [Test("Not by design", None, _NOT_ASKED), Test("Lasting", None, _NOT_ASKED)]
    reading = replace(reading, tests=tuple(tests), grade=grade(tests))
    return replace(reading, sentence=sentence(reading, names))


def _borders(network: Labelled, one: _Counted, seed: int) -> tuple[Border, ...]:
    """The borders of three groups or more; of two groups there is one, and it has the p of the whole."""
    shuffled = one.shuffled
    if len(network.groups) > 2:
        return tuple(borders(network, one.strata, seed=seed))
    if shuffled is None or len(network.groups) < 2:
        return ()
    first, second = network.groups
    return (
        Border((first, second), int(shuffled.crossing), shuffled.mean, shuffled.low, shuffled.high, shuffled.p_fewer),
    )


def _carrier(network: Labelled) -> tuple[str, int] | None:
    across = network.labels[network.heads] != network.labels[network.tails]
    ends = np.bincount(np.concatenate([network.heads[across], network.tails[across]]), minlength=network.n)
    return (network.units[int(ends.argmax())], int(ends.max())) if across.any() else None


_NOT_ASKED = "Not asked: there is no sign to explain."


def _not_by_design(reading: ClanReading, names: Mapping[str, str]) -> Test:
    if reading.grouping == WITHIN:
        return Test("Not by design", True, "The two sides of a squad share its work: nothing is meant to part them.")
    return not_by_design(reading.needs, _border_words(reading, names))


def _border_words(reading: ClanReading, names: Mapping[str, str]) -> str:
    if not reading.narrow:
        return "the border"
    return " and ".join(f"{names[a]}–{names[b]}" for a, b in (border.groups for border in reading.narrow))


def _needs(
    source: Source, one: _Counted, grouping: str, day: dt.date, narrow: set[frozenset[str]] | None
) -> Congruence | None:
    """Needed pairs against those that talk: against contact, where there is any, whatever the layer that is read."""
    if grouping == WITHIN:
        return None
    need, kinds = needed(source.organisation, day), KINDS["observed"]
    if not source.has(kinds):
        return congruence(need, one.graph, one.labels, narrow)
    if grouping in SIDES:
        return _needs_of_sides(need, source.seen("side", day, kinds), one.labels)
    return congruence(need, source.talks(day, kinds), one.labels, narrow)


def _needs_of_sides(need: nx.Graph[Any], people: nx.Graph[Any], sides: Labels) -> Congruence:
    """Pairs of squads that need each other: whether Product of one talks with Tech of the other, and each with its own side."""
    talking: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for first, second in people.edges:
        teams = sorted((people.nodes[first]["team"], people.nodes[second]["team"]))
        if sides.get(first) and sides.get(second):
            talking[sides[first] != sides[second]].add((teams[0], teams[1]))
    pairs = tuple(sorted((min(a, b), max(a, b)) for a, b in need.edges))
    across, inside = (tuple(pair for pair in pairs if pair in talking[crosses]) for crosses in (True, False))
    return Congruence(pairs, across, pairs, inside)


def _lasting(source: Source, grouping: str, layer: Layer, day: dt.date, seed: int, draws: int) -> Test:
    """The window before, and each channel of this one, by the same test on its own (uncorrected)."""
    labels = labels_of(source.organisation, grouping)
    earlier = day - dt.timedelta(weeks=source.weeks)
    graphs = {f"the {source.weeks} weeks before": source.ties(grouping, layer, earlier)}
    for channel in source.channels(layer):
        if source.has((channel,)) and not (grouping in SIDES and channel == "cross-change"):
            graphs[f"{CHANNEL_NAMES[channel]} alone"] = source.seen(grouping, day, (channel,))
    found: list[tuple[str, float | None, bool]] = []
    for what, graph in graphs.items():
        one = None if isinstance(graph, str) else _shuffled(graph, labels, grouping, seed, draws)
        if one is None or _lack(one, grouping) or one.shuffled is None:
            found.append((what, None, False))
        else:
            found.append((what, fewer(one.shuffled), is_inward(one.network, one.shuffled, one.shuffled.p_fewer)))
    return lasting(found)


def _with_turning(
    source: Source, reading: ClanReading, labels: Labels, day: dt.date, narrow: set[frozenset[str]] | None
) -> ClanReading:
    """When the share of contact across the border began to fall; nothing where it did not, or for sides and declared ties."""
    if reading.layer == "declared" or reading.grouping in SIDES:
        return reading
    weeks = weekly_crossing(source, labels, day, KINDS[reading.layer], narrow)
    found = turning_point([week.crossing / week.events for week in weeks])
    if found is None or found.p > MOST_Q or found.after >= found.before:
        return reading
    return replace(reading, turning=found, began=weeks[found.begin].week)
