"""The four tests of a finding, each with its numbers; there is no composite (docs/clans.md). Words are made of them elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from topology.clans.codes import Grade, TestKind, Unasked
from topology.clans.labelled import Labelled
from topology.clans.partitions import Among
from topology.clans.shuffles import Shuffled
from topology.clans.silence import Needs
from topology.privacy import LEAST_PEOPLE

LEAST_UNITS, LEAST_GROUP, LEAST_TIES, LEAST_KNOWN = 8, 4, 20, 0.8
MOST_Q = 0.10  # over all groupings and layers; what it lets through has three tests more to pass
MOST_P = 0.025  # of the whole grouping, and of its borders together: either may show it
LEAST_FEWER = 0.12
MOST_P_NEEDS, LEAST_GAP = 0.025, 0.30
MOST_P_BEFORE = 0.10
LEAST_DECLARING = 0.5


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing for a reading: there are `found`, and it needs `needs` (of labels, shares of the units; of `chance`, the p of even
    the least contact across that these units could have)."""

    what: Literal["units", "groups", "ties", "labels", "chance", "weeks"]
    found: float
    needs: float


@dataclass(frozen=True, slots=True)
class Size:
    """How much a reading rests on: units, groups of at least `least`, ties, and the share of units whose label is known."""

    units: int
    groups: int
    least: int
    ties: int
    known: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """How much crosses, of how much, and what labels shuffled `among` some units give."""

    crossing: float
    ties: float
    among: Among
    low: float
    high: float
    mean: float
    p: float
    q: float
    fewer: float
    """The share that is missing against chance: across the grouping, or (at least) over each of the borders that show it."""
    weeks: bool = False
    """Whether weeks of contact were counted, not ties."""
    borders: tuple[tuple[str, str], ...] = ()
    """The borders that carry it; () where the whole grouping does."""


@dataclass(frozen=True, slots=True)
class SidesMeet:
    """The pairs of squads that need each other in which Product and Tech meet, and what sides shuffled within squads give."""

    meeting: int
    needed: int
    mean: float
    p: float


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same border (or the whole grouping) in the window before (`weeks` long), or in observed contact: the share that is missing
    (None: too few to tell), its p, the needed pairs there, and whether all of it holds."""

    what: Literal["before", "contact"]
    weeks: int
    fewer: float | None = None
    p: float | None = None
    silence: bool | None = None
    """Whether test 3 holds there."""
    holds: bool = False


Seen = Lack | Size | Crossing | Needs | SidesMeet | Elsewhere | Unasked


@dataclass(frozen=True, slots=True)
class Test:
    """One of the four: whether it holds (None: it was not asked), and what it saw."""

    __test__ = False  # (no test of pytest's)

    kind: TestKind
    passed: bool | None
    seen: Seen


def _least_group(unit: str) -> int:
    return LEAST_PEOPLE if unit == "people" else LEAST_GROUP


def lack(network: Labelled, unit: str) -> Lack | None:
    """What is missing for a reading; None when there is enough."""
    everyone = network.n + network.dropped
    if network.n < LEAST_UNITS:
        return Lack("units", network.n, LEAST_UNITS)
    least = _least_group(unit)
    large = int(sum(size >= least for size in network.sizes))
    if large < 2:
        return Lack("groups", large, least)
    if network.m < LEAST_TIES:
        return Lack("ties", network.m, LEAST_TIES)
    if network.n < LEAST_KNOWN * everyone:
        return Lack("labels", network.n / everyone, LEAST_KNOWN)
    return None


def enough(network: Labelled, unit: str) -> Test:
    """Test 1: enough data."""
    missing, least = lack(network, unit), _least_group(unit)
    if missing:
        return Test(TestKind.ENOUGH, False, missing)
    groups = int(sum(size >= least for size in network.sizes))
    known = network.n / (network.n + network.dropped)
    return Test(TestKind.ENOUGH, True, Size(network.n, groups, least, network.m, known))


def fewer(shuffled: Shuffled) -> float | None:
    """1 − bridges ÷ the mean of the shuffles; None where chance gives no bridge."""
    return 1 - shuffled.crossing / shuffled.mean if shuffled.mean else None


def inward(test: Crossing | Unasked, holds: bool | None) -> Test:
    """Test 2: less across than chance would give, the whole grouping or one of its borders."""
    return Test(TestKind.INWARD, holds, test)


def not_by_design(needs: Needs | None) -> Test:
    """Test 3: of the pairs whose work needs each other more are silent across the border than elsewhere; else the boundary is quiet."""
    if needs is None:
        return Test(TestKind.NOT_BY_DESIGN, None, Unasked.NO_CONTACT)
    if needs.p is None or needs.gap is None:
        return Test(TestKind.NOT_BY_DESIGN, None, Unasked.FEW_NEEDS)
    guards = (
        (needs.declaring < LEAST_DECLARING, Unasked.PARTLY_DECLARED), (needs.hardly_across, Unasked.HARDLY_ACROSS),
        (needs.nearly_only_across, Unasked.NEARLY_ONLY_ACROSS),
    )  # fmt: skip
    holds = needs.gap >= LEAST_GAP and needs.p <= MOST_P_NEEDS
    why = next((code for guard, code in guards if guard), None)
    return Test(TestKind.NOT_BY_DESIGN, None, why) if holds and why else Test(TestKind.NOT_BY_DESIGN, holds, needs)


def sides_not_by_design(talking: int, needed: int, shuffled: Sequence[int]) -> Test:
    """Test 3 for the two sides: of the pairs of squads that need each other, those with contact across the sides, against
    the same count under shuffled sides (so that how many people a squad has on each side is in it)."""
    if not needed or not shuffled:
        return Test(TestKind.NOT_BY_DESIGN, None, Unasked.FEW_NEEDS)
    p = (1 + sum(count <= talking for count in shuffled)) / (1 + len(shuffled))
    seen = SidesMeet(talking, needed, sum(shuffled) / len(shuffled), p)
    return Test(TestKind.NOT_BY_DESIGN, p <= MOST_P_NEEDS, seen)


def lasting(found: Elsewhere) -> Test:
    """Test 4: the same in the window before; of declared ties, in observed contact."""
    return Test(TestKind.LASTING, found.holds, found)


def grade(tests: Sequence[Test]) -> Grade:
    """The grade that the four tests give, in their order."""
    if not tests[0].passed or tests[1].passed is None:
        return Grade.TOO_LITTLE
    if not tests[1].passed:
        return Grade.NO_SIGN
    return Grade.FINDING if all(test.passed for test in tests) else Grade.SIGN
