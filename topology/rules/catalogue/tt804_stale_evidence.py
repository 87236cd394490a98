"""What a team's level rests on is old.

What it finds
    With `--with-data`: criteria whose evidence is older than 100 days, so that they count as not measured.

Why it matters
    A level that rests on last spring says nothing of today, and it falls silently to a question mark.

What to do
    Import the table again, or assess the load again; the criteria are named.

Source
    The 100 days are about a quarter, our own choice (docs/maturity.md).

Bad
    version: 1
    teams:
      tracking:   # here
        type: stream-aligned
        size: 7
        domains: [{name: parcels, complexity: simple}]
        cognitive_load: {intrinsic: 5, extraneous: 4, germane: 5, assessed: 2026-06-20}

Good
    version: 1
    teams:
      tracking:
        type: stream-aligned
        size: 7
        domains: [{name: parcels, complexity: simple}]
        cognitive_load: {intrinsic: 5, extraneous: 4, germane: 5, assessed: 2026-10-15}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.words.lists import listed

SEVERITY = "info"
WITH_DATA = True


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team, with the names of what is old."""
    for id_ in facts.teams:
        old = [judged.name for one in facts.ratings if one.team == id_ for judged in one.criteria if judged.too_old]
        if old:
            names = listed(list(dict.fromkeys(old)))
            yield Hit(
                Text(f"what is told of {facts.name(id_)} is older than 100 days: {names}"),
                ("teams", id_),
                (id_,),
                (id_,),
            )
