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
    """A change of a level from `before` to `after`: the index at which it begins, with its 95 % interval, and ends.

    `p`: how often a series without any change, whose neighbours resemble each other as these do, fits such a change as well.
    `gradual`: whether a ramp over several weeks fits better than a step.
    """

    begin: int
    earliest: int
    latest: int
    end: int
    before: float
    after: float
    p: float
    gradual: bool = False


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
    whole = float(centred @ centred)
    phi = _resemblance(centred - ramps[best] * float(ramps[best] @ centred))
    alike = _without_change(n, phi, draws, seed)
    shares = ((ramps @ alike.T) ** 2).max(axis=0) / (alike**2).sum(axis=1)
    hits = int((shares >= gains[best] / whole - 1e-12).sum())
    remaining = whole - gains
    steps = [rest for (a, b), rest in zip(spans, remaining, strict=True) if b == a + 1]
    gradual = remaining[best] > 0 and (min(steps) - remaining[best]) * (n - 4) > _f_95(n - 4) * remaining[best]
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
        bool(gradual),
    )


def _resemblance(residuals: Floats) -> float:
    """The first autocorrelation of what a change leaves, 0 to .9, corrected for its bias towards 0 in a short series (Marriott and Pope,
    Biometrika 41 (1954) 390)."""
    n, squares = len(residuals), float(residuals @ residuals)
    if squares < 1e-12:
        return 0.0
    phi = float(residuals[1:] @ residuals[:-1]) / squares
    return min(0.9, max(0.0, phi + (1 + 3 * phi) / n))


def _without_change(n: int, phi: float, draws: int, seed: int) -> Floats:
    """draws × n: centred series of a first-order autoregression."""
    noise = np.random.default_rng(seed).standard_normal((draws, n))
    found = np.empty_like(noise)
    found[:, 0] = noise[:, 0]
    for week in range(1, n):
        found[:, week] = phi * found[:, week - 1] + np.sqrt(1 - phi**2) * noise[:, week]
    centred: Floats = found - found.mean(axis=1, keepdims=True)
    return centred


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
