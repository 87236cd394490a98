"""What a number leaves out: the events of the window that do not count, each with its reason.

Every function gives a table (id, about, day, reason, detail, team): `about` is the service or team that the event names, `reason`
a `Left`, `detail` what its sentence needs beside it, `team` the one whose number it is missing from, null when nobody's.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import ibis

from topology.delivery.items import done
from topology.delivery.links import (
    INCIDENT,
    PARTS,
    deployed_changes,
    incident_links,
    on_the_branch,
    since_the_first,
    stands,
    with_service,
    without_carried,
)
from topology.delivery.links import incidents as incidents_of
from topology.delivery.production import first_of_each, production, releases
from topology.delivery.rituals import telling
from topology.delivery.scope import Scope, without
from topology.delivery.statistics import hours_between

DETAIL = "detail"


class Left(StrEnum):
    """Why an event does not count; the sentences are in `topology.words.delivery`."""

    ELSEWHERE = "another-environment"  # detail: the environment
    FAILED = "failed"
    NO_SERVICE = "no-service"
    NO_OWNER = "no-owner"
    NO_TEAM_OF_AUTHOR = "no-team-of-author"
    NOT_DEPLOYED = "not-deployed"
    NAMED_FAILED = "named-failed"  # detail: the deployment
    TOLD_NONE = "told-none"
    BEFORE_FIRST = "before-first"
    OTHER_BRANCH = "other-branch"  # detail: the branch
    SEVERAL_SERVICES = "several-services"  # detail: the repository
    ANOTHER_REGION = "another-region"  # detail: the release
    UNKNOWN_RESULT = "unknown-result"
    NO_EVIDENCE = "no-evidence"
    NEVER_PLANNED = "never-planned"
    NEVER_TOLD = "never-told"  # detail: the columns
    ANOTHER_KIND = "another-kind"  # detail: the kind
    ANOTHER_LEVEL = "another-level"  # detail: the level
    DROPPED = "dropped"  # detail: the resolution
    NO_FIRST_COMMIT = "no-first-commit"
    NO_SIZE = "no-size"
    BEGINS_AFTER = "begins-after"
    NEGATIVE_PART = "negative-part"  # detail: the part of the way to production
    UNLINKED = "unlinked"  # detail: the days of the horizon, where there is one
    NAMES_NOTHING = "names-nothing"
    REVERSED = "reversed"
    LEADERS_OWN = "leaders-own"
    LEADERS_WITHHELD = "leaders-withheld"
    NO_SUCH_TEAM = "no-such-team"
    NO_START = "no-start"
    DONE_BEFORE_START = "done-before-start"


def deployments(scope: Scope) -> Any:
    """Deployments of services that nobody owns on that day, and those to other environments than production."""
    known = scope.events.tables["deployments"].rename(about="service", day="finished_at_day")
    known = known.filter(scope.within(known.day))
    elsewhere = without(known, production(scope))
    owned = scope.owned(scope.spelled(elsewhere.rename(service="about")), "day")
    mine = owned.select(
        "id", about="service", day="day", reason=_code(Left.ELSEWHERE), detail="environment", team="team"
    )
    nobodys = without(elsewhere, owned)
    return ibis.union(
        unowned(scope, production(scope), "finished_at_day"), mine,
        nobodys.select("id", "about", "day", reason=_code(Left.ELSEWHERE), detail="environment", team=_none()),
        _regions(scope),
    )  # fmt: skip


def _regions(scope: Scope) -> Any:
    """Deployments that belong to a release whose first region stands for it."""
    found = releases(scope)
    further = found.filter(scope.within(found.finished_at) & ~found.is_first)
    owned = scope.owned(further, "finished_at_day")
    return owned.select(
        "id", about="service", day="finished_at_day", reason=_code(Left.ANOTHER_REGION), detail="release", team="team"
    )


def unsuccessful(scope: Scope) -> Any:
    """The deployments that do not count, those that failed, and those of which it is not known how they ended."""
    known = production(scope)
    rest = scope.owned(
        known.filter(scope.within(known.finished_at_day) & (known.result != "success")), "finished_at_day"
    )
    reason = ibis.cases((rest.result == "failure", Left.FAILED.value), else_=Left.UNKNOWN_RESULT.value)
    return ibis.union(deployments(scope), _rows(rest, "finished_at_day", reason, "team"))


def changes(scope: Scope) -> Any:
    """Changes that have not reached production, whose service nobody owns, or whose span is not known."""
    merged = with_service(scope, scope.events.tables["changes"])
    day = scope.definition.lead_window
    deployed = deployed_changes(scope)
    owner = scope.authored if scope.attribution == "author" else scope.owned
    within = merged.filter(scope.within(merged.merged_at_day))
    waiting = owner(without(within, deployed_changes(scope, "merged_at_day")), "merged_at_day")
    if day == "deployed_day" and scope.events.has("deployments"):
        waiting = waiting.union(owner(_before_the_first(scope, merged), "merged_at_day").select(waiting.columns))
    whose = owner(deployed, day)
    strays = without(deployed, whose)
    homeless = within.filter(within.service.isnull())
    lost = _code(Left.NO_TEAM_OF_AUTHOR) if scope.attribution == "author" else _without_owner(strays)
    begin = whose.merged_at if scope.definition.lead == "merge-to-deployment" else whose.first_commit_at
    spanless = whose.filter(hours_between(begin, whose.deployed_at).isnull())
    if scope.definition.lead in ("rounded-parts", "known-parts"):
        spanless = spanless.filter(spanless.first_commit_at.isnull() & spanless.opened_at.isnull())
    reason = ibis.cases((spanless.first_commit_at.isnull(), Left.NO_FIRST_COMMIT.value), else_=Left.BEGINS_AFTER.value)
    return ibis.union(
        _rows(strays, "deployed_day", lost, None),
        _homeless(scope, homeless),
        _waiting(scope, waiting),
        _rows(spanless, "deployed_day", reason, "team"),
        *(_negative(whose, part) for part in PARTS),
    )


def sizeless(scope: Scope) -> Any:
    """Changes that reached production and do not say how many lines they changed."""
    deployed = scope.owned(deployed_changes(scope, "deployed_day"), "deployed_day")
    unknown = deployed.filter(deployed.additions.isnull() | deployed.deletions.isnull())
    return _rows(unknown, "deployed_day", _code(Left.NO_SIZE), "team")


def _before_the_first(scope: Scope, changes: Any) -> Any:
    """Changes merged before the window that the first known deployment of their service, which lies in it, must not be taken to have
    carried: all that was merged until then would land on it."""
    firsts = sorted(service for service, at in scope.profile.first.items() if scope.first <= at.date() < scope.end)
    early = changes.filter(
        changes.service.isin(firsts)
        & (changes.merged_at_day < ibis.literal(scope.first))
        & changes.deployed_at.isnull()
    )
    early = early.filter(early.deployment_id.isnull() & ~early.deployment_told.fill_null(False))
    return since_the_first(scope, without_carried(scope, early), before=True)


def _homeless(scope: Scope, changes: Any) -> Any:
    """Changes whose service cannot be told: their repository is nobody's, or holds several."""
    shared = changes.repository.isin(scope.profile.shared_repositories or ("",))
    reason = ibis.cases((shared, Left.SEVERAL_SERVICES.value), else_=Left.NO_SERVICE.value)
    return changes.select(
        "id", about=changes.repository, day="merged_at_day", reason=reason, detail=changes.repository, team=_none()
    )


