"""One platform team serves very many teams.

What it finds
    A platform team with more than 15 consumers, running or planned.

Why it matters
    One team can hardly know the needs of so many; its backlog becomes the queue of the whole organisation.

What to do
    Look whether the platform is several services that several teams could own, in a platform grouping.

Source
    Team Topologies, 2nd edition (2025): platform groupings; the 15 is our own choice.

Bad
    version: 1
    teams:
      data: {type: platform}   # here
      a: {}
      b: {}
      c: {}
      d: {}
      e: {}
      f: {}
      g: {}
      h: {}
      i: {}
      j: {}
      k: {}
      l: {}
      m: {}
      n: {}
      o: {}
      p: {}
    interactions:
      - {mode: x-as-a-service, provider: data, consumer: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]}

Good
    version: 1
    teams: {data: {type: platform}, a: {}, b: {}}
    interactions:
      - {mode: x-as-a-service, provider: data, consumer: [a, b]}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"
THRESHOLD = 15
UNIT = "consumers at most"
TYPES = ("platform",)


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a team."""
    for id_, _ in facts.teams_of(TYPES):
        count = len(facts.consumers.get(id_, ()))
        if count > most:
            yield Hit(
                Text(f"{facts.name(id_)} alone serves {count} teams, more than {most:g}"),
                ("teams", id_),
                (id_,),
                (id_,),
            )
