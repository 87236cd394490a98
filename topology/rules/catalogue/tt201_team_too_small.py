"""A team has fewer than five people.

What it finds
    A team of fewer than 5 people on the day, the product manager and the engineering manager included.

Why it matters
    Holidays and one departure are enough to stop a very small team; it can hardly own a service day and night.

What to do
    Look whether two small teams are one, or say why this one is small on purpose.

Source
    Team Topologies (Skelton, Pais 2019), chapter 3: five to nine people.

Bad
    version: 1
    teams:
      search: {size: 3}   # here

Good
    version: 1
    teams:
      search: {size: 6}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
THRESHOLD = 5
UNIT = "people at least"


def check(facts: Facts, least: float) -> Iterator[Hit]:
    """One hit a team whose size is known."""
    for id_, count in facts.sizes.items():
        if count < least:
            people = f"{count} {'person' if count == 1 else 'people'}"
            yield Hit(Text(f"{facts.name(id_)} has {people}, fewer than {least:g}"), ("teams", id_), (id_,), (id_,))
