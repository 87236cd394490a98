"""A platform as a product: who uses it, what it promises, who waits for it."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, parts
from topology.model.interactions import RUNNING


def _consumers(asked: Asked) -> set[str]:
    there = asked.organisation.teams_on(asked.day)
    return {
        consumer
        for one in asked.organisation.interactions if one.mode == "x-as-a-service" and one.state(asked.day) in RUNNING
        for provider, consumer in one.pairs if provider == asked.id and consumer in there
    }  # fmt: skip


def _promised(asked: Asked) -> Found:
    """Of channel, service level and documentation, what the Team API gives: it holds for all services of the team."""
    api = asked.team.api
    given = [bool(api.channels), bool(api.service_level), bool(api.docs)] if api else []
    return parts(sum(given), 3)


def _waiting(asked: Asked) -> Found:
    """Of the consumers, those that say that a dependency on this team slows or blocks them."""
    consumers, teams = _consumers(asked), asked.organisation.teams_on(asked.day)
    waiting = [c for c in consumers if any(one.team == asked.id and one.kind != "ok" for one in teams[c].depends_on)]
    return parts(len(waiting), len(consumers)) if consumers else Unknown.NOT_APPLICABLE


MEASURES = (
    Measure("consumers", Text("Consumers"), "count", lambda asked: Seen(len(_consumers(asked)))),
    Measure("service-promises", Text("Channel, service level and documentation given"), "share", _promised),
    Measure("consumers-waiting", Text("Consumers that wait for it"), "share", _waiting),
)