def _waiting(scope: Scope, waiting: Any) -> Any:
    """Why a change is in no deployment: it names one that did not reach production, its source says that none carried it, or nobody
    says and it was merged before the first one that is known, into another branch, or after the last."""
    if not scope.events.has("deployments"):
        return _rows(waiting, "merged_at_day", _code(Left.NOT_DEPLOYED), "team")
    early = since_the_first(scope, waiting, before=True).select("id").distinct().rename(early_="id")
    aside = on_the_branch(scope, waiting, other=True).select("id").distinct().rename(aside_="id")
    joined = waiting.left_join(early, waiting.id == early.early_)
    joined = joined.left_join(aside, joined.id == aside.aside_)
    reason = ibis.cases(
        (joined.deployment_id.notnull(), Left.NAMED_FAILED.value),
        (joined.deployment_told.fill_null(False), Left.TOLD_NONE.value),
        (joined.early_.notnull(), Left.BEFORE_FIRST.value),
        (joined.aside_.notnull(), Left.OTHER_BRANCH.value),
        else_=Left.NOT_DEPLOYED.value,
    )
    detail = ibis.cases(
        (joined.deployment_id.notnull(), joined.deployment_id),
        (joined.aside_.notnull(), joined.base_branch),
        else_=_none(),
    )
    return joined.select("id", about="service", day="merged_at_day", reason=reason, detail=detail, team="team")


