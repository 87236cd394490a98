"""Two teams work closely by the file, and were not seen in contact.

What it finds
    With `--with-data`: a collaboration or a facilitating that has run for the whole window and whose two teams were not seen in
    contact (under three events in four weeks).

Why it matters
    Either it is over and nobody has ended it, or the work that it was made for does not happen.

What to do
    Ask both teams. End it (`ended:`) when it is over; else find out what keeps them from meeting.

Source
    Team Topologies, 2nd edition, chapter 7: interactions are meant, and looked at again.

Bad
    version: 1
    teams:
      search: {}
      shop: {}
      basket: {}
    interactions:
      - {mode: collaboration, between: [search, shop], since: 2026-06-01, until: 2026-12-18}   # here

Good
    version: 1
    teams:
      search: {}
      shop: {}
      basket: {}
    interactions:
      - {mode: collaboration, between: [search, shop], since: 2026-11-02, until: 2026-12-18}
"""

from collections.abc import Iterator

from topology.clans.codes import Kind
from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"
WITH_DATA = True


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for each pair, at the interaction."""
    if facts.clans is None or not facts.clans.readings:
        return
    first = min(reading.first for reading in facts.clans.readings)
    for row in facts.clans.pairs:
        close = (one for one in facts.running.get(row.teams, ()) if one.interaction.mode != "x-as-a-service")
        one = next(close, None)
        if row.kind != Kind.ON_PAPER or row.events is None or one is None:
            continue
        since = one.interaction.since
        if since is None or since > first:
            continue
        names = f"{facts.name(row.teams[0])} and {facts.name(row.teams[1])}"
        words = f"{names} work together by the file, and had {row.events:.0f} events of contact since {first}"
        yield Hit(Text(words), one.path, row.teams, row.teams)
