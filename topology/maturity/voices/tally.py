"""What a team answered while a survey is open: how often each choice of each question was made, by side, and nothing of anybody.

There is no row of a person and none of an answer: a person who sends adds one to a count of each question. So nothing ties the answers of
one person together, and nothing has an order or a time. A tally is always as long, whatever it counts, so that a database that writes it
again writes it in its place.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self, get_args

from topology.maturity.pack import LEVELS
from topology.maturity.voices.answers import Answer
from topology.model import Side

CANNOT_TELL = 0
"""The choice of somebody who cannot tell: an answer, but to no level."""
CHOICES = (CANNOT_TELL, *LEVELS)
SIDES: tuple[Side, ...] = get_args(Side)
WIDE = array("H").itemsize  # bytes a count: 65 535 people of one side of one team


@dataclass(frozen=True)
class Tally:
    """Counts by question, side and choice, in that order; questions in the order in which they are asked."""

    items: tuple[str, ...]
    counts: tuple[int, ...]

    @classmethod
    def empty(cls, items: Sequence[str]) -> Self:
        """Of a team of which nobody has answered."""
        return cls(tuple(items), (0,) * (len(items) * len(SIDES) * len(CHOICES)))

    @classmethod
    def unpacked(cls, items: Sequence[str], packed: bytes) -> Self:
        """From what `packed` gave."""
        return cls(tuple(items), tuple(array("H", packed)))

    @property
    def packed(self) -> bytes:
        """As bytes, always as many."""
        return array("H", self.counts).tobytes()

    def plus(self, side: Side, choices: Mapping[str, int]) -> Self:
        """With the choices of one more person: one for each question. Raises ValueError where a question has none."""
        if set(choices) != set(self.items) or not set(choices.values()) <= set(CHOICES):
            raise ValueError("a choice for each question, and none beside")
        counts = list(self.counts)
        for item, choice in choices.items():
            counts[self._place(item, side, choice)] += 1
        return replace(self, counts=tuple(counts))

    def answers(self, team: str) -> Iterator[Answer]:
        """The levels that were chosen, as answers of a team; those who cannot tell chose none."""
        for item in self.items:
            for side in SIDES:
                for level in LEVELS:
                    for _ in range(self.counts[self._place(item, side, level)]):
                        yield Answer(team, side, item, level)

    def _place(self, item: str, side: Side, choice: int) -> int:
        return (self.items.index(item) * len(SIDES) + SIDES.index(side)) * len(CHOICES) + CHOICES.index(choice)
