"""A duo's signed positions are old.

What it finds
    Positions that were signed more than 100 days ago, or without a day.

Why it matters
    Positions are asked for once a quarter; an old one speaks of another squad.

What to do
    Ask the two leads again before the next workshop.

Source
    The 100 days are about a quarter, our own choice.

Bad
    version: 1
    teams:
      tracking:
        positions:   # here
          duo: {pm: 4, em: 3, assessed: 2026-02-02}

Good
    version: 1
    teams:
      tracking:
        positions:
          duo: {pm: 4, em: 3, assessed: 2026-10-15}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.maturity import duo_positions
from topology.maturity.positions import STALE_DAYS
from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.words.lists import listed

SEVERITY = "info"
THRESHOLD = STALE_DAYS
UNIT = "days"


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a team."""
    for id_, team in facts.teams.items():
        old = [one for one in duo_positions(team, facts.day) if one.older_than(int(most), facts.day)]
        if old:
            message = f"{facts.name(id_)} signed its positions more than {most:g} days ago, or without a day: "
            yield Hit(
                Text(message + listed([one.dimension for one in old])), ("teams", id_, "positions"), (id_,), (id_,)
            )
