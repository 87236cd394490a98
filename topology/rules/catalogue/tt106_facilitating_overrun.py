"""A facilitation runs past its expected end.

What it finds
    A facilitation whose `until` has come and that has no `ended`.

Why it matters
    Either the team can do it alone and nobody wrote it down, or the help did not take.

What to do
    Write `ended:` with the day on which it ended, or a new `until:` with what is still missing.

Source
    Team Topologies (Skelton, Pais 2019), chapter 7.

Bad
    version: 1
    teams: {coaching: {type: enabling}, checkout: {}}
    interactions:
      - {mode: facilitating, facilitator: coaching, team: checkout, since: 2026-06-01, until: 2026-09-30}   # here

Good
    version: 1
    teams: {coaching: {type: enabling}, checkout: {}}
    interactions:
      - {mode: facilitating, facilitator: coaching, team: checkout, since: 2026-06-01, until: 2026-09-30, ended: 2026-09-30}
"""

from collections.abc import Iterator

from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.rules.shared import overruns

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an interaction, at its `until`."""
    yield from overruns(facts, "facilitating", "the help of {0} for {1}")
