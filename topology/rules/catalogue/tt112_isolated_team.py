"""A team has no interaction with any other team.

What it finds
    A team without any running interaction. Where the file declares no interaction at all, one finding for the organisation.

Why it matters
    Either the team really works alone, or how it works with others is not written down, and the map cannot show it.

What to do
    Declare how the team works with others, at least the services that it uses.

Source
    Team Topologies (Skelton, Pais 2019), chapter 7: interactions are defined on purpose.

Bad
    version: 1
    teams:
      checkout: {}
      search: {}
      returns: {}   # here
    interactions:
      - {mode: collaboration, between: [checkout, search], until: 2026-12-18}

Good
    version: 1
    teams: {checkout: {}, search: {}, platform: {type: platform}}
    interactions:
      - {mode: x-as-a-service, provider: platform, consumer: [checkout, search]}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.finding import ORGANISATION
from topology.rules.hit import Hit

SEVERITY = "info"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team, or one for the organisation."""
    if not facts.organisation.interactions:
        if len(facts.teams) > 1:
            yield Hit(Text("no interaction between teams is declared anywhere"), ("teams",), (ORGANISATION,))
        return
    active = {team for pair in facts.running for team in pair}
    for id_ in facts.teams:
        if id_ not in active:
            yield Hit(Text(f"{facts.name(id_)} has no interaction with any other team"), ("teams", id_), (id_,), (id_,))
