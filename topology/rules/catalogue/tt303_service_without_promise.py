"""A provider of a service does not say what others can expect.

What it finds
    A provider of X-as-a-Service whose `api` names no channel, no service level and no documentation.

Why it matters
    Without a promise, consumers ask a person they know, and the service becomes a collaboration in secret.

What to do
    Write the team's `api:` with a channel, a service level and the address of the documentation.

Source
    Team Topologies (Skelton, Pais 2019), chapter 3: the team API.

Bad
    version: 1
    teams:
      data: {type: platform}   # here
      checkout: {type: stream-aligned}
    interactions:
      - {mode: x-as-a-service, provider: data, consumer: checkout}

Good
    version: 1
    teams:
      data: {type: platform, api: {channels: ["#data"], service_level: answer within one working day}}
      checkout: {type: stream-aligned}
    interactions:
      - {mode: x-as-a-service, provider: data, consumer: checkout}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    for id_ in facts.consumers:
        api = facts.organisation.teams[id_].api
        if id_ in facts.teams and not (api and (api.channels or api.service_level or api.docs)):
            message = f"{facts.name(id_)} provides a service but does not say how to reach it or what to expect"
            yield Hit(Text(message), ("teams", id_), (id_,), (id_,))
