"""The organisation has no product leader or no technology leader.

What it finds
    A missing `organisation.leaders.product` or `organisation.leaders.technology`.

Why it matters
    The two leaders' own ritual is where Product and Tech meet first; without their names it cannot be shown.

What to do
    Write `organisation: {leaders: {product: …, technology: …}}`.

Source
    The practice of a weekly slot of CPO and CTO.

Bad
    version: 1
    organisation: {name: Lumio, leaders: {product: claire}}   # here

Good
    version: 1
    organisation: {name: Lumio, leaders: {product: claire, technology: hugo}}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.finding import ORGANISATION
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """At most one hit, for the organisation."""
    leaders = facts.organisation.organisation.leaders
    missing = [
        word for word, person in (("product", leaders.product), ("technology", leaders.technology)) if not person
    ]
    if missing:
        yield Hit(
            Text(f"the organisation names no {' and no '.join(missing)} leader"), ("organisation",), (ORGANISATION,)
        )
