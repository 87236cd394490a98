"""A lead has been acting for more than a quarter.

What it finds
    A product or engineering manager with `status: acting` whose `since` is more than 90 days ago.

Why it matters
    An interim lead decides less than a lead would, and everybody waits for the real one.

What to do
    Make it permanent, or say when the seat will be filled.

Source
    The 90 days are a quarter, our own choice.

Bad
    version: 1
    teams:
      search:
        pm: {person: flora, status: acting, since: 2026-03-02}   # here

Good
    version: 1
    teams:
      search:
        pm: {person: flora, status: acting, since: 2026-10-01}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"
THRESHOLD = 90
UNIT = "days"


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a seat."""
    for id_, team in facts.teams.items():
        for key, role, seat in (("pm", "product manager", team.pm), ("em", "engineering manager", team.em)):
            if seat is None or seat.status != "acting" or seat.since is None or not seat.filled_on(facts.day):
                continue
            if (facts.day - seat.since).days > most:
                message = f"{facts.name(id_)} has an acting {role} since {seat.since}, more than {most:g} days"
                yield Hit(Text(message), ("teams", id_, key), (id_, f"seat:{key}"), (id_,))
