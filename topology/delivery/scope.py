"""For which teams and weeks a metric is read, and who owned what on the day of an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import ibis

from topology.delivery.definitions import DEFAULT, Definition
from topology.delivery.events import Events
from topology.delivery.profile import Profile
from topology.model import Organisation, whole_weeks_end
from topology.privacy import small_teams
from topology.source.settings import DeliverySettings

By = Literal["team", "group", "organisation", "service"]
Attribution = Literal["owner", "author"]
ORGANISATION = "organisation"  # the id of the whole in a reading by organisation
LEADERS = ""  # stands for the team of an event that has none: the leaders' own
WINDOW_WEEKS = 12


def whole_weeks(day: dt.date, count: int = WINDOW_WEEKS) -> list[dt.date]:
    """The Mondays of the `count` whole ISO weeks that ended on or before `day`; a partial week does not count."""
    end = whole_weeks_end(day)
    return [end - dt.timedelta(weeks=index) for index in range(count, 0, -1)]


def earlier_than(scope: Scope) -> Scope:
    """The same of as many weeks right before."""
    return replace(scope, weeks=tuple(week - dt.timedelta(weeks=len(scope.weeks)) for week in scope.weeks))


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
    by: By = "team"
    """Whose numbers they are: each team's, each grouping's, or the organisation's; an event counts once for each."""
    definition: Definition = DEFAULT
    """By which named definition each metric is computed."""
    attribution: Attribution = "owner"
    """Whose a change is: the team's that owns the service, or the one's of its author."""
    settings: DeliverySettings = field(default_factory=DeliverySettings)
    """What is production, which branch is deployed, how long before an incident its deployment may lie."""

    @property
    def horizon_days(self) -> int:
        """How many days before an incident its deployment may lie."""
        return self.settings.incident_horizon_days

    @property
    def first(self) -> dt.date:
        """The first day of the window."""
        return self.weeks[0]

    @property
    def end(self) -> dt.date:
        """The first day after the window."""
        return self.weeks[-1] + dt.timedelta(weeks=1)

    @property
    def known_until(self) -> dt.date:
        """The first day of which nothing is known: after the window and after the last event."""
        last = self.events.last_day
        return self.end if last is None else max(self.end, last + dt.timedelta(days=1))

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

    def within(self, when: Any) -> Any:
        """A condition: the column of days, or of times, lies in the window. (Times are quicker: no day has to be told of each.)"""
        return (when >= beginning(self.first, when)) & (when < beginning(self.end, when))

    # -- what the events mean -----------------------------------------------------------------------------------------

    @property
    def profile(self) -> Profile:
        """How the organisation and the settings understand the events."""
        key = ("profile", id(self.organisation), self.settings)
        return self.events.once(key, lambda: Profile(self.events, self.organisation, self.settings))

    def fact(self, name: str, make: Callable[[], Any], *beside: Any) -> Any:
        """A table that several metrics read, made once for these weeks, this definition and what is said `beside`."""
        known = self.definition
        asked = (known.id, known.link, known.horizon, known.lead_window, known.fails_among, known.regions)
        key = (name, id(self.organisation), self.settings, self.weeks, asked, *beside)
        return self.events.facts((key, self.profile), f"topology_{name}", make)

    def spelled(self, events: Any) -> Any:
        """The events with the id of their service in `service`; one of several services once for each, with its own text in `of_`."""
        meant = self.profile.services
        if all(found == (text,) for text, found in meant.items()):
            return events
        several = any(len(found) > 1 for found in meant.values())
        rows = [{"text_": text, "meant_": service} for text, found in meant.items() for service in found]
        texts = ibis.memtable(rows, schema={"text_": "string", "meant_": "string"})
        joined = events.left_join(texts, events.service == texts.text_)
        more = {"of_": joined.service} if several else {}
        return joined.mutate(service=ibis.coalesce(joined.meant_, joined.service), **more).drop("text_", "meant_")

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

    def owned(self, events: Any, day: str, teams: Collection[str] | None = None) -> Any:
        """The events with the `team` (of `teams` only) that owned their service on their day; once for each owner, also of several of
        their services."""
        if self.by == "service":
            return self._each_service(events, day, teams)
        found = self._with_owners(events, day, teams)
        return self.united(_once_a_team(found, day) if "of_" in found.columns else found)

    def _with_owners(self, events: Any, day: str, teams: Collection[str] | None) -> Any:
        owners = self.ownership().rename(owner_service="service")
        if teams is not None:
            owners = owners.filter(owners.team.isin(sorted(teams)) if teams else ibis.literal(False))
        found = events.inner_join(
            owners, [events.service == owners.owner_service, events[day] >= owners.since, events[day] < owners.until]
        )
        return found.drop("owner_service", "since", "until")

    def _each_service(self, events: Any, day: str, teams: Collection[str] | None) -> Any:
        """The events with their service in the place of the team: DORA's metrics are those of one service at a time."""
        found = self._with_owners(events, day, teams)
        found = found.mutate(team=found.service)
        return (found.drop("of_") if "of_" in found.columns else found).distinct()

    def of_team(self, events: Any) -> Any:
        """The events whose own `team` column names a team, under the id that it has now; an id that another team had before is taken by
        the event's first day.

        An event without a team is the leaders' own and counts for the organisation alone.
        """
        named = list(self.organisation.named_teams())
        if self.by == "organisation":
            named.append((LEADERS, LEADERS, None, None))
        rows = [
            {"named": one, "now": id_, "since": _later(since), "until": _sooner(until)}
            for one, id_, since, until in named
        ]
        teams = ibis.memtable(rows, schema={"named": "string", "now": "string", "since": "date", "until": "date"})
        same = [events.team.fill_null(LEADERS) == teams.named]
        if any(since or until for *_, since, until in named):
            on = ibis.least(*(events[one] for one in events.columns if one.endswith("_day")))
            same += [on.isnull() | ((on >= teams.since) & (on < teams.until))]
        found = events.inner_join(teams, same)
        return found.mutate(team=found.now).drop("named", "now", "since", "until").pipe(self.united)

    def authored(self, changes: Any, day: str) -> Any:
        """The changes with the `team` of their author on their day: of several, the one that owns the service; else each of them."""
        found = self._of_owners(self.with_authors(changes, day), day)
        found = self.united(_once_a_team(found, day) if "of_" in found.columns else found)
        return found.mutate(team=found.service) if self.by == "service" else found

    def with_authors(self, changes: Any, day: str) -> Any:
        """The changes with the `team` of their author on their day; once for each team that the author is in."""
        members = self.membership()
        found = changes.inner_join(
            members,
            [changes.author.lower() == members.account, changes[day] >= members.since, changes[day] < members.until],
        )
        return found.drop("account", "since", "until").distinct()

    def _of_owners(self, authored: Any, day: str) -> Any:
        """Without the other teams of an author who is in one that owns the service."""
        owners = self.ownership().rename(owner_service="service", owner_team="team")
        same = [
            authored.service == owners.owner_service, authored.team == owners.owner_team, authored[day] >= owners.since,
            authored[day] < owners.until,
        ]  # fmt: skip
        joined = authored.left_join(owners, same).drop("owner_service", "since", "until")
        owns = joined.owner_team.count().over(ibis.window(group_by="id"))
        return joined.filter(joined.owner_team.notnull() | (owns == 0)).drop("owner_team")

    def membership(self) -> Any:
        """Table (account, team, since, until): each person's id and accounts, in lower case, with a team they are in."""
        rows = [
            {"account": account, "team": id_, "since": _later(since, team.since), "until": _sooner(until, team.until)}
            for id_, team in self.organisation.teams.items()
            for person, since, until in team.periods()
            for account in self.organisation.accounts(person)
        ]
        return ibis.memtable(rows, schema={"account": "string", "team": "string", "since": "date", "until": "date"})

    def team_weeks(self, but: Collection[str] = ()) -> Any:
        """Table (team, week) of every week in which a team owned a service for at least a day, `but` of some teams: where none is 0."""
        weeks = ibis.memtable([{"week": week} for week in self.weeks], schema={"week": "date"})
        owners = self.ownership()
        owners = owners.filter(owners.team.notin(sorted(but))) if but else owners
        pairs = owners.cross_join(weeks)
        pairs = pairs.filter((pairs.since < pairs.week + ibis.interval(days=7)) & (pairs.until > pairs.week))
        if self.by == "service":
            return pairs.select("week", team="service").distinct()
        return pairs.select("team", "week").distinct().pipe(self.united)

    def united(self, events: Any) -> Any:
        """The events of teams as those of what the scope counts by; one that several of its teams share, once."""
        if self.by in ("team", "service"):
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


