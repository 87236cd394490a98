"""A collaboration runs past its expected end.

What it finds
    A collaboration whose `until` has come and that has no `ended`.

Why it matters
    Either the two teams are done and nobody wrote it down, or they need longer than they thought: both are worth a talk.

What to do
    Write `ended:` with the day on which it ended, or a new `until:` with what is still to be learned. At the second
    extension ask what keeps the two teams together.

Source
    Team Topologies (Skelton, Pais 2019), chapter 7.

Bad
    version: 1
    teams: {checkout: {}, search: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], since: 2026-07-06, until: 2026-10-02}   # here

Good
    version: 1
    teams: {checkout: {}, search: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], since: 2026-07-06, until: 2026-10-02, ended: 2026-10-02}
"""

from collections.abc import Iterator

from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.rules.shared import overruns

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an interaction, at its `until`."""
    yield from overruns(facts, "collaboration", "the collaboration of {0} and {1}")
