"""An indicator has no owner on one of the two sides.

What it finds
    An entry of `kpis` without a `product_owner` or without a `tech_owner`.

Why it matters
    A shared indicator with one owner is that side's indicator.

What to do
    Name somebody of the other side.

Source
    The practice of indicators that Product and Tech share.

Bad
    version: 1
    kpis:
      conversion: {unit: percent, product_owner: nadia}   # here

Good
    version: 1
    kpis:
      conversion: {unit: percent, product_owner: nadia, tech_owner: omar}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an indicator."""
    for id_, one in facts.organisation.kpis.items():
        missing = [side for side, owner in (("Product", one.product_owner), ("Tech", one.tech_owner)) if owner is None]
        if missing:
            yield Hit(
                Text(f"the indicator {one.name or id_} has no owner in {' or '.join(missing)}"),
                ("kpis", id_),
                (f"kpi:{id_}",),
            )
