"""An interaction is declared twice.

What it finds
    Two interactions of the same pair and mode whose periods overlap.

Why it matters
    The two will not be ended together, and the one that is forgotten looks like an overrun.

What to do
    Keep one of the two.

Source
    The file format (docs/format.md).

Bad
    version: 1
    teams: {checkout: {}, search: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], since: 2026-09-28, until: 2026-12-18}
      - {mode: collaboration, between: [search, checkout], since: 2026-11-02, until: 2026-12-18}   # here

Good
    version: 1
    teams: {checkout: {}, search: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], since: 2026-02-02, until: 2026-04-30, ended: 2026-04-30}
      - {mode: collaboration, between: [search, checkout], since: 2026-11-02, until: 2026-12-18}
"""

import datetime as dt
from collections.abc import Iterator

from topology.language import Text
from topology.model import Interaction
from topology.rules.facts import Declared, Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for each later interaction of a pair, with the earlier one as related place."""
    earlier: dict[tuple[str, ...], list[Declared]] = {}
    for one in facts.interactions:
        mode = one.interaction.mode
        for first, second in dict.fromkeys(one.interaction.pairs):
            if not facts.live(first, second):
                continue
            pair = tuple(sorted((first, second))) if mode == "collaboration" else (first, second)
            before = earlier.setdefault((mode, *pair), [])
            twin = next((other for other in before if _overlap(other.interaction, one.interaction, facts.day)), None)
            if twin is not None:
                message = f"{facts.name(first)} and {facts.name(second)} have this {mode} interaction twice"
                yield Hit(Text(message), one.path, (f"mode:{mode}", *pair), (first, second), (twin.path,))
            before.append(one)


def _overlap(first: Interaction, second: Interaction, day: dt.date) -> bool:
    (begin, end), (other_begin, other_end) = _period(first, day), _period(second, day)
    return begin < other_end and other_begin < end


def _period(one: Interaction, day: dt.date) -> tuple[dt.date, dt.date]:
    """From `since` until it ended, or is to end; past that day without an end, while nobody has ended it."""
    expected = one.until if one.until is not None and one.until > day else None
    return one.since or dt.date.min, one.ended or expected or dt.date.max