def beginning(day: dt.date, when: Any) -> Any:
    """A day as the column of days or times has it: of times its first moment in the organisation's zone."""
    return ibis.literal(day).cast(when.type())


_BEGINNING, _END = dt.date(1, 1, 1), dt.date(9999, 12, 31)


def _later(*days: dt.date | None) -> dt.date:
    return max((day for day in days if day), default=_BEGINNING)


def _sooner(*days: dt.date | None) -> dt.date:
    return min((day for day in days if day), default=_END)


def _once_a_team(events: Any, day: str) -> Any:
    """An event of several services of a team once for the team, under its own text."""
    keys = [name for name in ("id", "team", "author_team") if name in events.columns]
    first = ibis.window(group_by=keys, order_by=[day, "service"])
    marked = events.mutate(nth_=ibis.row_number().over(first), service=events.of_)
    return marked.filter(marked.nth_ == 0).drop("nth_", "of_")


def without(events: Any, others: Any, key: str = "id", other: str = "id") -> Any:
    """The events whose `key` is not among the values of `other`. (PostgreSQL has no anti-join; Ibis only sometimes writes another.)"""
    known = others.select(known_=others[other]).distinct()
    joined = events.left_join(known, events[key] == known.known_)
    return joined.filter(joined.known_.isnull()).drop("known_")
