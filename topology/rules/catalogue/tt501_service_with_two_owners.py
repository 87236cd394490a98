"""A service belongs to two teams at once.

What it finds
    A service that two teams list for overlapping periods.

Why it matters
    At three in the morning nobody knows who is called; every number about the service counts for both teams.

What to do
    Decide who owns it, and give the other team's entry an `until:`.

Source
    Team Topologies (Skelton, Pais 2019), chapter 3: one team owns a piece of software.

Bad
    version: 1
    teams:
      checkout: {services: {basket-api: {}}}
      search: {services: {basket-api: {since: 2026-03-02}}}   # here

Good
    version: 1
    teams:
      checkout: {services: {basket-api: {until: 2026-03-02}}}
      search: {services: {basket-api: {since: 2026-03-02}}}
"""

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

from topology.model import Period
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "error"


def _together(one: Period, other: Period) -> Period:
    """The time in which both hold."""
    begins = [day for day in (one.since, other.since) if day]
    ends = [day for day in (one.until, other.until) if day]
    return Period(since=max(begins, default=None), until=min(ends, default=None))


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a pair of owners, at the later one of the file."""
    owners: dict[str, list[tuple[str, Period]]] = {}  # {service: (team, period) of each owner}
    for id_, team in facts.organisation.teams.items():
        for service, part in team.services.items():
            owned = _together(part, team)  # a team that has ended owns nothing
            owners.setdefault(service, []).append((id_, owned))
    for service, found in owners.items():
        for (first, period), (second, other) in combinations(found, 2):
            begin = max(period.since or dt.date.min, other.since or dt.date.min)
            end = min(period.until or dt.date.max, other.until or dt.date.max)
            if begin < end:
                since = f" from {begin} on" if begin > dt.date.min else ""
                message = f"the service {service} belongs to {facts.name(first)} and to {facts.name(second)}{since}"
                yield Hit(message, ("teams", second, "services", service), (f"service:{service}", first, second), (first, second),
                          related=(("teams", first, "services", service),))  # fmt: skip
