"""Names and counts as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence

from topology.language import sentence

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@sentence
def listed(names: Sequence[str], most: int = 5, last: str = "and") -> str:
    """Names as a sentence has them: `A, B and C` (or `or`), the rest counted: `A, B, C, D, E and 7 more`."""
    if len(names) > most + 1:
        names = [*names[:most], f"{len(names) - most} more"]
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


@sentence
def counted(count: int, noun: str, several: str = "") -> str:
    """`1 team`, `2 teams`."""
    return f"{count} {noun if count == 1 else several or noun + 's'}"


@sentence
def number(value: int) -> str:
    """Small numbers as words, as a sentence wants them."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else str(value)