def _negative(changes: Any, part: str) -> Any:
    """Changes of which a part is negative: it is left out of the part's median."""
    begin, end = PARTS[part]
    found = changes.filter(changes[end] < changes[begin])
    return _rows(found, "deployed_day", _code(Left.NEGATIVE_PART), "team", detail=part)


def recovery(scope: Scope) -> Any:
    """Incidents that are counted against no deployment (where only linked ones count), and those resolved before they opened."""
    return unlinked(scope) if scope.definition.recovery_of == "linked" else incidents(scope)


def fails(scope: Scope) -> Any:
    """The deployments that do not count, those of teams of which nothing could say that one failed, and the incidents linked to none."""
    found = deployments(scope)
    counts_all = scope.definition.fails == "incidents"
    if not scope.events.has("incidents"):
        return ibis.union(found, _without_evidence(scope))
    return found if counts_all else ibis.union(found, unlinked(scope))


def _without_evidence(scope: Scope) -> Any:
    """The deployments of which nothing could say that they failed."""
    known = scope.profile.teams_where("failures") | scope.profile.teams_where("reverted")
    others = set(scope.organisation.teams) - known
    found = first_of_each(releases(scope))
    found = scope.owned(found.filter(scope.within(found.finished_at)), "finished_at_day", others)
    return _rows(found, "finished_at_day", _code(Left.NO_EVIDENCE), "team")


def unplanned(scope: Scope) -> Any:
    """The deployments that do not count, and those of teams that never say whether one was planned."""
    others = set(scope.organisation.teams) - scope.profile.teams_where("planned")
    found = first_of_each(releases(scope))
    found = scope.owned(found.filter(scope.within(found.finished_at)), "finished_at_day", others)
    return ibis.union(deployments(scope), _rows(found, "finished_at_day", _code(Left.NEVER_PLANNED), "team"))


def unlinked(scope: Scope) -> Any:
    """Incidents that are counted against no deployment, and those resolved before they opened."""
    known = incidents_of(scope)
    known = known.filter(scope.within(known.opened_at_day))
    links = incident_links(scope)
    alone = without(known, links, "id", "incident")
    days = str(scope.horizon_days) if scope.definition.horizon else None
    owned = scope.owned(alone, "opened_at_day")
    rest = without(alone, owned)
    return ibis.union(
        _rows(owned, "opened_at_day", _code(Left.UNLINKED), "team", detail=days),
        _rows(rest, "opened_at_day", _code(Left.NAMES_NOTHING), None),
        _reversed(scope, known),
        _no_incidents(scope),
    )


def _no_incidents(scope: Scope) -> Any:
    """Rows of the table that are no incidents: bugs and other kinds, and what was closed as nothing to be done."""
    known = scope.events.tables["incidents"]
    others = scope.spelled(without(known.filter(scope.within(known.opened_at_day)), incidents_of(scope)))
    owned = scope.owned(others, "opened_at_day")
    told = _why_no_incident(scope, owned).select(
        "id", about="service", day="opened_at_day", reason="why_", detail="about_", team="team"
    )
    rest = _why_no_incident(scope, without(others, owned))
    return told.union(
        rest.select("id", about="service", day="opened_at_day", reason="why_", detail="about_", team=_none())
    )


def _why_no_incident(scope: Scope, rows: Any) -> Any:
    kind = rows.kind.notnull() & (rows.kind.lower() != INCIDENT)
    reason = ibis.cases(
        (~stands(scope, rows), Left.DROPPED.value), (kind, Left.ANOTHER_KIND.value), else_=Left.ELSEWHERE.value
    )
    about = ibis.cases((~stands(scope, rows), rows.resolution), (kind, rows.kind), else_=rows.environment)
    return rows.mutate(why_=reason, about_=about)


