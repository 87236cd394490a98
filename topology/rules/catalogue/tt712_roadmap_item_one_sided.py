"""A roadmap item speaks for one side only.

What it finds
    A roadmap item without `impact` (what it changes for the business) or without `stability` (what it means for running
    the product). What stands on the organisation's roadmap counts as large.

Why it matters
    A roadmap is shared when each item answers both questions; otherwise it is two lists.

What to do
    Let the duo write the missing sentence together.

Source
    The practice of one roadmap that balances impact and stability.

Bad
    version: 1
    roadmap:
      - {title: New carriers, category: feature, impact: two countries more}   # here

Good
    version: 1
    roadmap:
      - {title: New carriers, category: feature, impact: two countries more, stability: adapters run apart}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an item."""
    for index, item in enumerate(facts.organisation.roadmap):
        missing = [f"`{key}`" for key, text in (("impact", item.impact), ("stability", item.stability)) if not text]
        if missing:
            message = f"the roadmap item “{item.title}” has no {' and no '.join(missing)}"
            yield Hit(Text(message), ("roadmap", index), (f"item:{item.title}",), (item.team,) if item.team else ())
