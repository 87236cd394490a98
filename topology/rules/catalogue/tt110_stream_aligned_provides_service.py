"""A stream-aligned team provides a service to other teams.

What it finds
    A stream-aligned team that is the provider of X-as-a-Service.

Why it matters
    A squad that others depend on as on a platform has two masters: its users and its consumers. One of them waits.

What to do
    Look whether the service belongs to a platform team, or whether the squad's stream is really cut where others need it.

Source
    Team Topologies (Skelton, Pais 2019), chapters 5 and 7.

Bad
    version: 1
    teams:
      warehouse: {type: stream-aligned}
      catalogue: {type: stream-aligned}
    interactions:
      - {mode: x-as-a-service, provider: warehouse, consumer: catalogue}   # here

Good
    version: 1
    teams:
      data: {type: platform}
      catalogue: {type: stream-aligned}
    interactions:
      - {mode: x-as-a-service, provider: data, consumer: catalogue}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.words.lists import listed

SEVERITY = "warning"
TYPES = ("stream-aligned",)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team, at its first such interaction."""
    for team, consumers in facts.consumers.items():
        if facts.organisation.teams[team].type == "stream-aligned":
            names = listed([facts.name(one) for one in consumers])
            message = f"{facts.name(team)}, a stream-aligned team, provides a service to {names}"
            yield Hit(Text(message), ("interactions", min(consumers.values())), (team,), (team,))
