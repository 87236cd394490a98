"""Cognitive load: the team's own assessment, 3 to 30, in five classes."""

from __future__ import annotations

# The last edge is the threshold of rule TT204 (24 of 30); the others divide the range below it evenly.
LOAD_CLASSES = (12, 16, 20, 24)


def load_class(total: int) -> int:
    """The class of a load, 0 (light) to 4 (at or over the threshold)."""
    return sum(total >= edge for edge in LOAD_CLASSES)
