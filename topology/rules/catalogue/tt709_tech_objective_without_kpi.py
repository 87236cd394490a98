"""A technical objective is tied to no business indicator.

What it finds
    An objective of side `tech` without `kpi`.

Why it matters
    What Tech wants stays invisible to Product when nobody says what it moves.

What to do
    Name the indicator that gets better (`kpi:`), with a baseline and a target.

Source
    The practice of tying technical work to the indicators that Product and Tech share.

Bad
    version: 1
    teams:
      tracking:
        objectives:
          - {title: Replace the adapters, side: tech}   # here

Good
    version: 1
    teams:
      tracking:
        objectives:
          - {title: Replace the adapters, side: tech, kpi: late-parcels}
    kpis:
      late-parcels: {unit: percent, better: lower}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an objective."""
    for id_, team in facts.teams.items():
        for index, one in enumerate(team.objectives):
            if one.side == "tech" and one.kpi is None:
                message = f"{facts.name(id_)}: the technical objective “{one.title}” is tied to no indicator"
                yield Hit(Text(message), ("teams", id_, "objectives", index), (id_, f"objective:{one.title}"), (id_,))
