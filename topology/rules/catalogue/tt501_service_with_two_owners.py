"""A service belongs to two teams at once.

What it finds
    A service that two teams list for overlapping periods, unless each of them declares it `shared: true`.

Why it matters
    At three in the morning nobody knows who is called; every number about the service counts for both teams.

What to do
    Decide who owns it, and give the other team's entry an `until:`; or, if they own it jointly, write `shared: true` at both.

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

from topology.language import Text
from topology.model import Period
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "error"

Days = tuple[dt.date, dt.date]
"""The first day, and the first day after."""


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a pair of owners, at the later one of the file."""
    owners: dict[str, list[tuple[str, Days, bool]]] = {}
    for id_, team in facts.organisation.teams.items():
        for service, owned in team.services.items():
            days = _together(owned, team)  # a team that has ended owns nothing
            owners.setdefault(service, []).append((id_, days, owned.shared))
    for service, found in owners.items():
        for (first, days, shared), (second, other, too) in combinations(found, 2):
            begin, end = max(days[0], other[0]), min(days[1], other[1])
            if begin < end and not (shared and too):
                since = f" from {begin} on" if begin > dt.date.min else ""
                message = f"the service {service} belongs to {facts.name(first)} and to {facts.name(second)}{since}"
                yield Hit(Text(message), ("teams", second, "services", service), (f"service:{service}", first, second),
                          (first, second), (("teams", first, "services", service),))  # fmt: skip


def _together(one: Period, other: Period) -> Days:
    """The days on which both hold."""
    begin = max(one.since or dt.date.min, other.since or dt.date.min)
    return begin, min(one.until or dt.date.max, other.until or dt.date.max)
