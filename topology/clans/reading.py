"""The reading of a partition on a layer: what crosses against chance, the four tests, the grade, all in codes and numbers.

A finding needs all four tests of verdict.py, at the neighbouring lengths of a window too; the rest is a sign, no sign, or too little to
tell. `topology.words.clans` says it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import product

from topology.clans.borders import Border
from topology.clans.codes import Cap, Grade
from topology.clans.coverage import Coverage, coverage
from topology.clans.evidence import Counted, Draws, Judged, began, counted, judge, network_of
from topology.clans.multiple import benjamini_hochberg
from topology.clans.partitions import Among, Partition, partitions_of
from topology.clans.segregation import Bridges, bridges, group_ei, odds_ratio
from topology.clans.shuffles import SEED, SHUFFLES, Shuffled
from topology.clans.silence import Needs
from topology.clans.smallest import smallest_effect
from topology.clans.steady import NO_DOUBT, Neighbour, earlier_grade, of_three_looks, settled
from topology.clans.ties import KINDS, LAYERS, Layer, Silence
from topology.clans.turning import Turning
from topology.clans.verdict import LEAST_DECLARING, LEAST_GROUP, Lack, Test, fewer, lack
from topology.clans.window import Window
from topology.graph.observed import Contacted
from topology.model import Organisation
from topology.privacy import too_few

LONGER = (26, 52)  # weeks of longer windows that are tried where one is too short
QUIET = 0.8  # of the needed pairs across a border are in contact: then it is quiet, and not a border that parts


@dataclass(frozen=True, slots=True)
class Enough:
    """A window that would be enough: its weeks, its layer, and the pairs of teams that were seen in it."""

    weeks: int
    layer: Layer
    pairs: int


@dataclass(frozen=True)
class ClanReading:
    """What crosses against chance for one partition on one layer. What cannot be counted is None or empty, never 0."""

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
    unseen: tuple[str, ...] = ()
    """Teams that no source of the layer tells of in the window: a gap of the data, left out of the comparison."""
    channels: Mapping[str, int] = field(default_factory=dict)
    """{channel: how many pairs of the teams were seen through it}, where several sources are read together."""
    coverage: Coverage | None = None
    """How the sources see each group; None for people and declared ties."""
    bridges: Bridges | None = None
    shuffled: Shuffled | None = None
    among: Among = field(default_factory=Among)
    """Among which units the labels were shuffled."""
    p: float | None = None
    """How often chance gives as little across, the whole grouping or one of its borders; one-sided."""
    q: float | None = None
    """p, corrected for all partitions and layers of the window (Benjamini and Hochberg)."""
    odds: float | None = None
    group_values: dict[str, float | None] = field(default_factory=dict)
    borders: tuple[Border, ...] = ()
    narrow: tuple[Border, ...] = ()
    """The borders that carry the sign; () where the whole grouping does."""
    needs: Needs | None = None
    """Pairs whose work needs each other, across the border and elsewhere."""
    tests: tuple[Test, ...] = ()
    caps: tuple[Cap, ...] = ()
    """Why the grade is not the one that the tests give."""
    own_grade: Grade = Grade.TOO_LITTLE
    """What this week's look alone gives."""
    neighbours: tuple[Neighbour, ...] = ()
    """What windows a quarter shorter and longer say, where the tests give a finding."""
    carrier: tuple[str, int, int] | None = None
    """The team that takes part in most bridges (drawn ties across), in how many, and of how many; None where there is no bridge or the
    units are people."""
    simulate: Callable[[], float | None] = field(default=lambda: None, repr=False, compare=False)
    """Finds `smallest`."""
    look_further: Callable[[], Enough | None] = field(default=lambda: None, repr=False, compare=False)
    """Finds `suffices`."""
    turning: Turning | None = None
    began: dt.date | None = None
    """The Monday of the week in which contact across began to fall, where it did."""
    began_between: tuple[dt.date, dt.date] | None = None
    """The Mondays between which that lies, with 95 %."""

    @cached_property
    def smallest(self) -> float | None:
        """The share of missing contact that this data would have shown four times in five, where there is no sign; over 1 where it could
        have shown none. (It is simulated when it is asked for.)"""
        return self.simulate()

    @cached_property
    def suffices(self) -> Enough | None:
        """What would be enough, where this window of this layer is not. (It is looked for when it is asked for.)"""
        return self.look_further()

    @property
    def unit(self) -> str:
        """ "teams" or "people"."""
        return self.partition.unit

    @property
    def weeks(self) -> bool:
        """Whether weeks of contact are counted, not ties."""
        return self.layer != "declared" and not self.partition.of_people

    @property
    def shows(self) -> bool:
        """Whether there is a sign or a finding."""
        return self.grade in (Grade.SIGN, Grade.FINDING)

    @property
    def tells(self) -> bool:
        """Whether there is enough data to tell anything, be it that there is no sign."""
        return self.grade != Grade.TOO_LITTLE

    @property
    def fewer(self) -> float | None:
        """The share missing across the whole grouping against the shuffles."""
        return fewer(self.shuffled) if self.shuffled else None

    @property
    def quiet(self) -> bool:
        """Whether nearly all needed pairs across the border are in contact, no less than elsewhere: of value streams and platforms it is
        what Team Topologies wants."""
        needs = self.needs
        if self.grade != Grade.SIGN or self.tests[2].passed or needs is None or (needs.gap or 0) > 0:
            return False
        if self.caps or self.partition.of_people or len(needs.across) + needs.served < LEAST_GROUP:
            return False
        told = needs.declaring >= LEAST_DECLARING and (not needs.hardly_across or needs.served >= LEAST_GROUP)
        return told and len(needs.missing) <= (1 - QUIET) * len(needs.across)


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
    layers = tuple(layers)
    read = dict.fromkeys((*LAYERS, *layers))
    found = {key: _count(window, every[key[0]], key[1], drawn) for key in product(every, read)}
    testable = {
        key: one for key, one in found.items() if isinstance(one, Counted) and not lack(one.network, every[key[0]].unit)
    }
    q = dict(zip(testable, benjamini_hochberg([one.p for one in testable.values()]), strict=True))
    chosen = [key for key in product(wanted, layers) if key in found]
    return [
        _read(found[key], _Asked(window, every[key[0]], key[1], q.get(key), len(testable), drawn)) for key in chosen
    ]


