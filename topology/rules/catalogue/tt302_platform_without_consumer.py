"""A platform team serves nobody.

What it finds
    A platform team that provides no X-as-a-Service, running or planned.

Why it matters
    A platform that nobody uses is cost without a purpose; one whose users are not written down cannot show its worth.

What to do
    Declare who uses it; if nobody does, ask the squads what they would need.

Source
    Team Topologies (Skelton, Pais 2019), chapter 5: a platform is a product with internal customers.

Bad
    version: 1
    teams:
      data: {type: platform}   # here
      checkout: {type: stream-aligned}

Good
    version: 1
    teams:
      data: {type: platform}
      checkout: {type: stream-aligned}
    interactions:
      - {mode: x-as-a-service, provider: data, consumer: checkout}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
TYPES = ("platform",)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    for id_, _ in facts.teams_of(TYPES):
        if id_ not in facts.consumers:
            yield Hit(Text(f"{facts.name(id_)}, a platform, serves no team"), ("teams", id_), (id_,), (id_,))
