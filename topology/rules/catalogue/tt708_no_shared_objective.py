"""A team has objectives, and none is shared.

What it finds
    A team whose `objectives` are all of side `product` or `tech`.

Why it matters
    Product and Tech of the team then pull at two ends, each with a good reason.

What to do
    Write one objective for which the duo answers together (`side: shared`).

Source
    The practice of squads led by a product manager and an engineering manager together.

Bad
    version: 1
    teams:
      tracking:
        objectives:   # here
          - {title: New carriers, side: product}
          - {title: Replace the adapters, side: tech}

Good
    version: 1
    teams:
      tracking:
        objectives:
          - {title: New carriers in a week, side: shared}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    for id_, team in facts.teams.items():
        if team.objectives and all(one.side != "shared" for one in team.objectives):
            message = f"none of the {len(team.objectives)} objectives of {facts.name(id_)} is shared"
            if len(team.objectives) == 1:
                message = f"the one objective of {facts.name(id_)} is not shared"
            yield Hit(Text(message), ("teams", id_, "objectives"), (id_,), (id_,))
