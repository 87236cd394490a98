"""A facilitation runs with no expected end.

What it finds
    A running facilitation without `until`.

Why it matters
    Help that never ends is work that the helped team has given away.

What to do
    Agree on what the team will do alone afterwards (`outcome:`) and by when (`until:`).

Source
    Team Topologies (Skelton, Pais 2019), chapters 5 and 7.

Bad
    version: 1
    teams: {coaching: {type: enabling}, checkout: {}}
    interactions:
      - {mode: facilitating, facilitator: coaching, team: checkout, since: 2026-10-01}   # here

Good
    version: 1
    teams: {coaching: {type: enabling}, checkout: {}}
    interactions:
      - {mode: facilitating, facilitator: coaching, team: checkout, since: 2026-10-01, until: 2026-12-15}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts, pair_ids
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an interaction."""
    for one in facts.of_mode("facilitating"):
        if one.interaction.until is None:
            helper, helped = one.interaction.pairs[0]
            message = f"{facts.name(helper)} helps {facts.name(helped)} with no expected end"
            yield Hit(Text(message), one.path, pair_ids(one), pair_ids(one))
