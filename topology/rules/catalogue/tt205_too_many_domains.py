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

from collections import Counter
from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
MOST_SIMPLE = 3


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    for id_, team in facts.teams.items():
        if len(team.domains) < 2:
            continue
        kinds = Counter(one.complexity for one in team.domains)
        if kinds["complex"]:
            words = "a complex domain and " + (
                "another" if len(team.domains) == 2 else f"{len(team.domains) - 1} others"
            )
        elif kinds["complicated"] > 1:
            words = f"{kinds['complicated']} complicated domains"
        elif kinds["simple"] > MOST_SIMPLE:
            words = f"{kinds['simple']} simple domains"
        else:
            continue
        yield Hit(Text(f"{facts.name(id_)} works in {words}"), ("teams", id_, "domains"), (id_,), (id_,))
