"""When a share began to move: a level, a ramp, and a level again, fitted to its weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import betaincinv

from topology.clans.labelled import Floats
from topology.clans.shuffles import SEED

LEAST_POINTS, MOST_POINTS = 12, 104
EDGE = 2  # weeks at each end that a change cannot begin or end in: there a single week would decide
DRAWS = 999


@dataclass(frozen=True, slots=True)
class Turning:
    """A change of a share from `before` to `after`: the index at which it begins, with its 95 % interval, and ends.

    `p`: how often the same values in shuffled order fit such a change as well.
    """

    begin: int
    earliest: int
    latest: int
    end: int
    before: float
    after: float
    p: float


def turning_point(
    values: Sequence[float], places: Sequence[int] | None = None, *, draws: int = DRAWS, seed: int = SEED
) -> Turning | None:
    """The best level–ramp–level of a series by least squares; None under twelve values or for a constant.

    `places` are the weeks of the values where some are missing (0, 1, 2 … by default); of a long series the last 104 count.

    The interval holds the beginnings whose best fit is not worse by an F of 1 and n − 4 degrees of freedom at 5 %.
    """
    skipped = max(0, len(values) - MOST_POINTS)
    y = np.asarray(values[skipped:], dtype=np.float64)
    n = len(y)
    if n < LEAST_POINTS or np.ptp(y) < 1e-12:
        return None
    spans, ramps = _ramps(tuple(places[skipped:]) if places is not None else tuple(range(n)))
    centred = y - y.mean()
    gains = (ramps @ centred) ** 2
    best = int(np.argmax(gains))
    shuffled = np.random.default_rng(seed).permuted(np.tile(centred, (draws, 1)), axis=1)
    hits = int((((ramps @ shuffled.T) ** 2).max(axis=0) >= gains[best] - 1e-12).sum())
    remaining = float(centred @ centred) - gains
    allowed = remaining[best] * (1 + _f_95(n - 4) / (n - 4))
    begins = sorted({begin for (begin, _), rest in zip(spans, remaining, strict=True) if rest <= allowed + 1e-12})
    begin, end = spans[best]
    before, after = float(y[: begin + 1].mean()), float(y[end:].mean())
    return Turning(
        skipped + begin,
        skipped + begins[0],
        skipped + begins[-1],
        skipped + end,
        before,
        after,
        (1 + hits) / (1 + draws),
    )


@lru_cache(maxsize=8)
def _ramps(places: tuple[int, ...]) -> tuple[list[tuple[int, int]], Floats]:
    """Each (begin, end) as indices, with its ramp, centred and of length one."""
    weeks, n = np.array(places), len(places)
    spans = [(a, b) for a in range(EDGE - 1, n - EDGE) for b in range(a + 1, n - EDGE + 1)]
    ramps = np.stack([np.clip((weeks - weeks[a]) / (weeks[b] - weeks[a]), 0, 1) for a, b in spans])
    ramps -= ramps.mean(axis=1, keepdims=True)
    return spans, ramps / np.linalg.norm(ramps, axis=1, keepdims=True)


def _f_95(free: int) -> float:
    """The 95th percentile of F with 1 and `free` degrees of freedom."""
    x = float(betaincinv(0.5, free / 2, 0.95))
    return x * free / (1 - x)
