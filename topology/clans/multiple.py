"""Looking at several groupings at once: p corrected so that of all findings few are by chance."""

from __future__ import annotations

from collections.abc import Sequence


def benjamini_hochberg(values: Sequence[float | None]) -> list[float | None]:
    """The q of each p: the least share of false findings at which it would be one. None stays None and counts for nothing.

    Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289.
    """
    known = sorted((value, index) for index, value in enumerate(values) if value is not None)
    found: list[float | None] = [None] * len(values)
    least = 1.0
    for rank, (value, index) in reversed(list(enumerate(known, start=1))):
        least = min(least, value * len(known) / rank)
        found[index] = least
    return found
