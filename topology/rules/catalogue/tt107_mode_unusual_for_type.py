"""A team uses a mode that its type is not expected to use.

What it finds
    An enabling team that provides a service (X-as-a-Service); a complicated-subsystem or platform team that facilitates.
    Being helped, or using somebody's service, is not meant.

Why it matters
    The mode often shows what a team really is: an enabling team that runs a service is on its way to be a platform.

What to do
    Ask which of the two is right, the team's type or the way it works, and change the other.

Source
    Team Topologies (Skelton, Pais 2019), table 7.4.

Bad
    version: 1
    teams: {coaching: {type: enabling}, checkout: {}}
    interactions:
      - {mode: x-as-a-service, provider: coaching, consumer: checkout}   # here

Good
    version: 1
    teams: {coaching: {type: enabling}, checkout: {}}
    interactions:
      - {mode: facilitating, facilitator: coaching, team: checkout, since: 2026-10-01, until: 2026-12-15}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.model import Mode
from topology.model.interactions import NOT_ENDED
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"
UNEXPECTED: dict[Mode, tuple[tuple[str, ...], str]] = {
    "x-as-a-service": (("enabling",), "provides a service (X-as-a-Service)"),
    "facilitating": (("complicated-subsystem", "platform"), "helps other teams (facilitating)"),
}


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for each team and mode, at the first such interaction."""
    for mode, (types, words) in UNEXPECTED.items():
        seen: set[str] = set()
        for one in facts.of_mode(mode, *NOT_ENDED):
            team = one.interaction.pairs[0][0]
            kind = facts.organisation.teams[team].type
            if kind in types and team not in seen:
                seen.add(team)
                yield Hit(
                    Text(f"{facts.name(team)}, of type {kind}, {words}"), one.path, (team, f"mode:{mode}"), (team,)
                )
