"""A closed action does not say when, or what came of it.

What it finds
    An entry of `actions` that is done or dropped without `closed` and `outcome`, or carried over without another one that `continues` it.

Why it matters
    What came of an agreement is what the next workshop begins with.

What to do
    Write `closed` and `outcome` in one sentence; for one that is carried over, `continues: ID` in the action that goes on with it.

Source
    The alignment workshop: an action has two owners, one on each side, and is looked at again (docs/workshop.md).

Bad
    version: 1
    actions:
      promise: {title: Say how to reach us, status: dropped}   # here

Good
    version: 1
    actions:
      promise: {title: Say how to reach us, status: dropped, closed: 2026-01-12, outcome: the team is split instead}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an action."""
    actions = facts.organisation.actions
    continued = {one.continues for one in actions.values()}
    for id_, one in actions.items():
        if one.status in ("done", "dropped"):
            missing = [key for key, value in (("closed", one.closed), ("outcome", one.outcome)) if value is None]
            lacks = f"has no {' and no '.join(missing)}" if missing else ""
        else:
            lacks = "is continued by no other action" if one.status == "carried" and id_ not in continued else ""
        if lacks:
            said = Text(f"the action “{one.title}” is {one.status} and {lacks}")
            yield Hit(said, ("actions", id_), (f"action:{id_}",), tuple(one.teams))
