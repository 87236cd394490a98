"""A collaboration is longer than a quarter.

What it finds
    A collaboration, planned or running, whose planned length, or the time it has already run, is over 13 weeks.

Why it matters
    After a quarter the two teams have usually learned what they wanted; what remains is the cost.

What to do
    Cut it into a shorter collaboration with one purpose, then a service or a facilitation. If the two teams cannot work
    apart, look at the border between them.

Source
    Team Topologies (Skelton, Pais 2019), chapter 7; the 13 weeks are a quarter, our own choice.

Bad
    version: 1
    teams: {checkout: {}, search: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], since: 2026-09-28, until: 2027-03-26}   # here

Good
    version: 1
    teams: {checkout: {}, search: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], since: 2026-09-28, until: 2026-12-18}
"""

import datetime as dt
from collections.abc import Iterator

from topology.language import Text
from topology.model.interactions import NOT_ENDED
from topology.rules.facts import Facts, pair_ids, weeks
from topology.rules.hit import Hit

SEVERITY = "warning"
THRESHOLD = 13
UNIT = "weeks"


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit an interaction; the planned length is told before the actual one."""
    longest = dt.timedelta(weeks=most)
    for one in facts.of_mode("collaboration", *NOT_ENDED):
        since, until = one.interaction.since, one.interaction.until
        if since is None:
            continue
        if until is not None and until - since > longest:
            words = f"is planned for {weeks(since, until)}"
        elif facts.day - since > longest:
            words = f"has run for {weeks(since, facts.day)}"
        else:
            continue
        yield Hit(
            Text(f"the collaboration of {facts.pair(one)} {words}, over {most:g}"),
            one.path,
            pair_ids(one),
            pair_ids(one),
        )
