"""The share of stream-aligned teams is unusual.

What it finds
    From ten teams on: fewer than six stream-aligned teams for each team of another type, or more than nine. Teams without a
    type are not counted.

Why it matters
    Too few squads, and more people support the flow of value than make it; too many, and each squad builds its own
    platform.

What to do
    Look at both ends: platform, enabling and subsystem teams that are really squads, and squads that all do the same work
    which a platform could take from them.

Source
    Team Topologies (Skelton, Pais 2019), chapter 5: between 6:1 and 9:1 in organisations that the authors saw do well.

Bad
    version: 1
    teams:   # here
      a: {type: platform}
      b: {type: platform}
      c: {type: platform}
      d: {type: stream-aligned}
      e: {type: stream-aligned}
      f: {type: stream-aligned}
      g: {type: stream-aligned}
      h: {type: stream-aligned}
      i: {type: stream-aligned}
      j: {type: stream-aligned}

Good
    version: 1
    teams:
      a: {type: platform}
      b: {type: stream-aligned}
      c: {type: stream-aligned}
      d: {type: stream-aligned}
      e: {type: stream-aligned}
      f: {type: stream-aligned}
      g: {type: stream-aligned}
      h: {type: stream-aligned}
"""

from collections import Counter
from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.finding import ORGANISATION
from topology.rules.hit import Hit

SEVERITY = "info"
LEAST_TEAMS = 10
FEWEST, MOST = 6, 9  # stream-aligned teams for each team of another type


def check(facts: Facts) -> Iterator[Hit]:
    """At most one hit, for the organisation."""
    types = Counter(team.type for team in facts.teams.values() if team.type != "undefined")
    squads, others = types["stream-aligned"], types.total() - types["stream-aligned"]
    if types.total() < LEAST_TEAMS or FEWEST * others <= squads <= MOST * others:
        return
    limit = f"fewer than {FEWEST}" if squads < FEWEST * others else f"more than {MOST}"
    message = f"{squads} stream-aligned teams and {others} of other types: {limit} to 1"
    yield Hit(Text(message), ("teams",), (ORGANISATION,))
