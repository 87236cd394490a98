"""Teams wait for each other in a ring.

What it finds
    Slowing and blocking dependencies that lead back to where they began. Of each tangle the shortest ring is spelled out.

Why it matters
    In a ring nobody can go first: a delay anywhere comes back to its origin.

What to do
    Cut the ring where it costs least: the dependency with the smallest reason.

Source
    Team Topologies (Skelton, Pais 2019), chapter 7.

Bad
    version: 1
    teams:
      checkout: {depends_on: [{team: sign-up, kind: slowing}]}   # here
      sign-up: {depends_on: [{team: checkout, kind: blocking}]}

Good
    version: 1
    teams:
      checkout: {depends_on: [{team: sign-up, kind: ok}]}
      sign-up: {depends_on: [{team: checkout, kind: blocking}]}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.rules.rings import shortest_ring, tangles

SEVERITY = "warning"
LONGEST = 8  # teams of a ring that are named


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a tangle, at the first dependency of its shortest ring; the others are related places."""
    steps = {(wait.team, wait.on): wait.path for wait in reversed(facts.waits)}
    successors: dict[str, list[str]] = {}
    for wait in facts.waits:
        successors.setdefault(wait.team, []).append(wait.on)
    for tangle in tangles(successors):
        ring = shortest_ring(successors, tangle)
        around = list(zip(ring, [*ring[1:], ring[0]], strict=True))
        shown = [facts.name(team) for team in ring]
        words = " → ".join([*shown[:LONGEST], *(["…"] if len(ring) > LONGEST else []), shown[0]])
        more = (
            f" (the shortest ring among {len(tangle)} teams that are tied in rings)" if len(tangle) > len(ring) else ""
        )
        yield Hit(Text(f"these teams wait for each other in a ring: {words}{more}"), steps[around[0]],
                  tuple(sorted(ring)), tuple(ring), related=tuple(steps[pair] for pair in around[1:]))  # fmt: skip
