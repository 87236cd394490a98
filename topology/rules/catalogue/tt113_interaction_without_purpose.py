"""An interaction does not say what it is for.

What it finds
    A collaboration without `purpose`, or a facilitation without `outcome`, that is planned or runs.

Why it matters
    Without it nobody can tell when the two teams are done.

What to do
    Write in one sentence what the two teams want to have reached at the end.

Source
    Team Topologies (Skelton, Pais 2019), chapter 7.

Bad
    version: 1
    teams: {checkout: {}, search: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], until: 2026-12-18}   # here

Good
    version: 1
    teams: {checkout: {}, search: {}}
    interactions:
      - {mode: collaboration, between: [checkout, search], until: 2026-12-18, purpose: Show the price in the results}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.model import Collaboration, Facilitating
from topology.model.interactions import NOT_ENDED
from topology.rules.facts import Facts, pair_ids
from topology.rules.hit import Hit

SEVERITY = "info"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an interaction."""
    for one in (*facts.of_mode("collaboration", *NOT_ENDED), *facts.of_mode("facilitating", *NOT_ENDED)):
        first, second = (facts.name(team) for team in one.interaction.pairs[0])
        if isinstance(one.interaction, Collaboration) and not one.interaction.purpose:
            yield Hit(
                Text(f"the collaboration of {first} and {second} has no `purpose`"),
                one.path,
                pair_ids(one),
                pair_ids(one),
            )
        if isinstance(one.interaction, Facilitating) and not one.interaction.outcome:
            yield Hit(
                Text(f"the help of {first} for {second} has no `outcome`"), one.path, pair_ids(one), pair_ids(one)
            )
