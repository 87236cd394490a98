"""A team says that its cognitive load is high.

What it finds
    An assessment with an extraneous part of 7 or more, or a sum of 24 or more of 30.

Why it matters
    A team that carries more than it can hold in its head gets slower and makes mistakes. Extraneous load, the effort that
    tools and forms cost, is the part that others can take away.

What to do
    Ask the team what costs it most. Extraneous load is a platform's business; too wide a task is a matter of the team's
    borders.

Source
    Team Topologies (Skelton, Pais 2019), chapter 3, after Sweller; the two limits are our own choice.

Bad
    version: 1
    teams:
      tracking:
        cognitive_load: {intrinsic: 6, extraneous: 9, germane: 6}   # here

Good
    version: 1
    teams:
      tracking:
        cognitive_load: {intrinsic: 6, extraneous: 4, germane: 6}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.model.team import HIGH_LOAD
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
THRESHOLD = HIGH_LOAD
UNIT = "of 30, the sum from which a load is high"
EXTRANEOUS = 7


def check(facts: Facts, high: float) -> Iterator[Hit]:
    """One hit a team."""
    for id_, team in facts.teams.items():
        load = team.cognitive_load
        if load is None:
            continue
        words = []
        if load.total >= high:
            words.append(f"sum {load.total} of 30")
        if load.extraneous >= EXTRANEOUS:
            words.append(f"extraneous part {load.extraneous} of 10")
        if words:
            message = f"{facts.name(id_)} assessed its cognitive load as high: {', '.join(words)}"
            yield Hit(Text(message), ("teams", id_, "cognitive_load"), (id_,), (id_,))
