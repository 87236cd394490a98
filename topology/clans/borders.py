"""The borders of one grouping: the ties between each two groups, against shuffled labels, corrected for looking at them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from topology.clans.labelled import Floats, Labelled
from topology.clans.shuffles import SEED, Labels, group_strength, labellings

DRAWS = 1_999
MOST_DENSE, MANY_A_UNIT = 1_500, 20  # units, and ties of each on average, from which products of matrices pay


@dataclass(frozen=True, slots=True)
class Border:
    """The bridges between two groups against chance (of contact, the weeks of contact). `p` is one-sided (as few) and holds for all
    borders at once; `p_alone` for one that was chosen before."""

    groups: tuple[str, str]
    bridges: float
    expected: float
    low: float
    high: float
    p: float
    p_alone: float = 1.0

    @property
    def fewer(self) -> float | None:
        """1 − bridges ÷ expected: 0.58 reads "58 % fewer bridges than chance would give"."""
        return 1 - self.bridges / self.expected if self.expected else None


def borders(
    network: Labelled, strata: Sequence[object] | None = None, *, draws: int = DRAWS, seed: int = SEED
) -> list[Border]:
    """Each pair of groups with the max-T adjusted p of as few bridges (Westfall and Young 1993); fewest against chance first.

    Empty without ties or where no label can move. A border that chance leaves no room for has p = 1.
    """
    shuffled = labellings(network, strata, draws=draws, seed=seed) if network.m and len(network.groups) > 1 else None
    if shuffled is None:
        return []
    pairs = list(combinations(range(len(network.groups)), 2))
    own = network.labels[:, None]
    unit = _expected(network, own, pairs) if network.busy else np.ones((len(pairs), 1))
    observed = (_measure(network, own, pairs) * unit)[:, 0]
    counts = np.concatenate([_measure(network, block, pairs) for block in shuffled.blocks], axis=1) * unit
    mean, sd = counts.mean(axis=1), counts.std(axis=1)
    room = sd > 1e-9
    scale = np.where(room, sd, 1.0)
    lowest = np.where(room[:, None], (counts - mean[:, None]) / scale[:, None], np.inf).min(axis=0)
    extra = 0 if shuffled.enumerated else 1
    low, high = np.quantile(counts, [0.025, 0.975], axis=1)
    found = []
    for index, (a, b) in enumerate(pairs):
        z = (observed[index] - mean[index]) / scale[index]
        hits = int((lowest <= z + 1e-9).sum())
        alone = int((counts[index] <= observed[index] + 1e-9).sum())
        p, p_alone = ((extra + count) / (extra + counts.shape[1]) if room[index] else 1.0 for count in (hits, alone))
        found.append((z, Border((network.groups[a], network.groups[b]), float(observed[index]), float(mean[index]),
                                float(low[index]), float(high[index]), p, p_alone)))  # fmt: skip
    return [border for _, border in sorted(found, key=lambda one: (one[1].p, one[0], one[1].groups))]


def _measure(network: Labelled, block: Labels, pairs: Sequence[tuple[int, int]]) -> Floats:
    """What is compared of each border, as `shuffles` does of the whole."""
    counts = _counts(network, block, pairs)
    return counts / np.maximum(_expected(network, block, pairs), 1e-9) if network.busy else counts


def _expected(network: Labelled, block: Labels, pairs: Sequence[tuple[int, int]]) -> Floats:
    """Pairs of groups × labellings: the weight between two groups whose units meet by how busy they are."""
    strength = group_strength(network, block)
    rows, others = np.array(pairs).T
    found: Floats = strength[rows] * strength[others] / max(float(network.strength.sum()), 1e-9)
    return found


def _counts(network: Labelled, block: Labels, pairs: Sequence[tuple[int, int]]) -> Floats:
    """Pairs of groups × labellings: the weight of the ties between the two groups."""
    rows, others = np.array(pairs).T if pairs else (np.zeros(0, int), np.zeros(0, int))
    dense = network.n <= MOST_DENSE and network.m > MANY_A_UNIT * network.n
    table = _dense_table(network, block) if dense else _table(network, block)
    counts: Floats = table[:, rows, others].T
    return counts


def _table(network: Labelled, block: Labels) -> Floats:
    """Labellings × groups × groups: the weight of the ties between two groups, in the upper triangle."""
    groups, columns = len(network.groups), block.shape[1]
    heads, tails = block[network.heads].astype(np.int64), block[network.tails].astype(np.int64)
    cells = np.minimum(heads, tails) * groups + np.maximum(heads, tails) + groups**2 * np.arange(columns)
    sums = np.bincount(cells.ravel(), np.repeat(network.weights, columns), minlength=groups**2 * columns)
    found: Floats = sums.astype(np.float64).reshape(columns, groups, groups)
    return found


def _dense_table(network: Labelled, block: Labels) -> Floats:
    """The same (both triangles) by products of matrices, where nearly every two units have a tie: several times as fast."""
    groups, columns = len(network.groups), block.shape[1]
    matrix = np.zeros((network.n, network.n))
    np.add.at(matrix, (network.heads, network.tails), network.weights)
    matrix += matrix.T
    member = (block[:, :, None] == np.arange(groups)).astype(np.float64)
    beside = (matrix @ member.reshape(network.n, -1)).reshape(network.n, columns, groups)
    found: Floats = np.einsum("nkg,nkh->kgh", member, beside)
    return found
