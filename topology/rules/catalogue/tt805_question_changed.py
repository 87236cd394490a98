"""A question of the pack has other words than those that people answered.

What it finds
    With `--with-data`: a question that the last survey asked (`answers/`), and whose sentence or anchors are others now under the same id.

Why it matters
    The answers stand beside words that nobody was shown, and the next survey would be compared with them.

What to do
    Give the question the next id, such as `debt.2`: then it is a new one, and trends begin anew. Or take the words back.

Source
    Our own choice (docs/maturity.md): trends never cross versions of a question.

Bad
    version: 1
    teams:   # here
      tracking: {type: enabling}   # and the pack has new words under debt.1

Good
    version: 1
    teams:
      coaches: {type: enabling}   # and the pack has them under debt.2
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.words.lists import listed

SEVERITY = "warning"
WITH_DATA = True


def check(facts: Facts) -> Iterator[Hit]:
    """One hit, with the questions."""
    if facts.changed:
        words = listed([f"`{item}`" for item in facts.changed])
        yield Hit(
            Text(f"other words than people answered stand in the pack under {words}"), ("teams",), tuple(facts.changed)
        )
