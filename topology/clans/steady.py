"""Whether a grade stands: at neighbouring lengths of the window, week after week, and of a side against its own past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from topology.clans.codes import Cap, Grade
from topology.clans.coverage import Coverage, coverage
from topology.clans.evidence import Counted, Draws, Judged, counted, judge
from topology.clans.partitions import Partition
from topology.clans.ties import Layer, Silence
from topology.clans.verdict import MOST_P_BEFORE, Elsewhere, fewer, lack

if TYPE_CHECKING:
    from topology.clans.window import Window

DRAWS = 999
QUARTER = 4  # a window a quarter shorter, and one a quarter longer
NO_DOUBT = 0.2  # a p over which a week ago nothing can have been a finding
LEAST_FALL = 0.15  # more of the contact across sides is missing than two windows ago
ORDER = (Grade.TOO_LITTLE, Grade.NO_SIGN, Grade.SIGN, Grade.FINDING)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A window of another length: what the four tests give in it."""

    weeks: int
    grade: Grade

    @property
    def holds(self) -> bool:
        """Whether it is a finding too."""
        return self.grade == Grade.FINDING


def neighbours(
    window: Window, partition: Partition, layer: Layer, judged: Judged, draws: Draws
) -> tuple[Neighbour, ...]:
    """The windows a quarter shorter and longer that end on the same day, each by its own p; one that the data cannot tell of, or in which
    all holds but that nothing is known of the time before, is left out."""
    step = max(1, window.weeks // QUARTER)
    found = []
    for weeks in (window.weeks - step, window.weeks + step):
        other = window.at(weeks=weeks)
        looked = _judged(other, partition, layer, draws)
        if looked is not None and looked.grade != Grade.TOO_LITTLE and not _lacks_the_past(looked):
            same = looked.grade == Grade.FINDING and _agrees(judged, looked)
            found.append(Neighbour(weeks, Grade.FINDING if same else min(looked.grade, Grade.SIGN, key=ORDER.index)))
    return tuple(found)


def _lacks_the_past(looked: Judged) -> bool:
    """Whether all holds but the last test, and that one for want of data alone: two of a longer window may begin before the first row."""
    *others, last = looked.tests
    return all(test.passed for test in others) and isinstance(last.seen, Elsewhere) and last.seen.fewer is None


def _agrees(judged: Judged, other: Judged) -> bool:
    """Whether both tell of a same border, or one of the whole grouping."""
    ours, theirs = ({border.groups for border in one.narrow} for one in (judged, other))
    return not ours or not theirs or bool(ours & theirs)


@dataclass(frozen=True, slots=True)
class Settled:
    """What one look gives: the four tests, and what keeps them from being a finding."""

    grade: Grade
    caps: tuple[Cap, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()


def settled(
    window: Window, partition: Partition, layer: Layer, judged: Judged, seen: Coverage | None, draws: Draws
) -> Settled:
    """No finding where the sources see the groups unevenly, where it hangs on how long one looks, or of a side that keeps to itself as it
    always did."""
    if judged.grade != Grade.FINDING:
        return Settled(judged.grade)
    caps = list(seen.caps) if seen is not None else []
    if partition.of_people and not fell(window, partition, layer, draws):
        caps.append(Cap.OWN_SIDE)
    near = neighbours(window, partition, layer, judged, draws) if layer != "declared" else ()
    if not all(one.holds for one in near):
        caps.append(Cap.LENGTH)
    return Settled(Grade.SIGN if caps else Grade.FINDING, tuple(caps), near)


def of_three_looks(own: Grade, earlier: Callable[[int], Grade | None]) -> Grade:
    """The middle one of this week's grade and those of the two weeks before, `earlier(1)` and `earlier(2)`; this week's own where one of
    these is not known. What shows no sign this week is a sign at most."""
    first = earlier(1)
    found = own
    if first is not None and first not in (
        Grade.TOO_LITTLE,
        own,
    ):  # (else the third changes nothing, and need not be looked at)
        second = earlier(2)
        if second is not None and second != Grade.TOO_LITTLE:
            found = sorted([own, first, second], key=ORDER.index)[1]
    return min(found, Grade.SIGN, key=ORDER.index) if own == Grade.NO_SIGN else found


def earlier_grade(
    window: Window, partition: Partition, layer: Layer, draws: Draws, factor: float, weeks: int
) -> Grade | None:
    """What the look so many weeks ago gave, by its own p, corrected by the `factor` of this week's; None where there was none."""
    then = window.at(window.day - dt.timedelta(weeks=weeks))
    one, looked = _counted(then, partition, layer, draws), _judged(then, partition, layer, draws, factor)
    if one is None or looked is None:
        return None
    return settled(then, partition, layer, looked, coverage(then, partition, layer, one), draws).grade


def _judged(window: Window, partition: Partition, layer: Layer, draws: Draws, factor: float = 1.0) -> Judged | None:
    """The four tests of another window, by its own p times a factor."""
    one = _counted(window, partition, layer, draws)
    if one is None:
        return None
    q = None if one.p is None else min(1.0, one.p * factor)
    return judge(window, partition, layer, one, q, Draws(min(DRAWS, draws.count), draws.seed))


def _counted(window: Window, partition: Partition, layer: Layer, draws: Draws) -> Counted | None:
    graph = window.compared(partition, layer)
    return (
        None
        if isinstance(graph, Silence)
        else counted(window, partition, graph, Draws(min(DRAWS, draws.count), draws.seed))
    )


def fell(window: Window, partition: Partition, layer: Layer, draws: Draws) -> bool:
    """Whether contact across the sides fell against their own past: two windows ago less was missing, and chance could give it."""
    past, now = _counted(window.before.before, partition, layer, draws), _counted(window, partition, layer, draws)
    if (
        past is None
        or now is None
        or past.shuffled is None
        or now.shuffled is None
        or lack(past.network, partition.unit)
    ):
        return False
    then = fewer(past.shuffled) or 0.0
    return past.shuffled.p_fewer > MOST_P_BEFORE / 2 and (fewer(now.shuffled) or 0.0) - then >= LEAST_FALL
