"""A product manager leads several teams.

What it finds
    One person in the product manager's seat of more than 2 teams on the day.

Why it matters
    A lead of three squads is a guest in each of them.

What to do
    Look which squads could have their own product manager, or belong together.

Source
    The practice of squads led by a product manager and an engineering manager together; the limit is our own choice.

Bad
    version: 1
    teams:
      search: {pm: flora}   # here
      catalogue: {pm: flora}
      returns: {pm: flora}

Good
    version: 1
    teams:
      search: {pm: flora}
      catalogue: {pm: flora}
      returns: {pm: karl}
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
    yield from shared_leads(facts, "pm", "product manager", most)
