"""The smallest lack of contact across that this data would have shown as a finding four times in five, by simulation through the tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from scipy.stats import hypergeom, norm

from topology.clans.evidence import Counted, Draws, counted
from topology.clans.labelled import Floats, Ints, Labelled
from topology.clans.partitions import Partition
from topology.clans.shuffles import Labels, labellings
from topology.clans.silence import is_silent
from topology.clans.steady import QUARTER
from topology.clans.ties import KINDS, Layer, Silence
from topology.clans.verdict import (
    LEAST_DECLARING,
    LEAST_FEWER,
    LEAST_GAP,
    MOST_P,
    MOST_P_BEFORE,
    MOST_P_NEEDS,
    MOST_Q,
    lack,
)

if TYPE_CHECKING:
    from topology.clans.window import Window

NOTHING = 2.0  # a lack that no data has: over 1
RUNS, LEAST_RUNS, NULL = (
    200,
    40,
    200,
)  # organisations by lack (of many pairs fewer), and labellings that each is compared with
LACKS = np.linspace(0.1, 1.0, 19)
WANTED = 0.80
MOST_CELLS = 40_000_000  # ties × labellings that are held at once


@dataclass(frozen=True)
class _Look:
    """A window's weeks of contact, and which of its ties a needed pair is (−1: a pair that was never seen)."""

    network: Labelled
    needed: Ints
    ends: Ints
    """needed × 2: the places of the two units."""
    across: Any
    """ties × labellings that it is compared with: whether each crosses."""

    @cached_property
    def ends_of(self) -> Any:
        """Units × ties: which are a tie's two ends."""
        network, ties = self.network, np.arange(self.network.m)
        places = np.concatenate([network.heads, network.tails]), np.concatenate([ties, ties])
        return sparse.csr_array((np.ones(2 * network.m), places), shape=(network.n, network.m))


