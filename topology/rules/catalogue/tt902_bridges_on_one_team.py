"""One team takes part in most of the bridges between the groups.

What it finds
    With `--with-data`: a grouping on which one team (not known to be under five people) takes part in half of all bridges or more, where
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

from topology.clans.codes import Grade
from topology.language import Text
from topology.privacy import too_few
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"
WITH_DATA = True
THRESHOLD = 50
UNIT = "percent of the bridges that one team takes part in"
LEAST_BRIDGES = 6


def check(facts: Facts, threshold: float) -> Iterator[Hit]:
    """One hit for each team and grouping, at the team; the first grouping that shows it is told."""
    told: set[str] = set()
    for reading in facts.clans.readings if facts.clans else ():
        if reading.carrier is None or reading.grade == Grade.TOO_LITTLE:
            continue
        team, count, bridges = reading.carrier
        small = too_few(facts.sizes.get(team))
        if bridges < LEAST_BRIDGES or 100 * count < threshold * bridges or team in told or small:
            continue
        told.add(team)
        words = (
            f"{facts.name(team)} takes part in {count} of the {bridges} bridges between groups ({reading.partition.id})"
        )
        yield Hit(Text(words), ("teams", team), (team, reading.partition.id), (team,))
