"""The thresholds in words, from the numbers that are declared: of how few people nothing is told, how much contact makes a tie."""

from __future__ import annotations

from topology.graph.observed import FLOOR_EVENTS, FLOOR_WEEKS
from topology.privacy import LEAST_PEOPLE

_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def spelled(number: float) -> str:
    """A number up to ten as a word; a larger or broken one in digits."""
    return _SPELLED[int(number)] if number in range(len(_SPELLED)) else f"{number:g}"


FEW = f"{spelled(LEAST_PEOPLE)} people"
"""Of fewer than these nothing is told."""
TIE = f"{spelled(FLOOR_EVENTS)} events"
"""These, in TIE_TIME, make a tie."""
TIE_TIME = f"{spelled(FLOOR_WEEKS)} weeks"