def _count(window: Window, partition: Partition, layer: Layer, draws: Draws) -> Counted | Silence:
    graph = window.compared(partition, layer)
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
    window, partition, layer, draws = asked.window, asked.partition, asked.layer, asked.draws
    last = window.day if layer == "declared" else window.end - dt.timedelta(days=1)
    left_out = 0 if layer == "declared" or window.exchange is None else _left_out(window, partition)
    first = window.day if layer == "declared" else window.first
    if isinstance(one, Silence):
        return ClanReading(partition, layer, Grade.TOO_LITTLE, first, last, one, small=left_out)
    network, shuffled = one.network, one.shuffled
    told = set(network.groups) - _small_groups(window, one, partition)
    judged = judge(window, partition, layer, one, asked.q, draws)
    reading = ClanReading(
        partition, layer, judged.grade, first, last, None, network.n,
        {group: int(size) for group, size in zip(network.groups, network.sizes, strict=True)}, network.dropped,
        left_out, _unseen(window, partition, layer), window.pairs_by_channel(network.units) if layer == "together" else {},
        coverage(window, partition, layer, one), bridges(network), shuffled, one.among, one.p,
        asked.q, odds_ratio(network), {group: value for group, value in group_ei(network).items() if group in told},
        _borders(one, told), tuple(border for border in judged.narrow if told.issuperset(border.groups)), judged.needs, judged.tests,
        carrier=None if partition.of_people else _carrier(window, partition, layer),
    )  # fmt: skip
    reading = _settled(reading, judged, asked)
    if reading.grade == Grade.TOO_LITTLE:
        return replace(reading, look_further=partial(_suffices, window, partition, layer, reading.tests[0]))
    if reading.grade == Grade.NO_SIGN:
        effect = partial(smallest_effect, window, partition, layer, one, asked.tests, draws.seed)
        return replace(reading, simulate=effect)
    if reading.shows and not reading.quiet:  # (what is wanted has no beginning to look for)
        narrow = {frozenset(border.groups) for border in judged.narrow} or None
        turning, weeks = began(window, partition, layer, narrow)
        at, between = (weeks[0], (weeks[1], weeks[2])) if weeks else (None, None)
        return replace(reading, turning=turning, began=at, began_between=between)
    return reading


