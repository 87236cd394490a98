"""A platform team waits for a stream-aligned team.

What it finds
    A platform team with a slowing or blocking dependency on a stream-aligned team.

Why it matters
    Everybody who uses the platform then waits for that squad too.

What to do
    Turn the dependency around: the squad uses what the platform offers, and the platform needs nothing of a single squad.

Source
    Team Topologies (Skelton, Pais 2019), chapter 5: platforms serve streams.

Bad
    version: 1
    teams:
      data:
        type: platform
        depends_on: [{team: checkout, kind: blocking}]   # here
      checkout: {type: stream-aligned}

Good
    version: 1
    teams:
      data: {type: platform}
      checkout:
        type: stream-aligned
        depends_on: [{team: data, kind: slowing}]
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
TYPES = ("platform",)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a dependency."""
    for wait in facts.waits:
        if facts.teams[wait.team].type == "platform" and facts.teams[wait.on].type == "stream-aligned":
            message = f"{facts.name(wait.team)}, a platform, waits for {facts.name(wait.on)} ({wait.kind})"
            yield Hit(Text(message), wait.path, (wait.team, wait.on), (wait.team,))
