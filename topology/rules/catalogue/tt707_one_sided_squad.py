"""All the people of a squad stand on one side.

What it finds
    A stream-aligned team of two or more listed people who are all Product, or all Tech. People of neither side, or of an
    unknown one, and teams that give only a `size`, are not judged.

Why it matters
    A squad without the other side asks it for everything, from outside.

What to do
    Let somebody of the missing side join, or look whether this is a stream-aligned team at all.

Source
    Team Topologies (Skelton, Pais 2019), chapter 5: stream-aligned teams are cross-functional.

Bad
    version: 1
    people:
      franz: {role: engineering-manager}
      gino: {role: software-engineer}
    teams:
      search: {type: stream-aligned, em: franz, members: [gino]}   # here

Good
    version: 1
    people:
      flora: {role: product-manager}
      franz: {role: engineering-manager}
    teams:
      search: {type: stream-aligned, pm: flora, em: franz}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
TYPES = ("stream-aligned",)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    side_of = facts.organisation.side
    for id_, team in facts.teams_of(TYPES):
        duo = facts.leads[id_]
        if duo.pm and duo.em and side_of(duo.pm) != side_of(duo.em):
            continue  # nearly every squad, without a look at its members
        people = team.people(facts.day)
        side = side_of(people[0]) if len(people) > 1 else None
        if side in ("product", "tech") and all(side_of(person) == side for person in people[1:]):
            words = "Product" if side == "product" else "Tech"
            yield Hit(
                Text(f"all {len(people)} people of {facts.name(id_)} are {words}"), ("teams", id_), (id_,), (id_,)
            )
