"""Actions of a workshop are open past the day by which they should be done.

What it finds
    Open entries of `actions` whose `due` has passed: one finding for each workshop, and one for those of none.

Why it matters
    An agreement that nobody closes says that agreements do not count.

What to do
    Close each with `status`, `closed` and `outcome`, or agree on another day.

Source
    The alignment workshop: an action has two owners, one on each side, and is looked at again (docs/workshop.md).

Bad
    version: 1
    actions:
      promise: {title: Say how to reach us, due: 2026-01-15}   # here

Good
    version: 1
    actions:
      promise: {title: Say how to reach us, due: 2026-01-15, status: done, closed: 2026-01-12, outcome: it is in the file}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a workshop."""
    late: dict[str, list[str]] = {}
    for id_, one in facts.open_actions.items():
        if one.overdue(facts.day):
            late.setdefault(one.workshop or "", []).append(id_)
    for workshop, ids in late.items():
        actions = [facts.organisation.actions[id_] for id_ in ids]
        named = "; ".join(f"“{one.title}” ({one.due})" for one in actions)
        message = Text(f"{len(ids)} action{'s are' if len(ids) > 1 else ' is'} open past the day agreed: {named}")
        teams = tuple(dict.fromkeys(team for one in actions for team in one.teams))
        yield Hit(message, ("actions", ids[0]), (f"workshop:{workshop}",), teams)
