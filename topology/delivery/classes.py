"""How a metric is laid over the map: four edges between five classes, and their words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from topology.language import Text


@dataclass(frozen=True, slots=True)
class Classes:
    """Five classes of a value, lowest first: a value is in the class of how many `edges` it reaches."""

    edges: tuple[float, float, float, float]
    bounds: tuple[Text, Text, Text, Text, Text]
    label: Text = Text("")
    """The metric's short name on the map."""
    about: Text = Text("")
    """One plain sentence: what the metric says and how it is counted by default."""

    def of(self, label: str, about: str) -> Classes:
        """The same classes for a metric."""
        return replace(self, label=Text(label), about=Text(about))


def classes(edges: tuple[float, float, float, float], *bounds: str) -> Classes:
    """Classes from their edges and the words of each."""
    first, second, third, fourth, fifth = map(Text, bounds)
    return Classes(edges, (first, second, third, fourth, fifth))


SPANS = classes(
    (1, 24, 168, 730), "under 1 hour", "1 hour to 1 day", "1 day to 1 week", "1 week to 1 month", "over 1 month"
)
"""Of hours."""
FAILS = classes((0.05, 0.10, 0.15, 0.30), "under 5 %", "5–9 %", "10–14 %", "15–29 %", "30 % and over")
SHARES = classes((0.25, 0.5, 0.75, 0.9), "under 25 %", "25–49 %", "50–74 %", "75–89 %", "90 % and over")
