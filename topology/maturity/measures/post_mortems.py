"""Post-mortems of incidents and delays, and what became of their actions."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import WEEKS, Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, of_number


def _share(asked: Asked) -> Found:
    return of_number(asked.evidence.metric("post-mortem-share", asked.id, WEEKS))


def _held(asked: Asked) -> Found:
    number = asked.evidence.metric("post-mortem-share", asked.id, WEEKS)
    return Seen(round(number.value * number.n), of=number.n, newest=number.newest) if number else Unknown.NO_DATA


def _actions(asked: Asked) -> Found:
    """Of the quarter that ended 60 days ago: each action has had its 60 days."""
    return of_number(asked.evidence.metric("post-mortem-actions-done", asked.id, WEEKS, 9))


MEASURES = (
    Measure("post-mortems-held", Text("Incidents and delays with a post-mortem"), "count", _held),
    Measure("post-mortem-share", Text("Incidents and delays with a post-mortem, of all"), "share", _share),
    Measure("post-mortem-actions", Text("Post-mortem actions done, of those 60 days old"), "share", _actions),
)
