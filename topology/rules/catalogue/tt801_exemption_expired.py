"""A team is still written down as exempt from a dimension, and the time is over.

What it finds
    An entry of `targets: {exempt: …}` whose `until` has come.

Why it matters
    An exemption is for a time. Past it, the team is looked at again, and the line in the file says something else.

What to do
    Remove the entry, or set a new end with the reason of today.

Source
    Our own choice: an exemption carries a reason, an end, and who signed it (docs/maturity.md).

Bad
    version: 1
    teams:
      tracking:
        targets:
          exempt:
            debt: {reason: the carriers move out, until: 2026-10-01}   # here

Good
    version: 1
    teams:
      tracking:
        targets:
          exempt:
            debt: {reason: the carriers move out, until: 2027-02-01}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team and dimension."""
    for id_, team in facts.teams.items():
        for dimension, one in team.targets.exempt.items() if team.targets else ():
            if one.until <= facts.day:
                message = Text(f"{facts.name(id_)} was exempt from {dimension} until {one.until}")
                yield Hit(message, ("teams", id_, "targets", "exempt", dimension), (id_, dimension), (id_,))
