"""A squad plans less risk and debt work than it wants to.

What it finds
    A squad with two or more roadmap items, whose share of items of category `risk` or `debt` is under its own
    `targets.tech_investment`.

Why it matters
    The target is the squad's own; a roadmap that cannot reach it makes it a wish.

What to do
    Put the technical work on the one roadmap, or change the target and say why.

Source
    The practice of regular tech-investment cycles; flow distribution (Kersten 2018).

Bad
    version: 1
    teams:
      tracking:
        targets: {tech_investment: 20%}   # here
    roadmap:
      - {title: New carriers, team: tracking, category: feature}
      - {title: Parcel shops, team: tracking, category: feature}

Good
    version: 1
    teams:
      tracking:
        targets: {tech_investment: 20%}
    roadmap:
      - {title: New carriers, team: tracking, category: feature}
      - {title: New adapters, team: tracking, category: debt}
"""

from collections import Counter
from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
LEAST_ITEMS = 2  # one item is always 0 % or 100 %


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    planned = Counter(item.team for item in facts.organisation.roadmap)
    tech = Counter(item.team for item in facts.organisation.roadmap if item.category in ("risk", "debt"))
    for id_, team in facts.teams.items():
        target = team.targets.tech_investment if team.targets else None
        if target is not None and planned[id_] >= LEAST_ITEMS and tech[id_] < round(target * planned[id_], 6):
            share = f"{tech[id_]} of {planned[id_]} roadmap items"
            message = f"{facts.name(id_)} plans {share} for risk and debt, under its target of {target:.0%}"
            yield Hit(Text(message), ("teams", id_, "targets"), (id_,), (id_,))
