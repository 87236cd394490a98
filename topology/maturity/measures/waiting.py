"""How much of a squad's work waits for other teams."""

from __future__ import annotations

from collections import Counter

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, share
from topology.model.interactions import NOT_ENDED


def _blocked(asked: Asked) -> Found:
    """Of the items started in the window; no data where no item of any team ever names what it waits for."""
    rows = asked.evidence.rows("work_items")
    if rows is None or not any(row["blocked_by"] for listed in rows.by_team.values() for row in listed):
        return Unknown.NO_DATA
    return share(rows.of(asked.id), lambda row: _another(asked, row["blocked_by"]), rows.newest)


def _another(asked: Asked, words: str | None) -> bool:
    team = asked.organisation.current_id(words) if words else None
    return team is not None and team != asked.id


def _two_owners(asked: Asked) -> Found:
    owners = Counter(
        service
        for team in asked.organisation.teams_on(asked.day).values()
        for service, one in team.services.items()
        if one.covers(asked.day) and not one.shared
    )
    return Seen(sum(owners[service] > 1 for service in asked.team.services))


def _blocking(asked: Asked) -> list[str]:
    there = asked.organisation.teams_on(asked.day)
    return [one.team for one in asked.team.depends_on if one.kind == "blocking" and one.team in there]


def _unagreed(asked: Asked) -> Found:
    """Blocking dependencies of two teams between whom nothing is declared that runs or is planned."""
    agreed = {
        frozenset(pair)
        for one in asked.organisation.interactions if one.state(asked.day) in NOT_ENDED
        for pair in one.pairs
    }  # fmt: skip
    return Seen(sum(frozenset((asked.id, other)) not in agreed for other in _blocking(asked)))


MEASURES = (
    Measure("items-blocked", Text("Started items blocked by another team"), "share", _blocked),
    Measure("services-with-two-owners", Text("Services with two owners"), "count", _two_owners),
    Measure(
        "blocking-without-agreement", Text("Blocking dependencies without an agreed interaction"), "count", _unagreed
    ),
    Measure("blocking-dependencies", Text("Blocking dependencies"), "count", lambda asked: Seen(len(_blocking(asked)))),
)
