"""An enabling team owns a service.

What it finds
    An enabling team with `services` on the day.

Why it matters
    Whoever runs a service in production cannot leave when the helped team has learned.

What to do
    Hand the service to a squad or a platform, or call the team what it is: a platform.

Source
    Team Topologies (Skelton, Pais 2019), chapter 5.

Bad
    version: 1
    teams:
      coaching:
        type: enabling
        services: {test-runner: {}}   # here

Good
    version: 1
    teams:
      coaching: {type: enabling}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.words.lists import listed

SEVERITY = "info"
TYPES = ("enabling",)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    for id_, team in facts.teams_of(TYPES):
        owned = [service for service, one in team.services.items() if one.covers(facts.day)]
        if owned:
            message = f"{facts.name(id_)}, an enabling team, owns {listed(owned)}"
            yield Hit(Text(message), ("teams", id_, "services", owned[0]), (id_,), (id_,))
