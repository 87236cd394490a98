"""A squad's two leads see it very differently.

What it finds
    A dimension on which the product manager and the engineering manager signed levels two or more apart.

Why it matters
    Two leads with two pictures of their squad give it two directions. Often one of them sees a problem first.

What to do
    Let each of the two give an example, then look at what delivery shows.

Source
    Signed positions (docs/format.md); one level may be a matter of words, two are two pictures.

Bad
    version: 1
    teams:
      tracking:
        positions:
          duo: {pm: 5, em: 2}   # here

Good
    version: 1
    teams:
      tracking:
        positions:
          duo: {pm: 4, em: 3}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.maturity import duo_positions
from topology.maturity.positions import FAR_APART
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"
THRESHOLD = FAR_APART
UNIT = "levels apart"


def check(facts: Facts, far: float) -> Iterator[Hit]:
    """One hit for each team and dimension."""
    for id_, team in facts.teams.items():
        for one in duo_positions(team, facts.day):
            if one.gap is not None and abs(one.gap) >= far:
                message = (
                    f"{facts.name(id_)}: the PM signed level {one.pm} for “{one.dimension}”, the EM level {one.em}"
                )
                yield Hit(
                    Text(message),
                    ("teams", id_, "positions", one.dimension),
                    (id_, f"dimension:{one.dimension}"),
                    (id_,),
                )
