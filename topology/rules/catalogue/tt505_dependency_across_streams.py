"""A dependency leaves the value stream.

What it finds
    A slowing or blocking dependency on a team of another value stream. Platforms, enabling and subsystem teams without a
    value stream are not meant.

Why it matters
    Where streams wait for each other, the cut between them does not follow the flow of value.

What to do
    Look at all such dependencies between the two streams together: they show where the cut should be.

Source
    Team Topologies (Skelton, Pais 2019), chapters 6 and 7.

Bad
    version: 1
    groups: {payments: {}, onboarding: {}}
    teams:
      checkout:
        group: payments
        depends_on: [{team: sign-up, kind: slowing}]   # here
      sign-up: {group: onboarding}

Good
    version: 1
    groups: {payments: {}}
    teams:
      checkout:
        group: payments
        depends_on: [{team: refunds, kind: slowing}]
      refunds: {group: payments}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a dependency."""
    for wait in facts.waits:
        here, there = facts.organisation.value_stream(wait.team), facts.organisation.value_stream(wait.on)
        if here and there and here != there and not _together(facts, here, there):
            group = facts.organisation.group_name(there)
            message = f"{facts.name(wait.team)} waits for {facts.name(wait.on)} of {group} ({wait.kind})"
            yield Hit(Text(message), wait.path, (wait.team, wait.on), (wait.team,))


def _together(facts: Facts, here: str, there: str) -> bool:
    """Whether two groupings lie in one value stream: tribes of one stream may wait for each other inside it."""
    shared = set(facts.organisation.lineage(here)) & set(facts.organisation.lineage(there))
    return any(facts.organisation.groups[group].kind == "value-stream" for group in shared)
