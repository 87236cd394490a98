"""Something was agreed to be different on purpose, and the day to look at it again has passed.

What it finds
    An entry of `agreements` of kind `different-on-purpose` whose `until` has come.

Why it matters
    A difference that nobody looks at again is a gap with a good excuse.

What to do
    Look at it again: another `until`, or an action.

Source
    The alignment workshop: an action has two owners, one on each side, and is looked at again (docs/workshop.md).

Bad
    version: 1
    teams: {cart: {}}
    agreements:
      cart-contact: {kind: different-on-purpose, teams: [cart], text: No interviews in winter, until: 2026-01-15}   # here

Good
    version: 1
    teams: {cart: {}}
    agreements:
      cart-contact: {kind: different-on-purpose, teams: [cart], text: No interviews in winter, until: 2099-01-15}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an agreement."""
    for id_, one in facts.organisation.agreements.items():
        if one.kind == "different-on-purpose" and one.until is not None and one.until <= facts.day:
            about = one.text or id_
            said = Text(f"“{about}” was to be looked at again on {one.until}")
            yield Hit(said, ("agreements", id_), (f"agreement:{id_}",), tuple(one.teams))
