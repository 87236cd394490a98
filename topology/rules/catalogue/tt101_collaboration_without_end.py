"""A collaboration runs with no expected end.

What it finds
    A running collaboration without `until`.

Why it matters
    Collaboration is the costliest way to work together: two teams carry each other's load. Without an end in sight it
    becomes a dependency, and the line between the two teams blurs.

What to do
    Agree on the day by which the two teams want to have learned enough, and write it as `until:`. If it is to last, look
    whether a service (X-as-a-Service) would do, or whether the two teams are one.

Source
    Team Topologies (Skelton, Pais 2019), chapter 7: collaboration is for a time.

Bad
    version: 1
    teams: {checkout: {}, search: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], since: 2026-09-28}   # here

Good
    version: 1
    teams: {checkout: {}, search: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], since: 2026-09-28, until: 2026-12-18}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts, pair_ids
from topology.rules.hit import Hit

SEVERITY = "error"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an interaction."""
    for one in facts.of_mode("collaboration"):
        if one.interaction.until is None:
            yield Hit(
                Text(f"{facts.pair(one)} collaborate with no expected end"), one.path, pair_ids(one), pair_ids(one)
            )
