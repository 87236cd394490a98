"""Nothing is measured of a dimension, for no team.

What it finds
    With `--with-data`: a dimension of the pack for which there are teams, and of which no criterion of any team is measured.

Why it matters
    A column of question marks looks like a fault of the teams. It is one of the data, or of the pack.

What to do
    Fill the event table that its criteria read (`topology maturity --dimension NAME --show criteria` says what is missing),
    or leave the dimension out of a pack of your own.

Source
    Our own choice (docs/maturity.md).

Bad
    version: 1
    teams:   # here
      tracking: {type: stream-aligned, pm: vacant, em: vacant}

Good
    version: 1
    teams:
      tracking: {type: enabling}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.words.lists import listed

SEVERITY = "info"
WITH_DATA = True


def check(facts: Facts) -> Iterator[Hit]:
    """One hit, with the dimensions."""
    told = {one.dimension for one in facts.ratings if any(judged.measured for judged in one.criteria)}
    unknown = [name for name in dict.fromkeys(one.dimension for one in facts.ratings if one.team) if name not in told]
    if unknown:
        yield Hit(Text(f"for no team anything is measured of {listed(unknown)}"), ("teams",), tuple(unknown))
