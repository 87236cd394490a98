"""Somebody who owns an open action is in no team any more.

What it finds
    A `product_owner` or `tech_owner` of an open action who holds no seat, is in no team and leads neither side on the day.

Why it matters
    The action is nobody's, and nobody has said so.

What to do
    Agree on another owner of the same side.

Source
    The alignment workshop: an action has two owners, one on each side, and is looked at again (docs/workshop.md).

Bad
    version: 1
    people: {nadia: {role: product-manager}, omar: {role: engineering-manager}}
    teams: {cart: {pm: nadia}}
    actions:
      promise: {title: Say how to reach us, product_owner: nadia, tech_owner: omar}   # here

Good
    version: 1
    people: {nadia: {role: product-manager}, omar: {role: engineering-manager}}
    teams: {cart: {pm: nadia, em: omar}}
    actions:
      promise: {title: Say how to reach us, product_owner: nadia, tech_owner: omar}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an action and owner."""
    organisation = facts.organisation
    leaders = {organisation.organisation.leaders.product, organisation.organisation.leaders.technology}
    there = organisation.teams_by_person(facts.day)
    for id_, one in facts.open_actions.items():
        for owner in (one.product_owner, one.tech_owner):
            if owner is not None and owner not in there and owner not in leaders:
                said = Text(
                    f"{organisation.person_name(owner)}, who owns the action “{one.title}”, is in no team on this day"
                )
                yield Hit(said, ("actions", id_), (f"action:{id_}", f"person:{owner}"), tuple(one.teams))
