"""A team has no type.

What it finds
    A team of type `undefined`, or without `type`.

Why it matters
    Without a type nobody can tell what to expect of the team, and several rules cannot look at it.

What to do
    Choose one of the four types with the team; most teams of a product organisation are stream-aligned.

Source
    Team Topologies (Skelton, Pais 2019), chapter 5.

Bad
    version: 1
    teams:
      search: {size: 6}   # here

Good
    version: 1
    teams:
      search: {type: stream-aligned, size: 6}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    for id_, _ in facts.teams_of(("undefined",)):
        yield Hit(Text(f"{facts.name(id_)} has no team type"), ("teams", id_), (id_,), (id_,))
