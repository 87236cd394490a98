"""A team depends on another one, and no interaction between the two is declared.

What it finds
    A `depends_on` without any running interaction of the two teams.

Why it matters
    The need is there, but nobody has agreed how the two teams meet it.

What to do
    Choose a mode on purpose: a service, a collaboration for a time, or help.

Source
    Team Topologies (Skelton, Pais 2019), chapter 7: interactions are defined on purpose.

Bad
    version: 1
    teams:
      checkout: {depends_on: [{team: risk, kind: slowing}]}   # here
      risk: {}

Good
    version: 1
    teams:
      checkout: {depends_on: [{team: risk, kind: slowing}]}
      risk: {type: complicated-subsystem}
    interactions:
      - {mode: x-as-a-service, provider: risk, consumer: checkout}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a dependency."""
    for one in facts.dependencies:
        if (min(one.team, one.on), max(one.team, one.on)) not in facts.running:
            message = (
                f"{facts.name(one.team)} depends on {facts.name(one.on)}, and no interaction of the two is declared"
            )
            yield Hit(Text(message), one.path, (one.team, one.on), (one.team,))
