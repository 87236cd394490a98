"""A grouping has more people than can know each other well.

What it finds
    A grouping whose teams, with those of the groupings inside it, have more than 50 people; past 150 the message says so.

Why it matters
    Up to about 50 people know each other well enough to trust; up to about 150 still know who is who. Beyond, a group works
    through rules instead of acquaintance.

What to do
    Look for a cut inside the grouping, along the flow of value.

Source
    Team Topologies (Skelton, Pais 2019), chapter 3, after Dunbar.

Bad
    version: 1
    groups:
      shop: {}   # here
    teams:
      checkout: {group: shop, size: 30}
      search: {group: shop, size: 31}

Good
    version: 1
    groups:
      shop: {}
    teams:
      checkout: {group: shop, size: 8}
      search: {group: shop, size: 9}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"
THRESHOLD = 50
UNIT = "people at most"
ACQUAINTANCE = 150


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a grouping; a person of two of its teams counts once where people are listed."""
    people: dict[str, set[str]] = {}
    counted: dict[str, int] = {}
    for id_, team in facts.teams.items():
        for group in facts.organisation.lineage(team.group):
            if team.size is None:
                people.setdefault(group, set()).update(team.people(facts.day))
            else:
                counted[group] = counted.get(group, 0) + facts.sizes[id_]
    for group in facts.organisation.groups:
        count = len(people.get(group, ())) + counted.get(group, 0)
        if count > most:
            beyond = max(most, ACQUAINTANCE) if count > ACQUAINTANCE else most
            name = facts.organisation.group_name(group)
            yield Hit(
                Text(f"the grouping {name} has {count} people, more than {beyond:g}"),
                ("groups", group),
                (f"group:{group}",),
            )
