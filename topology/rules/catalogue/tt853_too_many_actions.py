"""A workshop has more open actions than anybody keeps.

What it finds
    More open `actions` of one workshop than the limit.

Why it matters
    Three things that are done change more than ten that are listed.

What to do
    Drop or carry over what is not the most important, with its outcome.

Source
    The alignment workshop: an action has two owners, one on each side, and is looked at again (docs/workshop.md).

Bad
    version: 1
    workshops: {q3: {held: 2026-01-10}}   # here
    actions:
      a0: {title: Thing 0, workshop: q3}
      a1: {title: Thing 1, workshop: q3}
      a2: {title: Thing 2, workshop: q3}
      a3: {title: Thing 3, workshop: q3}

Good
    version: 1
    workshops: {q3: {held: 2026-01-10}}
    actions:
      a0: {title: Thing 0, workshop: q3}
      a1: {title: Thing 1, workshop: q3}
      a2: {title: Thing 2, workshop: q3}
"""

from collections import Counter
from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
THRESHOLD = 3
UNIT = "open actions of a workshop at most"


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a workshop."""
    counts = Counter(one.workshop for one in facts.open_actions.values() if one.workshop)
    for workshop, count in counts.items():
        if count > most:
            name = facts.organisation.workshops[workshop].name or workshop
            yield Hit(
                Text(f"{count} actions of {name} are open, more than {most:g}"),
                ("workshops", workshop),
                (f"workshop:{workshop}",),
            )
