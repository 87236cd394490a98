"""Post-mortems of incidents and delays, and what became of their actions."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown


def _share(asked: Asked) -> Found:
    number = asked.evidence.metric("post-mortem-share", asked.id, 13)
    return Seen(number.value, round(number.value * number.n), number.n) if number else Unknown.NO_DATA


def _held(asked: Asked) -> Found:
    number = asked.evidence.metric("post-mortem-share", asked.id, 13)
    return Seen(round(number.value * number.n), of=number.n) if number else Unknown.NO_DATA


def _actions(asked: Asked) -> Found:
    """Of the quarter that ended 60 days ago: each action has had its 60 days."""
    number = asked.evidence.metric("post-mortem-actions-done", asked.id, 13, 9)
    return Seen(number.value, round(number.value * number.n), number.n) if number else Unknown.NO_DATA


MEASURES = (
    Measure("post-mortems-held", Text("Incidents and delays with a post-mortem"), "count", _held),
    Measure("post-mortem-share", Text("Incidents and delays with a post-mortem, of all"), "share", _share),
    Measure("post-mortem-actions", Text("Post-mortem actions done, of those 60 days old"), "share", _actions),
)
