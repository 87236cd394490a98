"""What each team has to do with the selected one, in the words of a pill."""

from __future__ import annotations

from collections.abc import Sequence

from topology.graph.teammap.geometry import Tie

# (mode, whether the selected team comes first in the tie) → what the other team is to it
_WORDS = {
    ("collaboration", True): "works with it",
    ("collaboration", False): "works with it",
    ("facilitating", True): "is helped",
    ("facilitating", False): "helps it",
    ("x-as-a-service", True): "uses it",
    ("x-as-a-service", False): "serves it",
}


def relations_to(team: str | None, ties: Sequence[Tie]) -> dict[str, list[str]]:
    """{related team: its relations, each once}; planned ones say so."""
    found: dict[str, list[str]] = {}
    for tie in ties:
        if team not in (tie.first, tie.second) or tie.state is None:
            continue
        other = tie.second if tie.first == team else tie.first
        words = _WORDS[tie.mode, tie.first == team]
        if tie.state == "planned":
            words = f"{words}, planned"
        if words not in found.setdefault(other, []):
            found[other].append(words)
    return found
