"""A team's load assessment is old.

What it finds
    A cognitive load that was assessed more than 180 days ago.

Why it matters
    Half a year changes what a team has to hold in its head; an old number on the map misleads.

What to do
    Ask the team again; it takes ten minutes.

Source
    The 180 days are two quarters, our own choice.

Bad
    version: 1
    teams:
      search:
        cognitive_load: {intrinsic: 6, extraneous: 4, germane: 6, assessed: 2026-01-15}   # here

Good
    version: 1
    teams:
      search:
        cognitive_load: {intrinsic: 6, extraneous: 4, germane: 6, assessed: 2026-10-01}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"
THRESHOLD = 180
UNIT = "days"


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a team whose assessment has a date."""
    for id_, team in facts.teams.items():
        assessed = team.cognitive_load.assessed if team.cognitive_load else None
        if assessed and (facts.day - assessed).days > most:
            message = f"{facts.name(id_)} assessed its cognitive load on {assessed}, more than {most:g} days ago"
            yield Hit(Text(message), ("teams", id_, "cognitive_load", "assessed"), (id_,), (id_,))
