"""A team has more than nine people.

What it finds
    A team of more than 9 people on the day, the product manager and the engineering manager included.

Why it matters
    Beyond that size trust within the team thins out and sub-groups form.

What to do
    Look for a border within the team's work along which it could split.

Source
    Team Topologies (Skelton, Pais 2019), chapter 3: five to nine people; Dunbar's circles.

Bad
    version: 1
    teams:
      search: {size: 14}   # here

Good
    version: 1
    teams:
      search: {size: 7}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
THRESHOLD = 9
UNIT = "people at most"


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a team whose size is known."""
    for id_, count in facts.sizes.items():
        if count > most:
            yield Hit(Text(f"{facts.name(id_)} has {count} people, more than {most:g}"), ("teams", id_), (id_,), (id_,))