def smallest_effect(
    window: Window, partition: Partition, layer: Layer, one: Counted, tests: int, seed: int
) -> float | None:
    """The share of contact across that has to be missing, against chance; NOTHING where even none at all would not have been a finding,
    None for what is no contact between teams.

    Each run takes the window and the one before with labels that chance gives, so that nothing parts them; takes away a share of the weeks
    of contact of every pair across, one by one; and asks for test 2 (as one of `tests` that are corrected), 3 and 4.
    """
    if layer == "declared" or partition.of_people or one.shuffled is None:
        return None
    graph = window.before.compared(partition, layer)
    before = None if isinstance(graph, Silence) else counted(window.before, partition, graph, Draws(999, seed)).network
    if (
        before is None or lack(before, partition.unit) or not window.before.covers(KINDS[layer])
    ):  # (the fourth test asks for a window before)
        return NOTHING
    most = max(one.network.m, before.m, 1)
    count = min(NULL, max(20, MOST_CELLS // most))
    shuffled = labellings(one.network, one.strata, draws=count, seed=seed)
    random = np.random.default_rng(seed)
    naming = {team for pair in window.needs.edges for team in pair} & set(one.network.units)
    if shuffled is None or len(naming) < LEAST_DECLARING * one.network.n:
        return NOTHING
    blocks = np.concatenate(
        list(shuffled.blocks), axis=1
    )  # (every labelling stands in an order: some of them at random)
    blocks = blocks[:, np.sort(random.choice(blocks.shape[1], min(count, blocks.shape[1]), replace=False))]
    runs = blocks[:, np.arange(min(RUNS, max(LEAST_RUNS, MOST_CELLS // NULL // most))) % blocks.shape[1]]
    looks = [_look(when, seen, one.network, blocks) for when, seen in ((window, one.network), (window.before, before))]
    level = min(MOST_P, MOST_Q / max(1, tests))
    return _search(looks, blocks, runs, window.weeks, level, random)


def _look(window: Window, seen: Labelled, base: Labelled, blocks: Labels) -> _Look:
    """What was seen in a window, of the units of `base`."""
    place = {unit: index for index, unit in enumerate(base.units)}
    own = np.array([place.get(unit, -1) for unit in seen.units], dtype=np.int64)
    heads, tails = own[seen.heads], own[seen.tails]
    kept = (heads >= 0) & (tails >= 0)
    heads, tails = np.minimum(heads, tails)[kept], np.maximum(heads, tails)[kept]
    network = replace(base, heads=heads, tails=tails, weights=seen.weights[kept])
    needs = ((place[a], place[b]) for a, b in window.asked_needs if a in place and b in place)
    ends = np.array(sorted({(min(pair), max(pair)) for pair in needs}), dtype=np.int64).reshape(-1, 2)
    tie = {code: index for index, code in enumerate((heads * base.n + tails).tolist())}
    needed = np.array([tie.get(code, -1) for code in (ends[:, 0] * base.n + ends[:, 1]).tolist()], dtype=np.int64)
    return _Look(network, needed, ends, (blocks[heads] != blocks[tails]).astype(np.float32))


def _search(
    looks: list[_Look], blocks: Labels, runs: Labels, weeks: int, level: float, random: np.random.Generator
) -> float:
    """The least lack of LACKS from which four runs in five give a finding, between two of them by a straight line."""
    low, high = 0, len(LACKS) - 1
    found = {high: _power(looks, blocks, runs, weeks, float(LACKS[high]), level, random)}
    if found[high][0] < WANTED:
        return NOTHING
    while high - low > 1:
        middle = (low + high) // 2
        found[middle] = _power(looks, blocks, runs, weeks, float(LACKS[middle]), level, random)
        low, high = (low, middle) if found[middle][0] >= WANTED else (middle, high)
    power, effect = found[high]
    if low not in found:
        return max(LEAST_FEWER, effect)
    less, least = found[low]
    share = (WANTED - less) / (power - less) if power > less else 1.0
    return max(LEAST_FEWER, least + share * (effect - least))


def _power(
    looks: list[_Look],
    blocks: Labels,
    runs: Labels,
    weeks: int,
    lack_: float,
    level: float,
    random: np.random.Generator,
) -> tuple[float, float]:
    """(the share of runs that are a finding, the lack against chance that they have on average)."""
    first, effect = _holds(looks[0], blocks, runs, weeks, lack_, level, LEAST_FEWER, random)
    second, _ = _holds(looks[1], blocks, runs, weeks, lack_, MOST_P_BEFORE, 0.0, random)
    return float((first & second).mean()), float(effect.mean())


def _holds(
    look: _Look, blocks: Labels, runs: Labels, weeks: int, lack_: float, level: float, least: float, random: np.random.Generator
) -> tuple[Any, Floats]:  # fmt: skip
    """Of each run whether tests 2 and 3 hold, and the lack against chance."""
    network = look.network
    crosses = runs[network.heads] != runs[network.tails]  # ties × runs
    weights = np.repeat(network.weights[:, None].astype(np.int64), runs.shape[1], axis=1)
    weights[crosses] = random.binomial(weights[crosses], 1 - lack_)
    strength = look.ends_of @ weights
    own = (weights * crosses).sum(axis=0) / _expected(strength, runs, network, paired=True)
    chance = (weights.T.astype(np.float32) @ look.across) / _expected(strength, blocks, network)  # runs × labellings
    mean, sd = chance.mean(axis=1), chance.std(axis=1)
    effect: Floats = 1 - own / np.maximum(mean, 1e-9)
    p = norm.cdf((own - mean) / np.maximum(sd, 1e-12))
    needed = np.where(look.needed[:, None] >= 0, weights[look.needed], 0)
    parted = _parted(look, needed, runs, weeks)
    for length, seen in _neighbours(needed, weeks, random):
        parted &= _parted(look, seen, runs, length)
    return (p <= level) & (effect >= least) & parted, effect


def _neighbours(seen: Ints, weeks: int, random: np.random.Generator) -> list[tuple[int, Ints]]:
    """(weeks, weeks of contact) of windows a quarter shorter and longer, in which each pair is seen as often as in this one."""
    step = max(1, weeks // QUARTER)
    share = np.clip(seen / weeks, 0, 1)
    return [
        (weeks - step, random.binomial(seen, 1 - step / weeks)),
        (weeks + step, seen + random.binomial(step, share)),
    ]


def _expected(strength: Floats, block: Labels, network: Labelled, *, paired: bool = False) -> Any:
    """What would cross where units meet by how busy they are: runs × labellings; of each run with its own labelling where `paired`."""
    whole = strength.sum(axis=0)
    groups = range(len(network.groups))
    if paired:
        squares = sum((strength * (block == group)).sum(axis=0) ** 2 for group in groups)
        return np.maximum((whole**2 - squares) / (2 * np.maximum(whole, 1e-9)), 1e-9)
    squares = sum((strength.T @ (block == group).astype(np.float64)) ** 2 for group in groups)
    return np.maximum((whole[:, None] ** 2 - squares) / (2 * np.maximum(whole[:, None], 1e-9)), 1e-9)


def _parted(look: _Look, seen: Ints, runs: Labels, weeks: int) -> Any:
    """Test 3 of each run: more needed pairs are silent across than elsewhere."""
    if not len(look.needed):
        return np.zeros(runs.shape[1], dtype=bool)
    silent = is_silent_each(seen, weeks)
    crosses = runs[look.ends[:, 0]] != runs[look.ends[:, 1]]
    hits, of = (silent & crosses).sum(axis=0), crosses.sum(axis=0)
    others_hit, others = (silent & ~crosses).sum(axis=0), (~crosses).sum(axis=0)
    p = hypergeom.sf(hits - 1, of + others, hits + others_hit, of)  # Fisher's, of each run
    gap = hits / np.maximum(of, 1) - others_hit / np.maximum(others, 1)
    return (p <= MOST_P_NEEDS) & (gap >= LEAST_GAP) & (of > 0) & (others > 0)


def is_silent_each(seen: Ints, weeks: int) -> Any:
    """`is_silent` of each."""
    most = max((count for count in range(weeks + 1) if is_silent(count, weeks)), default=-1)
    return seen <= most
