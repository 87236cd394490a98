"""Something is different on purpose without a reason or without a day on which it is looked at again.

What it finds
    An entry of `agreements` of kind `different-on-purpose` without `text` or without `until`.

Why it matters
    On purpose means that somebody can say why, and when it will be asked again.

What to do
    Write both.

Source
    The alignment workshop: an action has two owners, one on each side, and is looked at again (docs/workshop.md).

Bad
    version: 1
    teams: {cart: {}}
    agreements:
      cart-contact: {kind: different-on-purpose, teams: [cart], text: No interviews in winter}   # here

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

SEVERITY = "error"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an agreement."""
    for id_, one in facts.organisation.agreements.items():
        missing = [key for key, value in (("text", one.text), ("until", one.until)) if value is None]
        if one.kind == "different-on-purpose" and missing:
            said = Text(f"the agreement {id_} is different on purpose and has no {' and no '.join(missing)}")
            yield Hit(said, ("agreements", id_), (f"agreement:{id_}",), tuple(one.teams))
