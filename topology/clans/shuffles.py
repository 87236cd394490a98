"""What chance would give: the labels shuffled over the units, the ties kept.

Labels are shuffled at the unit where they live: over squads for a value stream or a site, over the people within each
squad for a side. `strata` holds the units among which labels may move.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from topology.clans.labelled import Floats, Ints, Labelled
from topology.once import Once

SHUFFLES = 9_999
MOST_ENUMERATED = 10_000  # below this every labelling is looked at, and p is exact
BLOCK = 64  # labellings at once: a block of small labels stays in the cache
SEED = 20261123
MANY_TIES = 2_000  # from which counting bits pays
LOWEST_BITS = np.uint64(0x0101010101010101)
MOST_KEPT = 30_000_000  # units × draws, a byte each, that are worth keeping

Labels = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Shuffled:
    """Crossing weight under shuffled labels. `p_fewer` is one-sided: the chance of as few bridges or fewer.

    Of a network that is `busy` it is the crossing weight ÷ that which units as busy as these would have across (E = s_i s_j ÷ Σs, s the
    weights of a unit's ties), with numerator and denominator both shuffled, times the latter as it is: so that all stand in the unit
    of the weights.

    `enumerated` says that all labellings were looked at; p is then exact, else (1 + hits) ÷ (1 + draws).
    """

    crossing: float
    mean: float
    sd: float
    low: float
    high: float
    p_fewer: float
    p_more: float
    draws: int
    enumerated: bool
    seed: int


@dataclass(frozen=True)
class Labellings:
    """Shuffled labels in n × k blocks: all that there are (`enumerated`), or `draws` of them."""

    blocks: Iterable[Labels]
    enumerated: bool


def labellings(
    network: Labelled,
    strata: Sequence[object] | None = None,
    *,
    draws: int = SHUFFLES,
    seed: int = SEED,
    keep: Once | None = None,
) -> Labellings | None:
    """The labels of a network, shuffled among units of the same stratum; None when no label can move.

    They hang on labels, strata, draws and seed, and not on the ties: `keep` holds them for the next layer of the same units.
    """
    members = _members(network.n, strata)
    count = _count(network.labels, members)
    if count < 2:
        return None
    labels = network.labels.astype(np.min_scalar_type(len(network.groups)))
    if count < MOST_ENUMERATED:
        return Labellings(_every_labelling(labels, members), True)
    if keep is None or network.n * draws > MOST_KEPT:
        return Labellings(_random_labellings(labels, members, draws, seed), False)
    key = (labels.tobytes(), tuple(units.tobytes() for units in members), draws, seed)
    return Labellings(keep(key, lambda: list(_random_labellings(labels, members, draws, seed))), False)


def permutation_test(
    network: Labelled,
    strata: Sequence[object] | None = None,
    *,
    draws: int = SHUFFLES,
    seed: int = SEED,
    keep: Once | None = None,
) -> Shuffled | None:
    """The distribution of bridges under shuffled labels; None without ties or when no label can move.

    `strata`: one value a unit; labels move only among units of the same value. `keep`: see `labellings`.
    """
    shuffled = labellings(network, strata, draws=draws, seed=seed, keep=keep) if network.m else None
    if shuffled is None:
        return None
    own = network.labels[:, None]
    unit = float(expected_crossing(network, own)[0]) if network.busy else 1.0
    crossing = _measure(network, own)[0] * unit
    values = np.concatenate([_measure(network, block) for block in shuffled.blocks]) * unit
    margin = 1e-9 * max(1.0, abs(float(crossing)))
    fewer, more = int((values <= crossing + margin).sum()), int((values >= crossing - margin).sum())
    extra = 0 if shuffled.enumerated else 1
    low, high = np.quantile(values, [0.025, 0.975])
    sd = float(values.std(ddof=extra))
    return Shuffled(
        float(crossing), float(values.mean()), sd, float(low), float(high),
        (extra + fewer) / (extra + len(values)), (extra + more) / (extra + len(values)), len(values),
        shuffled.enumerated, seed,
    )  # fmt: skip


def _members(n: int, strata: Sequence[object] | None) -> list[Ints]:
    if strata is None:
        return [np.arange(n)]
    order: dict[object, list[int]] = {}
    for unit, stratum in enumerate(strata):
        order.setdefault(stratum, []).append(unit)
    return [np.array(units) for units in order.values()]


def _count(labels: Ints, members: list[Ints]) -> int:
    """How many different labellings there are."""
    total = 1
    for units in members:
        total *= math.factorial(len(units)) // math.prod(math.factorial(int(c)) for c in np.bincount(labels[units]))
    return total


def _measure(network: Labelled, block: Labels) -> Floats:
    """What is compared: the crossing weight, of a `busy` network as a share of what its units would have across."""
    crossing = _crossing(network, block)
    return crossing / np.maximum(expected_crossing(network, block), 1e-9) if network.busy else crossing


def group_strength(network: Labelled, block: Labels) -> Floats:
    """Groups × labellings: how busy the units of each group are, added up."""
    found: Floats = np.stack([network.strength @ (block == group) for group in range(len(network.groups))])
    return found


def expected_crossing(network: Labelled, block: Labels) -> Floats:
    """The weight across of each labelling where units meet by how busy they are: Σ s_i s_j ÷ Σs over the pairs of two groups."""
    whole = float(network.strength.sum())
    found: Floats = (whole**2 - (group_strength(network, block) ** 2).sum(axis=0)) / (2 * max(whole, 1e-9))
    return found


def _crossing(network: Labelled, block: Labels) -> Floats:
    """The crossing weight of each labelling (column) of an n × k block."""
    if network.unweighted and len(network.groups) == 2 and block.shape[1] <= BLOCK and network.m >= MANY_TIES:
        return _crossing_of_two(network, block)
    across = block[network.heads] != block[network.tails]
    if network.unweighted:  # counting bytes is several times faster than a product with ones
        counts: Floats = np.add.reduce(across.view(np.uint8), axis=0, dtype=np.uint32).astype(np.float64)
        return counts
    result: Floats = network.weights @ across
    return result


def _crossing_of_two(network: Labelled, block: Labels) -> Floats:
    """The same for two groups, a labelling a bit: eighty thousand ties between people take an eighth of the time.

    The 64 labels of a unit are one word, and two ends of a tie differ where their words do (XOR). Of each byte of these words one
    bit at a time is summed in place, over 255 ties at most, so that no byte runs over.
    """
    padded = np.zeros((block.shape[0], BLOCK), dtype=np.uint8)
    padded[:, : block.shape[1]] = block
    words = np.packbits(padded, axis=1).view(np.uint64)[:, 0]
    apart = words[network.heads] ^ words[network.tails]
    begins = np.arange(0, network.m, 255)
    counts = np.empty((8, 8), dtype=np.float64)  # byte × bit, the first bit of a byte is its highest
    for bit in range(8):
        sums = np.add.reduceat((apart >> np.uint64(bit)) & LOWEST_BITS, begins)
        counts[:, 7 - bit] = sums.view(np.uint8).reshape(-1, 8).sum(axis=0)
    crossing: Floats = counts.ravel()[: block.shape[1]]
    return crossing


def _random_labellings(labels: Labels, members: list[Ints], draws: int, seed: int) -> Iterator[Labels]:
    random = np.random.default_rng(seed)
    for begin in range(0, draws, BLOCK):
        block = np.repeat(labels[:, None], min(BLOCK, draws - begin), axis=1)
        for units in members:
            block[units] = random.permuted(block[units], axis=0)
        yield block


def _every_labelling(labels: Labels, members: list[Ints]) -> Iterator[Labels]:
    """Each different labelling once, in blocks."""
    rows: list[Labels] = []
    for labelling in _arrangements(labels, members, 0):
        rows.append(labelling)
        if len(rows) == BLOCK:
            yield np.stack(rows, axis=1)
            rows = []
    if rows:
        yield np.stack(rows, axis=1)


def _arrangements(labels: Labels, members: list[Ints], stratum: int) -> Iterator[Labels]:
    if stratum == len(members):
        yield labels.copy()
        return
    units = members[stratum]
    counts = np.bincount(labels[units])
    for arranged in _multiset(tuple(units.tolist()), [int(c) for c in counts], 0):
        changed = labels.copy()
        for unit, label in arranged.items():
            changed[unit] = label
        yield from _arrangements(changed, members, stratum + 1)


def _multiset(places: tuple[int, ...], counts: list[int], label: int) -> Iterator[dict[int, int]]:
    """Every way to put `counts[label]` of each label on the places."""
    if label == len(counts):
        yield {}
        return
    for chosen in combinations(places, counts[label]):
        left = tuple(place for place in places if place not in chosen)
        for rest in _multiset(left, counts, label + 1):
            yield {**dict.fromkeys(chosen, label), **rest}
