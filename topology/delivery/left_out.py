"""What a number leaves out: the events of the window that do not count, each with its reason.

Every function gives a table (id, about, day, reason, detail, team): `about` is the service or team that the event names, `reason`
a `Left`, `detail` what its sentence needs beside it, `team` the one whose number it is missing from, null when nobody's.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import ibis

from topology.delivery.links import PARTS, deployed_changes, incident_links, production, with_service
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
    NO_FIRST_COMMIT = "no-first-commit"
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
    return ibis.union(
        unowned(scope, production(scope), "finished_at_day"),
        elsewhere.select(
            "id", "about", "day", reason=_code(Left.ELSEWHERE), detail=elsewhere.environment, team=_none()
        ),
    )


def unsuccessful(scope: Scope) -> Any:
    """The deployments that do not count, and those that failed."""
    known = production(scope)
    failed = scope.owned(
        known.filter(scope.within(known.finished_at_day) & (known.result == "failure")), "finished_at_day"
    )
    return ibis.union(deployments(scope), _rows(failed, "finished_at_day", _code(Left.FAILED), "team"))


def changes(scope: Scope) -> Any:
    """Changes that have not reached production, whose service nobody owns, or whose span is not known."""
    merged = with_service(scope, scope.events.tables["changes"])
    deployed = deployed_changes(scope)
    owner = scope.authored if scope.attribution == "author" else scope.owned
    never = without(merged.filter(scope.within(merged.merged_at_day)), deployed)
    waiting = owner(never, "merged_at_day")
    counted = deployed.filter(scope.within(deployed[scope.definition.lead_window]))
    whose = owner(counted, scope.definition.lead_window)
    strays = without(counted, whose)
    lost = _code(Left.NO_TEAM_OF_AUTHOR) if scope.attribution == "author" else _without_owner(strays)
    begin = whose.merged_at if scope.definition.lead == "merge-to-deployment" else whose.first_commit_at
    spanless = whose.filter(hours_between(begin, whose.deployed_at).isnull())
    if scope.definition.lead in ("rounded-parts", "known-parts"):
        spanless = spanless.filter(spanless.first_commit_at.isnull() & spanless.opened_at.isnull())
    reason = ibis.cases((spanless.first_commit_at.isnull(), Left.NO_FIRST_COMMIT.value), else_=Left.BEGINS_AFTER.value)
    return ibis.union(
        _rows(strays, "deployed_day", lost, None),
        _rows(waiting, "merged_at_day", _code(Left.NOT_DEPLOYED), "team"),
        _rows(spanless, "deployed_day", reason, "team"),
        *(_negative(whose, part) for part in PARTS),
    )


def _negative(changes: Any, part: str) -> Any:
    """Changes of which a part is negative: it is left out of the part's median."""
    begin, end = PARTS[part]
    found = changes.filter(changes[end] < changes[begin])
    return _rows(found, "deployed_day", _code(Left.NEGATIVE_PART), "team", detail=part)


def recovery(scope: Scope) -> Any:
    """Incidents that are counted against no deployment (where only linked ones count), and those resolved before they opened."""
    return unlinked(scope) if scope.definition.recovery_of == "linked" else incidents(scope)


def fails(scope: Scope) -> Any:
    """The deployments that do not count, and the incidents that are linked to none."""
    found = deployments(scope)
    counts_all = scope.definition.fails == "incidents"
    return ibis.union(found, unlinked(scope)) if scope.events.has("incidents") and not counts_all else found


def unlinked(scope: Scope) -> Any:
    """Incidents that are counted against no deployment, and those resolved before they opened."""
    known = scope.events.tables["incidents"]
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
    )


def _reversed(scope: Scope, incidents: Any) -> Any:
    """Incidents that were resolved before they opened: counted, but without hours."""
    wrong = scope.owned(incidents.filter(incidents.resolved_at < incidents.opened_at), "opened_at_day")
    return _rows(wrong, "opened_at_day", _code(Left.REVERSED), "team")


def incidents(scope: Scope) -> Any:
    """Incidents of services that nobody owns on that day, and those resolved before they opened."""
    known = scope.events.tables["incidents"]
    return ibis.union(
        unowned(scope, known, "opened_at_day"), _reversed(scope, known.filter(scope.within(known.opened_at_day)))
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


def startless(scope: Scope) -> Any:
    """Work items without a start, or done before it, and those whose team is not in the file."""
    items = scope.events.tables["work_items"]
    items = scope.of_team(items.filter(scope.within(items.done_at_day)))
    items = items.filter(hours_between(items.started_at, items.done_at).isnull())
    reason = ibis.cases((items.started_at.isnull(), Left.NO_START.value), else_=Left.DONE_BEFORE_START.value)
    own = items.select("id", about="team", day="done_at_day", reason=reason, detail=_none(), team="team")
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
