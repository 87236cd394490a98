"""The four tests of a finding, each with its numbers; there is no composite (docs/clans.md). Words are made of them elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from topology.clans.codes import Grade, TestKind, Unasked
from topology.clans.congruence import Congruence
from topology.clans.labelled import Labelled
from topology.clans.partitions import Among
from topology.clans.segregation import odds_ratio
from topology.clans.shuffles import Shuffled
from topology.privacy import LEAST_PEOPLE

LEAST_UNITS, LEAST_GROUP, LEAST_TIES, LEAST_KNOWN = 8, 4, 20, 0.8
MOST_Q, LEAST_FEWER, LEAST_ODDS = 0.05, 0.20, 2.0
# Of test 3: stricter, because the border was chosen for its few bridges, and two partitions may be asked (docs/clans.md).
MOST_P_NEEDS = 0.025
Z_80 = 0.842  # the normal quantile of finding an effect four times in five
NOTHING = 2.0  # a lack of bridges that no data has: over 1


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing for a reading: there are `found`, and it needs `needs` (of labels, shares of the units)."""

    what: Literal["units", "groups", "ties", "labels"]
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
    q: float


@dataclass(frozen=True, slots=True)
class SidesMeet:
    """The pairs of squads that need each other in which Product and Tech meet, and what sides shuffled within squads give."""

    meeting: int
    needed: int
    mean: float
    p: float


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A sign looked for in the window before (`weeks` long), in observed contact, or in one channel: the share of bridges that is
    missing (None: too few to tell), and whether it holds."""

    what: Literal["before", "contact", "channel"]
    fewer: float | None
    holds: bool
    weeks: int = 0
    channel: str = ""


Seen = Lack | Size | Crossing | Congruence | SidesMeet | tuple[Elsewhere, ...] | Unasked


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


def is_inward(network: Labelled, shuffled: Shuffled | None, q: float | None) -> bool:
    """Whether a network holds test 2: q ≤ .05, and 20 % fewer bridges than chance or an odds ratio of 2."""
    missing = fewer(shuffled) if shuffled else None
    if missing is None or q is None or q > MOST_Q or missing <= 0:
        return False
    odds = odds_ratio(network)
    return missing >= LEAST_FEWER or (odds is not None and odds >= LEAST_ODDS)


def inward(network: Labelled, shuffled: Shuffled | None, q: float | None, among: Among) -> Test:
    """Test 2: fewer bridges than chance would give."""
    if shuffled is None and network.m:
        return Test(TestKind.INWARD, None, Unasked.NO_OTHER_LABELS)
    if shuffled is None or q is None:
        return Test(TestKind.INWARD, None, Unasked.TOO_LITTLE)
    ties = float(network.weights.sum())
    seen = Crossing(shuffled.crossing, ties, among, shuffled.low, shuffled.high, shuffled.mean, q)
    return Test(TestKind.INWARD, is_inward(network, shuffled, q), seen)


def not_by_design(needs: Congruence | None) -> Test:
    """Test 3: where work needs the other, less talk across the border than elsewhere; else the boundary is quiet."""
    if needs is None:
        return Test(TestKind.NOT_BY_DESIGN, None, Unasked.NO_CONTACT)
    if needs.p is None:
        return Test(TestKind.NOT_BY_DESIGN, None, Unasked.FEW_NEEDS)
    return Test(TestKind.NOT_BY_DESIGN, needs.lower_across and needs.p <= MOST_P_NEEDS, needs)


def sides_not_by_design(talking: int, needed: int, shuffled: Sequence[int]) -> Test:
    """Test 3 for the two sides: of the pairs of squads that need each other, those with contact across the sides, against
    the same count under shuffled sides (so that how many people a squad has on each side is in it)."""
    if not needed or not shuffled:
        return Test(TestKind.NOT_BY_DESIGN, None, Unasked.FEW_NEEDS)
    p = (1 + sum(count <= talking for count in shuffled)) / (1 + len(shuffled))
    seen = SidesMeet(talking, needed, sum(shuffled) / len(shuffled), p)
    return Test(TestKind.NOT_BY_DESIGN, p <= MOST_P_NEEDS, seen)


def lasting(found: Sequence[Elsewhere]) -> Test:
    """Test 4: the window before (of declared ties, observed contact), which stands first; or two channels."""
    holds = found[0].holds or sum(one.holds for one in found) >= 2
    return Test(TestKind.LASTING, holds, tuple(found))


def grade(tests: Sequence[Test]) -> Grade:
    """The grade that the four tests give, in their order."""
    if not tests[0].passed or tests[1].passed is None:
        return Grade.TOO_LITTLE
    if not tests[1].passed:
        return Grade.NO_SIGN
    return Grade.FINDING if all(test.passed for test in tests) else Grade.SIGN


def smallest_effect(shuffled: Shuffled | None, tests: int) -> float | None:
    """The share of missing bridges that this data would have shown four times in five, at least the 20 % of test 2.

    From the spread of the shuffles, by the normal approximation, (z + 0.842) · sd ÷ mean, where z is the quantile of the p that
    the first of `tests` corrected tests needs, .05 ÷ tests. Over 1 nothing could have been shown; so too where even the
    fewest bridges of all shuffles would have had a p over .05.
    """
    if shuffled is None or not shuffled.mean:
        return None
    level = MOST_Q / max(1, tests)
    if shuffled.least_p > MOST_Q or not shuffled.sd:
        return NOTHING
    return max(LEAST_FEWER, (NormalDist().inv_cdf(1 - level) + Z_80) * shuffled.sd / shuffled.mean)
