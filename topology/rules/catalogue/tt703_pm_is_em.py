"""One person holds both seats of a squad.

What it finds
    A team whose product manager and engineering manager are the same person on the day.

Why it matters
    The talk between Product and Tech then happens in one head, and nobody hears it.

What to do
    Find the second person, or make one of the two an acting lead with a date.

Source
    The practice of squads led by a product manager and an engineering manager together.

Bad
    version: 1
    teams:
      search:
        pm: flora
        em: flora   # here

Good
    version: 1
    teams:
      search: {pm: flora, em: franz}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    for id_, duo in facts.leads.items():
        if duo.pm is not None and duo.pm == duo.em:
            message = f"{facts.name(id_)} has one person as product manager and engineering manager"
            yield Hit(Text(message), ("teams", id_, "em"), (id_,), (id_,), (("teams", id_, "pm"),))
