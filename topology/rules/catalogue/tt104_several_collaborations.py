"""A team is in several collaborations at once.

What it finds
    A team with more than one running collaboration.

Why it matters
    Each collaboration doubles what a team has to keep in mind; two at once leave little for its own work.

What to do
    Let one end before the next begins, or turn one into a service or a facilitation.

Source
    Team Topologies (Skelton, Pais 2019), chapter 7: at most one collaboration at a time for a team.

Bad
    version: 1
    teams:
      checkout: {}   # here
      search: {}
      returns: {}
    interactions:
      - {mode: collaboration, between: [checkout, search], until: 2026-12-18}
      - {mode: collaboration, between: [checkout, returns], until: 2026-12-18}

Good
    version: 1
    teams: {checkout: {}, search: {}, returns: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], until: 2026-10-02, ended: 2026-10-02}
      - {mode: collaboration, between: [checkout, returns], until: 2026-12-18}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Declared, Facts
from topology.rules.hit import Hit
from topology.words.lists import listed

SEVERITY = "warning"
THRESHOLD = 1
UNIT = "running collaborations"


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a team; the interactions are related places."""
    of_team: dict[str, list[tuple[str, Declared]]] = {}
    for one in facts.of_mode("collaboration"):
        first, second = one.interaction.pairs[0]
        of_team.setdefault(first, []).append((second, one))
        of_team.setdefault(second, []).append((first, one))
    for team, found in of_team.items():
        partners = list(dict.fromkeys(partner for partner, _ in found))
        if len(partners) > most and team in facts.teams:
            names = listed([facts.name(partner) for partner in partners])
            message = f"{facts.name(team)} is in {len(partners)} collaborations at once: with {names}"
            yield Hit(Text(message), ("teams", team), (team,), (team,), tuple(one.path for _, one in found))
