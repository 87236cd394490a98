"""A checkpoint of a workshop has passed, and nobody wrote down how an action stands.

What it finds
    A day of `checkpoints` more than a week ago, while an action of the workshop is open that has no entry of `checks` since.

Why it matters
    The checkpoint is where an action that is stuck gets help.

What to do
    Write one line under `checks`: the day, `moving`, `stuck` or `done`, a sentence.

Source
    The alignment workshop: an action has two owners, one on each side, and is looked at again (docs/workshop.md).

Bad
    version: 1
    workshops: {q3: {held: 2026-01-10, checkpoints: [2026-01-24]}}
    actions:
      promise: {title: Say how to reach us, workshop: q3, since: 2026-01-10}   # here

Good
    version: 1
    workshops: {q3: {held: 2026-01-10, checkpoints: [2026-01-24]}}
    actions:
      promise: {title: Say how to reach us, workshop: q3, since: 2026-01-10, checks: [{day: 2026-01-24, state: moving}]}
"""

import datetime as dt
from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "info"


WAIT = dt.timedelta(days=7)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an action."""
    for id_, one in facts.open_actions.items():
        held = facts.organisation.workshops.get(one.workshop or "")
        since = one.since or dt.date.min
        passed = [day for day in held.checkpoints if since <= day and day + WAIT < facts.day] if held else []
        if passed and not any(seen.day >= max(passed) for seen in one.checks):
            said = Text(f"the checkpoint of {max(passed)} says nothing of the action “{one.title}”")
            yield Hit(said, ("actions", id_), (f"action:{id_}",), tuple(one.teams))
