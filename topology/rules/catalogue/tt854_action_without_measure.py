"""An open action does not say by what one will see that it is done, or by when.

What it finds
    An open entry of `actions` without `measure` or without `due`.

Why it matters
    Without them nobody can close it, and each remembers another agreement.

What to do
    Write `measure` (with `baseline` and `target` where there are any) and `due`.

Source
    The alignment workshop: an action has two owners, one on each side, and is looked at again (docs/workshop.md).

Bad
    version: 1
    actions:
      promise: {title: Say how to reach us}   # here

Good
    version: 1
    actions:
      promise: {title: Say how to reach us, measure: a channel and a promise, due: 2026-01-15}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an action."""
    for id_, one in facts.open_actions.items():
        missing = [key for key, value in (("measure", one.measure), ("due", one.due)) if value is None]
        if missing:
            said = Text(f"the action “{one.title}” has no {' and no '.join(missing)}")
            yield Hit(said, ("actions", id_), (f"action:{id_}",), tuple(one.teams))
