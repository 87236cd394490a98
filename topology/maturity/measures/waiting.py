"""How much of a squad's work waits for other teams."""

from __future__ import annotations

from collections import Counter

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, share
from topology.model.interactions import NOT_ENDED


def _blocked(asked: Asked) -> Found:
    """Of the items started in the window; no data where no item of the team ever says what it waits for. An item that waits for what
    is no team of the file is not known."""
    rows = asked.evidence.rows("work_items")
    if rows is None or asked.id not in asked.evidence.tells("work_items", "blocked_by"):
        return Unknown.NO_DATA
    meant = [asked.others_named(row["blocked_by"]) for row in rows.of(asked.id)]
    return share([one for one in meant if one is not None], bool, rows.newest)


def _two_owners(asked: Asked) -> Found:
    def count() -> Counter[str]:
        teams = asked.organisation.teams_on(asked.day).values()
        return Counter(
            service
            for team in teams
            for service, one in team.services.items()
            if one.covers(asked.day) and not one.shared
        )

    owners = asked.once("owners", count)
    return Seen(
        sum(owners[id_] > 1 for id_, one in asked.team.services.items() if one.covers(asked.day) and not one.shared)
    )


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
