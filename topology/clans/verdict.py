"""The four tests of a finding, each with its number; there is no composite (docs/clans.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from topology.clans.congruence import Congruence
from topology.clans.labelled import Labelled
from topology.clans.segregation import odds_ratio
from topology.clans.shuffles import Shuffled

Grade = Literal["not enough data", "no sign", "sign", "finding"]

LEAST_UNITS, LEAST_GROUP, LEAST_TIES, LEAST_KNOWN = 8, 4, 20, 0.8
LEAST_PEOPLE = 5  # of a group, where the units are people
MOST_Q, LEAST_FEWER, LEAST_ODDS = 0.05, 0.20, 2.0
# Of test 3: stricter, because the border was chosen for its few bridges, and two groupings may be asked (docs/clans.md).
MOST_P_NEEDS = 0.025
Z_80 = 0.842  # the normal quantile of finding an effect four times in five
NOTHING = 2.0  # a lack of bridges that no data has: over 1


@dataclass(frozen=True, slots=True)
class Test:
    """One of the four: whether it holds (None: it was not asked) and the numbers in words."""

    __test__ = False  # (no test of pytest's)

    name: str
    passed: bool | None
    words: str


def _least_group(unit: str) -> int:
    return LEAST_PEOPLE if unit == "people" else LEAST_GROUP


def lack(network: Labelled, unit: str) -> str:
    """What is missing for a reading, in one sentence; "" when there is enough."""
    everyone = network.n + network.dropped
    if network.n < LEAST_UNITS:
        return f"Too few to tell: {network.n} {unit} with a label (needs {LEAST_UNITS})."
    least = _least_group(unit)
    if sum(size >= least for size in network.sizes) < 2:
        return f"Too few to tell: needs two groups of at least {least} {unit}."
    if network.m < LEAST_TIES:
        return (
            f"Too few to tell: {network.m} {'tie' if network.m == 1 else 'ties'} between {unit} (needs {LEAST_TIES})."
        )
    if network.n < LEAST_KNOWN * everyone:
        return f"Too few to tell: the label is known for {network.n / everyone:.0%} of the {unit} (needs {LEAST_KNOWN:.0%})."
    return ""


def enough(network: Labelled, unit: str) -> Test:
    """Test 1: enough data."""
    least = _least_group(unit)
    groups = sum(size >= least for size in network.sizes)
    known = f", labels known for {network.n / (network.n + network.dropped):.0%}" if network.dropped else ""
    words = f"{network.n} {unit}, {groups} groups of {least} or more, {network.m} ties between them{known}."
    missing = lack(network, unit)
    return Test("Enough data", not missing, missing or words)


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


def inward(network: Labelled, shuffled: Shuffled | None, q: float | None, how: str, what: str = "ties") -> Test:
    """Test 2: fewer bridges than chance would give; `what` is counted."""
    if shuffled is None and network.m:
        return Test("Inward", None, "Nothing to compare with: the labels could not stand in any other way.")
    if shuffled is None or q is None:
        return Test("Inward", None, "Not asked: there is too little data.")
    counts = (
        f"{shuffled.crossing:.0f} of {network.weights.sum():.0f} {what} cross; labels shuffled {how} give {shuffled.low:.0f} to "
        f"{shuffled.high:.0f} (95 %), {shuffled.mean:.1f} on average; q = {small(q)}."
    )
    return Test("Inward", is_inward(network, shuffled, q), counts)


def not_by_design(needs: Congruence | None, border: str) -> Test:
    """Test 3: where work needs the other, less talk across the border than elsewhere; else the boundary is quiet."""
    name = "Not by design"
    if needs is None:
        return Test(name, None, "Not told: no contact was observed in these weeks.")
    if needs.p is None:
        return Test(name, None, "The file names too few dependencies, shared services or common domains to tell.")
    words = (
        f"Of the pairs whose work needs each other, {len(needs.across_talking)} of {len(needs.across)} talk across {border} "
        f"and {len(needs.inside_talking)} of {len(needs.inside)} elsewhere (Fisher's exact p = {small(needs.p)})."
    )
    return Test(name, needs.lower_across and needs.p <= MOST_P_NEEDS, words)


def sides_not_by_design(talking: int, needed: int, shuffled: Sequence[int]) -> Test:
    """Test 3 for the two sides: of the pairs of squads that need each other, those with contact across the sides, against
    the same count under shuffled sides (so that how many people a squad has on each side is in it)."""
    name = "Not by design"
    if not needed or not shuffled:
        return Test(name, None, "The file names too few dependencies, shared services or common domains to tell.")
    p = (1 + sum(count <= talking for count in shuffled)) / (1 + len(shuffled))
    words = (
        f"Of {needed} pairs of squads whose work needs each other, Product and Tech meet across the sides in {talking}; sides shuffled "
        f"within squads give {sum(shuffled) / len(shuffled):.1f} (p = {small(p)})."
    )
    return Test(name, p <= MOST_P_NEEDS, words)


def lasting(windows: Sequence[tuple[str, float | None, bool]]) -> Test:
    """Test 4: two windows, or two channels. `windows`: (what, fewer, whether inward) of the window before and each channel."""
    holding = [what for what, _, holds in windows if holds]
    told = [f"{what}: {share:.0%} fewer{'' if holds else ', which chance can give'}" if share is not None and share > 0
            else f"{what}: not fewer" if share is not None else f"{what}: too few to tell"
            for what, share, holds in windows]  # fmt: skip
    words = "; ".join(told)
    return Test("Lasting", windows[0][2] or len(holding) >= 2, f"{words[:1].upper()}{words[1:]}.")


def grade(tests: Sequence[Test]) -> Grade:
    """The grade that the four tests give, in their order."""
    if not tests[0].passed or tests[1].passed is None:
        return "not enough data"
    if not tests[1].passed:
        return "no sign"
    return "finding" if all(test.passed for test in tests) else "sign"


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


def small(p: float) -> str:
    """A p or q as a reader wants it: .03, .002, under .001."""
    return "under .001" if p < 0.001 else f"{p:.3f}".lstrip("0") if p < 0.0095 else f"{p:.2f}".removeprefix("0")