def _settled(reading: ClanReading, judged: Judged, asked: _Asked) -> ClanReading:
    """The reading with the grade that stands: at least two of this week's look and the two before give it."""
    window, partition, layer, draws = asked.window, asked.partition, asked.layer, asked.draws
    if reading.grade == Grade.TOO_LITTLE:
        return reading
    own = settled(window, partition, layer, judged, reading.coverage, draws)
    steady = own.grade
    if layer != "declared" and not (own.grade == Grade.NO_SIGN and (reading.p or 1.0) > NO_DOUBT):
        factor = asked.q / reading.p if asked.q and reading.p else 1.0
        steady = of_three_looks(own.grade, partial(earlier_grade, window, partition, layer, draws, factor))
    caps = own.caps if steady == own.grade else (Cap.TWO_OF_THREE,)
    return replace(reading, grade=steady, caps=caps, own_grade=own.grade, neighbours=own.neighbours)


def _suffices(window: Window, partition: Partition, layer: Layer, first: Test) -> Enough | None:
    """The shortest window with enough data, by the layer itself before contact and changes together; None where there is none."""
    short = isinstance(first.seen, Lack) and first.seen.what in ("ties", "units", "groups")
    if layer == "declared" or partition.of_people or not short:
        return None
    layers: tuple[Layer, ...] = (layer,) if layer == "together" else (layer, "together")
    for weeks, tried in product((window.weeks, *LONGER), layers):
        if weeks < window.weeks or (weeks, tried) == (window.weeks, layer):
            continue
        other = window.at(weeks=weeks)
        graph = other.compared(partition, tried)
        if not isinstance(graph, Silence):
            network = network_of(graph, other.labels(partition), partition)
            if lack(network, partition.unit) is None and other.covers(KINDS[tried]):
                return Enough(weeks, tried, network.m)
    return None


def _unseen(window: Window, partition: Partition, layer: Layer) -> tuple[str, ...]:
    """The teams of the question of which the layer's sources tell nothing, in the order of the file."""
    if layer == "declared" or partition.of_people:
        return ()
    nodes, unseen = window.needed.nodes, window.unseen(KINDS[layer])
    return tuple(team for team in nodes if team in unseen and partition.asks_about(nodes[team]))


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


def _borders(one: Counted, told: set[str]) -> tuple[Border, ...]:
    """The borders of three groups or more; of two groups there is one, and it has the p of the whole."""
    network, shuffled = one.network, one.shuffled
    if len(network.groups) > 2:
        return tuple(border for border in one.borders if told.issuperset(border.groups))
    if shuffled is None or len(network.groups) < 2 or len(told) < 2:
        return ()
    first, second, p = *network.groups, shuffled.p_fewer
    return (Border((first, second), shuffled.crossing, shuffled.mean, shuffled.low, shuffled.high, p, p),)


def _carrier(window: Window, partition: Partition, layer: Layer) -> tuple[str, int, int] | None:
    """Who takes part in most of the drawn ties that cross, in how many, and how many there are."""
    graph, labels = window.ties(partition, layer), window.labels(partition)
    if isinstance(graph, Silence):
        return None
    ends: dict[str, int] = {}
    for pair in graph.edges:
        if all(labels.get(unit) for unit in pair) and len({labels[unit] for unit in pair}) == 2:
            for unit in pair:
                ends[unit] = ends.get(unit, 0) + 1
    told = {unit: ends[unit] for unit in graph if unit in ends and unit not in window.small}
    first = max(told, key=lambda unit: told[unit], default=None)
    return None if first is None else (first, told[first], sum(ends.values()) // 2)
