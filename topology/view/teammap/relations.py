"""What each team has to do with the selected one, in the words of a pill."""

from __future__ import annotations

from collections.abc import Sequence

from topology.graph.teammap.geometry import Tie
from topology.words.map import relation_words


def relations_to(team: str | None, ties: Sequence[Tie]) -> dict[str, list[str]]:
    """{related team: its relations, each once}; planned ones say so."""
    found: dict[str, list[str]] = {}
    for tie in ties:
        if team not in (tie.first, tie.second) or tie.state is None:
            continue
        words = relation_words(tie, team or "")
        relations = found.setdefault(tie.second if tie.first == team else tie.first, [])
        if words not in relations:
            relations.append(words)
    return found
