"""A squad has no engineering manager.

What it finds
    A stream-aligned team whose `em` is not declared, vacant, or not there on the day.

Why it matters
    A squad is led by two people. Without one of them, Product or Tech decides alone.

What to do
    Name the engineering manager, or an acting one with the date since when. A seat that is vacant on purpose can carry a
    suppression with the reason and the day.

Source
    The practice of squads led by a product manager and an engineering manager together.

Bad
    version: 1
    teams:
      search:
        type: stream-aligned
        pm: flora
        em: vacant   # here

Good
    version: 1
    teams:
      search: {type: stream-aligned, pm: flora, em: franz}
"""

from collections.abc import Iterator

from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.rules.shared import empty_seats

SEVERITY = "error"
TYPES = ("stream-aligned",)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    yield from empty_seats(facts, "em", "engineering manager")
