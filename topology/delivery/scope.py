"""For which teams and weeks a metric is read, and who owned what on the day of an event."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Literal

import ibis

from topology.delivery.definitions import DEFAULT, Definition
from topology.delivery.events import Events
from topology.model import Organisation, whole_weeks_end
from topology.privacy import small_teams

By = Literal["team", "group", "organisation"]
Attribution = Literal["owner", "author"]
ORGANISATION = "organisation"  # the id of the whole in a reading by organisation
LEADERS = ""  # stands for the team of an event that has none: the leaders' own
WINDOW_WEEKS = 12
INCIDENT_HORIZON_DAYS = 7


def whole_weeks(day: dt.date, count: int = WINDOW_WEEKS) -> list[dt.date]:
    """The Mondays of the `count` whole ISO weeks that ended on or before `day`; a partial week does not count."""
    end = whole_weeks_end(day)
    return [end - dt.timedelta(weeks=index) for index in range(count, 0, -1)]


def weeks_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """The Mondays of the whole ISO weeks from `first` to `last`, both days included; a partial week does not count."""
    monday = first + dt.timedelta(days=-first.weekday() % 7)
    count = ((last - monday).days + 1) // 7
    return [monday + dt.timedelta(weeks=index) for index in range(max(0, count))]


@dataclass(frozen=True)
class Scope:
    """Events, the organisation that owns the services, and whole weeks (Mondays, in order, without gaps)."""

    events: Events
    organisation: Organisation
    weeks: tuple[dt.date, ...]
    horizon_days: int = INCIDENT_HORIZON_DAYS
    by: By = "team"
    """Whose numbers they are: each team's, each grouping's, or the organisation's; an event counts once for each."""
    definition: Definition = DEFAULT
    """By which named definition each metric is computed."""
    attribution: Attribution = "owner"
    """Whose a change is: the team's that owns the service, or the one's of its author."""

    @property
    def first(self) -> dt.date:
        """The first day of the window."""
        return self.weeks[0]

    @property
    def end(self) -> dt.date:
        """The first day after the window."""
        return self.weeks[-1] + dt.timedelta(weeks=1)

    @property
    def small(self) -> frozenset[str]:
        """The teams of which nothing is told that shows what their people did."""
        return small_teams(self.organisation, self.first, self.end - dt.timedelta(days=1))

    def by_default(self) -> Scope:
        """The same by the default definition."""
        return replace(self, definition=DEFAULT)

    def each_team(self) -> Scope:
        """The same for each team."""
        return replace(self, by="team")

    def within(self, day: Any) -> Any:
        """A condition: the day column lies in the window."""
        return (day >= ibis.literal(self.first)) & (day < ibis.literal(self.end))

    def ownership(self) -> Any:
        """Table (service, team, since, until): since inclusive, until exclusive, both always there."""
        rows = [
            {
                "service": service,
                "team": team,
                "since": _later(one.since, owner.since),
                "until": _sooner(one.until, owner.until),
            }
            for team, owner in self.organisation.teams.items()
            for service, one in owner.services.items()
        ]
        return ibis.memtable(rows, schema={"service": "string", "team": "string", "since": "date", "until": "date"})

    def repositories(self) -> Any:
        """Table (repository, service), for changes that name only their repository; one service for each repository."""
        first: dict[str, str] = {}
        for team in self.organisation.teams.values():
            for service, one in team.services.items():
                for repository in one.repositories:
                    first.setdefault(repository, service)
        rows = [{"repository": repository, "owned": service} for repository, service in first.items()]
        return ibis.memtable(rows, schema={"repository": "string", "owned": "string"})

    def owned(self, events: Any, day: str) -> Any:
        """The events with the `team` that owned their service on their day; once for each owner of a shared service."""
        owners = self.ownership().rename(owner_service="service")
        return (
            events.inner_join(
                owners,
                [events.service == owners.owner_service, events[day] >= owners.since, events[day] < owners.until],
            )
            .drop("owner_service", "since", "until")
            .pipe(self.united)
        )

    def of_team(self, events: Any) -> Any:
        """The events whose own `team` column names a team, under the id that it has now.

        An event without a team is the leaders' own and counts for the organisation alone.
        """
        former = {one: id_ for id_, team in self.organisation.teams.items() for one in team.was}
        now = former | {id_: id_ for id_ in self.organisation.teams}
        if self.by == "organisation":
            now[LEADERS] = LEADERS
        rows = [{"named": one, "now": id_} for one, id_ in now.items()]
        teams = ibis.memtable(rows, schema={"named": "string", "now": "string"})
        found = events.inner_join(teams, events.team.fill_null(LEADERS) == teams.named)
        return found.mutate(team=found.now).drop("named", "now").pipe(self.united)

    def authored(self, changes: Any, day: str) -> Any:
        """The changes with the `team` of their author on their day; once for each team that the author is in."""
        members = self.membership()
        found = changes.inner_join(
            members,
            [changes.author.lower() == members.account, changes[day] >= members.since, changes[day] < members.until],
        )
        return found.drop("account", "since", "until").distinct().pipe(self.united)

    def membership(self) -> Any:
        """Table (account, team, since, until): each person's id and accounts, in lower case, with a team they are in."""
        rows = [
            {"account": account, "team": id_, "since": _later(since, team.since), "until": _sooner(until, team.until)}
            for id_, team in self.organisation.teams.items()
            for person, since, until in team.periods()
            for account in self.organisation.accounts(person)
        ]
        return ibis.memtable(rows, schema={"account": "string", "team": "string", "since": "date", "until": "date"})

    def team_weeks(self) -> Any:
        """Table (team, week) of every week in which a team owned a service for at least a day: where none is 0."""
        weeks = ibis.memtable([{"week": week} for week in self.weeks], schema={"week": "date"})
        owners = self.ownership()
        pairs = owners.cross_join(weeks)
        overlap = (pairs.since < pairs.week + ibis.interval(days=7)) & (pairs.until > pairs.week)
        return pairs.filter(overlap).select("team", "week").distinct().pipe(self.united)

    def united(self, events: Any) -> Any:
        """The events of teams as those of what the scope counts by; one that several of its teams share, once."""
        if self.by == "team":
            return events
        rows = [
            {"member": id_, "whole": whole}
            for id_, team in self.organisation.teams.items()
            for whole in (self.organisation.lineage(team.group) if self.by == "group" else [ORGANISATION])
        ]
        if self.by == "organisation":
            rows.append({"member": LEADERS, "whole": ORGANISATION})
        wholes = ibis.memtable(rows, schema={"member": "string", "whole": "string"})
        found = events.inner_join(wholes, events.team == wholes.member)
        return found.mutate(team=found.whole).drop("member", "whole").distinct()


_BEGINNING, _END = dt.date(1, 1, 1), dt.date(9999, 12, 31)


def _later(*days: dt.date | None) -> dt.date:
    return max((day for day in days if day), default=_BEGINNING)


def _sooner(*days: dt.date | None) -> dt.date:
    return min((day for day in days if day), default=_END)


def without(events: Any, others: Any, key: str = "id", other: str = "id") -> Any:
    """The events whose `key` is not among the values of `other`. (PostgreSQL has no anti-join; Ibis only sometimes writes another.)"""
    known = others.select(known_=others[other]).distinct()
    joined = events.left_join(known, events[key] == known.known_)
    return joined.filter(joined.known_.isnull()).drop("known_")
