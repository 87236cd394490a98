"""Faultlines: how far the attributes of a squad's members line up and part it (Meyer and Glenz 2013).

There is no absolute scale: a value says something only as a percentile against the same attributes, shuffled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from topology.clans.labelled import Floats, Ints
from topology.clans.shuffles import SEED

LEAST_MEMBERS, MOST_MEMBERS = 5, 9  # nothing for groups under 5 people; every partition is tried up to 9 members
DRAWS = 199


@dataclass(frozen=True, slots=True)
class Split:
    """The partition with the largest average silhouette width: `subgroups` numbers each member's part, from 1."""

    width: float
    subgroups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Faultline:
    """A squad's faultline. `percentile` (0 to 1) is the share of shuffles with a weaker one; None where nothing can move."""

    split: Split
    percentile: float | None
    aligned: tuple[str, ...]
    """The attributes that the split follows: no two of its parts share a value."""


def distances(attributes: Mapping[str, Sequence[Any]], weights: Mapping[str, float] | None = None) -> Floats:
    """n × n Euclidean distances: numbers scaled by their weight, two different words one weight apart (1 by default)."""
    columns = []
    for name, values in attributes.items():
        weight = (weights or {}).get(name, 1.0)
        if all(isinstance(value, int | float) for value in values):
            columns.append(np.asarray(values, dtype=np.float64)[:, None] * weight)
        else:
            words = sorted({str(value) for value in values})
            dummies = np.array([[str(value) == word for word in words] for value in values], dtype=np.float64)
            columns.append(dummies * weight / np.sqrt(2))
    table = np.concatenate(columns, axis=1)
    result: Floats = np.sqrt(((table[:, None, :] - table[None, :, :]) ** 2).sum(axis=2))
    return result


def widest_split(table: Floats, most_parts: int = MOST_MEMBERS) -> Split:
    """The partition of the members (2 to 9) into two parts or more with the largest average silhouette width.

    Every partition is tried; a member alone in its part has the silhouette 0. Raises ValueError outside 2 to 9 members.
    """
    n = len(table)
    if not 2 <= n <= MOST_MEMBERS:
        raise ValueError(f"every partition is tried for 2 to {MOST_MEMBERS} members, not for {n}")
    sums = _members_of_sets(n) @ table  # set × member: the sum of the member's distances to the set
    best = Split(-2.0, ())
    for parts in _partitions(n)[: most_parts - 1]:
        means = sums[parts.sets] / parts.sizes[:, :, None]
        means[parts.inside] = np.inf
        nearest = means.min(axis=1)
        own = sums[parts.own, np.arange(n)] / np.maximum(parts.own_sizes - 1, 1)
        larger = np.maximum(own, nearest)
        widths = np.divide(nearest - own, larger, out=np.zeros_like(own), where=(larger > 0) & (parts.own_sizes > 1))
        average = widths.mean(axis=1)
        index = int(np.argmax(average))
        if average[index] > best.width + 1e-12:
            best = Split(float(average[index]), tuple(int(part) + 1 for part in parts.labels[index]))
    return best


# Where attributes are words, a part for each combination of them always fits best, and says nothing: a line makes two parts.
PARTS = 2


def faultline(attributes: Mapping[str, Sequence[str]], *, draws: int = DRAWS, seed: int = SEED) -> Faultline | None:
    """The line that parts 5 to 9 members in two by their attributes, against each attribute shuffled on its own.

    None outside 5 to 9 members or where no attribute has two values.
    """
    varied = {name: list(values) for name, values in attributes.items() if len(set(values)) > 1}
    n = len(next(iter(attributes.values()), ()))
    if not LEAST_MEMBERS <= n <= MOST_MEMBERS or not varied:
        return None
    split = widest_split(distances(varied), PARTS)
    aligned = tuple(name for name, values in varied.items() if _follows(split.subgroups, values))
    if len(varied) < 2:
        return Faultline(split, None, aligned)  # one attribute has nothing to line up with
    random = np.random.default_rng(seed)
    weaker = 0
    for _ in range(draws):
        shuffled = {name: [values[i] for i in random.permutation(n)] for name, values in varied.items()}
        weaker += widest_split(distances(shuffled), PARTS).width < split.width - 1e-9
    return Faultline(split, weaker / draws, aligned)


def _follows(subgroups: tuple[int, ...], values: Sequence[str]) -> bool:
    parts = [{value for value, part in zip(values, subgroups, strict=True) if part == one} for one in set(subgroups)]
    return sum(len(part) for part in parts) == len(set(values))


@dataclass(frozen=True)
class _Parts:
    """All partitions of n members into the same number of parts, as arrays that depend on n alone."""

    labels: Ints
    sets: Ints  # partition × part: the part as a bit set
    sizes: Ints
    inside: NDArray[np.bool_]  # partition × part × member
    own: Ints  # partition × member: the member's part as a bit set
    own_sizes: Ints


@cache
def _members_of_sets(n: int) -> Floats:
    bits = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    return bits.astype(np.float64)


@cache
def _partitions(n: int) -> tuple[_Parts, ...]:
    strings: list[tuple[int, ...]] = [(0,)]
    for _ in range(n - 1):  # restricted growth strings: each partition once
        strings = [(*one, part) for one in strings for part in range(max(one) + 2)]
    by_count: dict[int, list[tuple[int, ...]]] = {}
    for one in strings:
        by_count.setdefault(max(one) + 1, []).append(one)
    return tuple(_parts(np.array(found), count) for count, found in sorted(by_count.items()) if count > 1)


def _parts(labels: Ints, count: int) -> _Parts:
    inside = labels[:, None, :] == np.arange(count)[None, :, None]
    sets = (inside * (1 << np.arange(labels.shape[1]))).sum(axis=2)
    sizes = inside.sum(axis=2)
    own, own_sizes = np.take_along_axis(sets, labels, axis=1), np.take_along_axis(sizes, labels, axis=1)
    return _Parts(labels, sets, sizes, inside, own, own_sizes)
