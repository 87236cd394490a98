"""A team works in more domains than it can hold in its head.

What it finds
    A complex domain beside any other; two complicated domains; more than three simple ones.

Why it matters
    A complex domain takes all of a team's attention. With two domains a team switches between them, and the harder one
    suffers.

What to do
    Move a domain to another team, or cut the team along its domains.

Source
    Team Topologies (Skelton, Pais 2019), chapter 3: limit the number and type of domains of a team.

Bad
    version: 1
    teams:
      tracking:
        domains:   # here
          - {name: parcels, complexity: complicated}
          - {name: carriers, complexity: complicated}

Good
    version: 1
    teams:
      tracking:
        domains:
          - {name: parcels, complexity: complicated}
          - {name: letters, complexity: simple}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.model.domains import too_many
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    for id_, team in facts.teams.items():
        kind = too_many(team.domains)
        if kind is None:
            continue
        if kind == "complex":
            others = len(team.domains) - 1
            words = "a complex domain and " + ("another" if others == 1 else f"{others} others")
        else:
            words = f"{sum(one.complexity == kind for one in team.domains)} {kind} domains"
        yield Hit(Text(f"{facts.name(id_)} works in {words}"), ("teams", id_, "domains"), (id_,), (id_,))
