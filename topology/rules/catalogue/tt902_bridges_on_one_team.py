"""One team takes part in most of the bridges between the groups.

What it finds
    With `--with-data`: a grouping on which one team (of five people or more) takes part in half of all bridges or more, where
    there are at least six.

Why it matters
    When that team is busy, or is split, the groups lose each other. It also carries talk that nobody has planned for.

What to do
    Let a second team share the bridges. Where the same is asked of the team again and again, make it a service.

Source
    Burt, American Journal of Sociology 110 (2004) 349; Gould and Fernandez (1989). The half is a threshold of this project.

Bad
    version: 1
    groups:
      east: {}
      west: {}
    teams:
      e1: {group: east, size: 7}   # here
      e2: {group: east}
      e3: {group: east}
      e4: {group: east}
      e5: {group: east}
      w1: {group: west}
      w2: {group: west}
      w3: {group: west}
      w4: {group: west}
      w5: {group: west}

Good
    version: 1
    groups:
      east: {}
    teams:
      e1: {group: east, size: 7}
      e2: {group: east}
      e3: {group: east}
"""

from collections.abc import Iterator

from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"
THRESHOLD = 50
UNIT = "percent of the bridges that one team takes part in"
LEAST_BRIDGES = 6
LEAST_PEOPLE = 5  # nothing is told of fewer (docs/clans.md)


def check(facts: Facts, threshold: float) -> Iterator[Hit]:
    """One hit for each team and grouping, at the team; the broadest share first found is told."""
    if facts.clans is None:
        return
    told: set[str] = set()
    for (grouping, _), brokers in facts.clans.brokers.items():
        for one in brokers[:1]:
            bridges = round(one.bridges / one.share)
            if (bridges < LEAST_BRIDGES or 100 * one.share < threshold or one.unit in told
                    or facts.sizes.get(one.unit, LEAST_PEOPLE) < LEAST_PEOPLE):  # fmt: skip
                continue
            told.add(one.unit)
            words = f"{facts.name(one.unit)} takes part in {one.bridges} of {bridges} bridges ({grouping})"
            yield Hit(words, ("teams", one.unit), (one.unit, grouping), (one.unit,))