def _reversed(scope: Scope, incidents: Any) -> Any:
    """Incidents that were resolved before they opened: counted, but without hours."""
    wrong = scope.owned(incidents.filter(incidents.resolved_at < incidents.opened_at), "opened_at_day")
    return _rows(wrong, "opened_at_day", _code(Left.REVERSED), "team")


def incidents(scope: Scope) -> Any:
    """Incidents of services that nobody owns on that day, and those resolved before they opened."""
    known = incidents_of(scope)
    return ibis.union(
        unowned(scope, known, "opened_at_day"),
        _reversed(scope, known.filter(scope.within(known.opened_at_day))),
        _no_incidents(scope),
    )


def teamless(table: str, day: str, *, leaders: Left = Left.LEADERS_OWN) -> Any:
    """A function that gives the events of a table whose team is not in the file; `leaders` is why the leaders' own are among them."""

    def found(scope: Scope) -> Any:
        events = scope.events.tables[table]
        events = events.filter(scope.within(events[day]))
        counting = scope if scope.by == "organisation" and leaders == Left.LEADERS_OWN else scope.each_team()
        rest = without(events, counting.of_team(events)).rename(about="team")
        reason = ibis.cases((rest.about.isnull(), leaders.value), else_=Left.NO_SUCH_TEAM.value)
        return rest.select("id", "about", day=rest[day], reason=reason, detail=_none(), team=_none())

    return found


def untold(table: str, day: str, *columns: str) -> Any:
    """A function that gives the events of teams that never fill these columns, and those whose team is not in the file."""

    def found(scope: Scope) -> Any:
        events = scope.events.tables[table]
        rest = scope.of_team(without(events.filter(scope.within(events[day])), telling(events, *columns)))
        own = rest.select(
            "id",
            about="team",
            day=rest[day],
            reason=_code(Left.NEVER_TOLD),
            detail=ibis.literal(" or ".join(columns)),
            team="team",
        )
        return ibis.union(teamless(table, day)(scope), own)

    return found


def startless(scope: Scope) -> Any:
    """Work items without a start, or done before it, and those whose team is not in the file."""
    items = done(scope)
    items = scope.of_team(items.filter(scope.within(items.done_at_day)))
    items = items.filter(hours_between(items.started_at, items.done_at).isnull())
    reason = ibis.cases((items.started_at.isnull(), Left.NO_START.value), else_=Left.DONE_BEFORE_START.value)
    own = items.select("id", about="team", day="done_at_day", reason=reason, detail=_none(), team="team")
    return ibis.union(undone(scope), own)


def undone(scope: Scope) -> Any:
    """Work items whose team is not in the file, that were dropped instead of done, or whose level is not counted."""
    items = scope.events.tables["work_items"]
    items = scope.of_team(items.filter(scope.within(items.done_at_day)))
    rest = without(items, done(scope))
    dropped = ~stands(scope, rest)
    reason = ibis.cases((dropped, Left.DROPPED.value), else_=Left.ANOTHER_LEVEL.value)
    detail = ibis.cases((dropped, rest.resolution), else_=rest.level)
    own = rest.select("id", about="team", day="done_at_day", reason=reason, detail=detail, team="team")
    return ibis.union(teamless("work_items", "done_at_day")(scope), own)


def unowned(scope: Scope, events: Any, day: str) -> Any:
    """The events of the window whose service belongs to no team on their day."""
    events = events.filter(scope.within(events[day]))
    rest = without(events, scope.each_team().owned(events, day))
    return _rows(rest, day, _without_owner(rest), None)


def _without_owner(events: Any) -> Any:
    return ibis.cases((events.service.isnull(), Left.NO_SERVICE.value), else_=Left.NO_OWNER.value)


def _rows(events: Any, day: str, reason: Any, team: str | None, *, detail: str | None = None) -> Any:
    told = _none() if detail is None else ibis.literal(detail)
    return events.select("id", about="service", day=events[day], reason=reason, detail=told, team=team or _none())


def _code(left: Left) -> Any:
    return ibis.literal(left.value)


def _none() -> Any:
    return ibis.null("string")
