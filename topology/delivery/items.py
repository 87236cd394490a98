"""Which work items are counted, and which of them were done."""

from __future__ import annotations

from typing import Any

from topology.delivery.links import stands
from topology.delivery.scope import Scope

STORY = "story"


def countable(scope: Scope, items: Any) -> Any:
    """The items of the levels that the settings name (stories alone by default), without those that were dropped instead of done.

    An item that says nothing of its level is a story: counted beside its sub-tasks or its epic, the same work would count twice.
    """
    return items.filter(items.level.lower().fill_null(STORY).isin(sorted(scope.settings.items)) & stands(scope, items))


def done(scope: Scope) -> Any:
    """The counted items that were done."""
    items = countable(scope, scope.events.tables["work_items"])
    return items.filter(items.done_at.notnull())
