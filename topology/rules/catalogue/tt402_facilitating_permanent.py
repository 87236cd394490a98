"""A team has been helped by the same team for more than half of the last year.

What it finds
    A pair that was in facilitation for more than 26 of the last 52 weeks, all their engagements together.

Why it matters
    Help that never stops does the work instead of teaching it: the helped team depends on the helper.

What to do
    Agree on what the team will do alone, and stop; or move the work to the team that does it.

Source
    Team Topologies (Skelton, Pais 2019), chapter 5: enabling teams make themselves unnecessary; the limit is our own choice.

Bad
    version: 1
    teams: {coaching: {type: enabling}, checkout: {}}
    interactions:
      - {mode: facilitating, facilitator: coaching, team: checkout, since: 2026-03-02, until: 2026-12-18}   # here

Good
    version: 1
    teams: {coaching: {type: enabling}, checkout: {}}
    interactions:
      - {mode: facilitating, facilitator: coaching, team: checkout, since: 2026-09-07, until: 2026-12-18}
"""

import datetime as dt
from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Declared, Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
THRESHOLD = 26
UNIT = "of the last 52 weeks at most"
YEAR = dt.timedelta(weeks=52)


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a pair, at its last engagement."""
    of_pair: dict[tuple[str, str], list[Declared]] = {}
    for one in facts.of_mode("facilitating", "active", "overrun", "ended"):
        of_pair.setdefault(one.interaction.pairs[0], []).append(one)
    for (helper, helped), found in of_pair.items():
        days = _days(found, facts.day)
        if days > 7 * most:
            message = f"{facts.name(helper)} has helped {facts.name(helped)} for {days // 7} of the last 52 weeks"
            yield Hit(
                Text(message),
                found[-1].path,
                (helper, helped),
                (helper, helped),
                related=tuple(one.path for one in found[:-1]),
            )


def _days(found: list[Declared], day: dt.date) -> int:
    """Days of the last year on which at least one of the engagements ran."""
    total, reached = 0, day - YEAR
    for since, end in sorted((one.interaction.since or dt.date.min, one.interaction.ended or day) for one in found):
        begin, end = max(since, reached), min(end, day)
        total += max(0, (end - begin).days)
        reached = max(reached, end)
    return total
