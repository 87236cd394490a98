"""An enabling team helps nobody.

What it finds
    An enabling team with no running or planned facilitation.

Why it matters
    Enabling teams exist to help others learn. One without an engagement is idle, does other work, or forgot to write it down.

What to do
    Declare whom the team helps, until when and to which outcome.

Source
    Team Topologies (Skelton, Pais 2019), chapter 5.

Bad
    version: 1
    teams:
      coaching: {type: enabling}   # here
      checkout: {}

Good
    version: 1
    teams:
      coaching: {type: enabling}
      checkout: {}
    interactions:
      - {mode: facilitating, facilitator: coaching, team: checkout, since: 2027-01-04, until: 2027-03-26}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.model.interactions import NOT_ENDED
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
TYPES = ("enabling",)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a team."""
    helping = {one.interaction.pairs[0][0] for one in facts.of_mode("facilitating", *NOT_ENDED)}
    for id_, _ in facts.teams_of(TYPES):
        if id_ not in helping:
            yield Hit(Text(f"{facts.name(id_)}, an enabling team, helps no team"), ("teams", id_), (id_,), (id_,))
