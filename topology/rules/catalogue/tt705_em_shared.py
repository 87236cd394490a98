"""An engineering manager leads several teams.

What it finds
    One person in the engineering manager's seat of more than 2 teams on the day.

Why it matters
    A lead of three squads is a guest in each of them.

What to do
    Look which squads could have their own engineering manager, or belong together.

Source
    The practice of squads led by a product manager and an engineering manager together; the limit is our own choice.

Bad
    version: 1
    teams:
      search: {em: franz}   # here
      catalogue: {em: franz}
      returns: {em: franz}

Good
    version: 1
    teams:
      search: {em: franz}
      catalogue: {em: franz}
      returns: {em: katia}
"""

from collections.abc import Iterator

from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.rules.shared import shared_leads

SEVERITY = "info"
THRESHOLD = 2
UNIT = "teams at most"


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a person."""
    yield from shared_leads(facts, "em", "engineering manager", most)
