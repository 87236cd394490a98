"""A team aims at a level and does not say why.

What it finds
    An entry of `targets: {maturity: …}` that is a level alone.

Why it matters
    Nobody has to reach level 5. A target is the team's own choice, and its reason is what others can talk about.

What to do
    Write the reason beside the level: `flow: {level: 4, reason: two busy months a year}`.

Source
    Our own choice (docs/maturity.md).

Bad
    version: 1
    teams:
      tracking:
        targets:
          maturity:
            flow: 4   # here

Good
    version: 1
    teams:
      tracking:
        targets:
          maturity:
            flow: {level: 4, reason: two busy months a year}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team and dimension."""
    for id_, team in facts.teams.items():
        for dimension, aim in team.targets.maturity.items() if team.targets else ():
            if not aim.reason:
                message = Text(f"{facts.name(id_)} aims at level {aim.level} of {dimension} and does not say why")
                yield Hit(message, ("teams", id_, "targets", "maturity", dimension), (id_, dimension), (id_,))
