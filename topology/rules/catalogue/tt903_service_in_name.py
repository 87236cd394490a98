"""Two teams use X-as-a-Service by the file, and meet as often as a collaboration.

What it finds
    With `--with-data`: a pair whose only running interaction is X-as-a-Service and that was seen in contact in at least six
    events in four weeks, over the whole window.

Why it matters
    A service should be quiet. Where it is not, the interface, its documentation or the border between the teams is wrong, and
    the provider's load is not seen by anybody.

What to do
    Ask both teams what they meet about. Either collaborate openly for a time and mend the interface, or move the border.

Source
    Team Topologies, 2nd edition, chapter 7. Six events are twice the floor of an observed tie (docs/clans.md).

Bad
    version: 1
    teams:
      cloud: {type: platform}
      shop: {}
    interactions:
      - {mode: x-as-a-service, provider: cloud, consumer: [shop]}   # here

Good
    version: 1
    teams:
      cloud: {type: platform}
      shop: {}
    interactions:
      - {mode: collaboration, between: [cloud, shop], since: 2026-11-02, until: 2026-12-18}
"""

from collections.abc import Iterator

from topology.clans.codes import Kind
from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"
WITH_DATA = True


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for each pair, at the interaction that declares the service."""
    for row in facts.clans.pairs if facts.clans else ():
        one = next(iter(facts.running.get(row.teams, ())), None)
        if row.kind != Kind.SERVICE_IN_NAME or one is None:  # (the contacts may end before the day of the check)
            continue
        words = f"{facts.name(row.teams[0])} and {facts.name(row.teams[1])} use a service, and met in {row.events:.0f} events"
        yield Hit(Text(words), one.path, row.teams, row.teams)
