"""A team is blocked by another one.

What it finds
    A dependency of kind `blocking`.

Why it matters
    Every change that touches it waits in somebody else's queue; flow ends there.

What to do
    Look for the smallest change that removes it: a service the other team offers, a piece of work that moves, an interface
    that both agree on.

Source
    Remote Team Interactions Workbook (Skelton, Pais 2022): dependencies tracked as ok, slowing or blocking.

Bad
    version: 1
    teams:
      checkout: {depends_on: [{team: risk, kind: blocking}]}   # here
      risk: {}

Good
    version: 1
    teams:
      checkout: {depends_on: [{team: risk, kind: ok}]}
      risk: {}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a dependency."""
    for wait in facts.waits:
        if wait.kind == "blocking":
            reason = f": {wait.reason}" if wait.reason else ""
            message = f"{facts.name(wait.team)} is blocked by {facts.name(wait.on)}{reason}"
            yield Hit(Text(message), wait.path, (wait.team, wait.on), (wait.team,))
