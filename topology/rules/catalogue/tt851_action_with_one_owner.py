"""An open action has no owner on one of the two sides.

What it finds
    An open entry of `actions` without a `product_owner` or without a `tech_owner`, or one whose two owners stand on one side.

Why it matters
    What one side owns alone, the other side waits for or works around.

What to do
    Name somebody of each side, or close the action.

Source
    The alignment workshop: an action has two owners, one on each side, and is looked at again (docs/workshop.md).

Bad
    version: 1
    people: {nadia: {role: product-manager}, omar: {role: engineering-manager}}
    actions:
      promise: {title: Say how to reach us, product_owner: nadia}   # here

Good
    version: 1
    people: {nadia: {role: product-manager}, omar: {role: engineering-manager}}
    actions:
      promise: {title: Say how to reach us, product_owner: nadia, tech_owner: omar}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "error"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an action."""
    side = facts.organisation.side
    for id_, one in facts.open_actions.items():
        owners = (("Product", one.product_owner, "tech"), ("Tech", one.tech_owner, "product"))
        missing = [name for name, owner, _ in owners if owner is None]
        wrong = [name for name, owner, other in owners if owner is not None and side(owner) == other]
        if missing:
            said = Text(f"the action “{one.title}” has no owner in {' or '.join(missing)}")
        elif wrong:
            said = Text(f"the owner in {wrong[0]} of the action “{one.title}” stands on the other side")
        else:
            continue
        yield Hit(said, ("actions", id_), (f"action:{id_}",), tuple(one.teams))
