"""Which deployment an incident is counted against, and when a change first reached production: decided when events are read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from topology.delivery.production import near, production, releases, successful
from topology.delivery.profile import SEVERAL, changes_fill, dropped_words, groups_of, incidents_fill, places_of
from topology.delivery.scope import Scope, beginning, without

# The parts of a change's way to production: (from, to); a negative part is left out and listed.
PARTS = {
    "coding_hours": ("first_commit_at", "opened_at"),
    "pickup_hours": ("opened_at", "first_review_at"),
    "review_hours": ("first_review_at", "merged_at"),
    "deploy_hours": ("merged_at", "deployed_at"),
}
INCIDENT = "incident"

# -- incidents ----------------------------------------------------------------------------------------------------------


def incidents(scope: Scope) -> Any:
    """The incidents, with their service and the deployment that they name: rows of the kind `incident` (or of none) of production
    (or of no named environment) that were not closed as a duplicate or as nothing to be done. Bugs are none."""
    found = scope.events.tables["incidents"]
    found = found.filter((found.kind.isnull() | (found.kind.lower() == INCIDENT)) & stands(scope, found))
    if elsewhere := scope.profile.incidents_elsewhere:
        found = found.filter(found.environment.isnull() | found.environment.notin(elsewhere))
    if scope.events.has("deployments"):
        named = _named(scope)
        joined = found.left_join(named, found.caused_by == named.named)
        found = joined.mutate(service=ibis.coalesce(joined.service, joined.named_service)).drop(*named.columns)
    return scope.spelled(found)


def stands(scope: Scope, rows: Any) -> Any:
    """A condition: an incident or item was not closed as something that was never to be done."""
    return rows.resolution.isnull() | rows.resolution.notin(dropped_words(scope.events) or ("",))


def _named(scope: Scope) -> Any:
    """Table (named, named_service): deployments under their ids, with their services as they are written."""
    deployments = scope.events.tables["deployments"]
    return deployments.select(named="id", named_service="service")


def incident_links(scope: Scope) -> Any:
    """Table (incident, deployment, finished_at[, team]): the incidents that are linked to a deployment, once each.

    The first that applies: the deployment that the incident names (`caused_by`); by the definition, the latest D, failed or not (of
    the same service; of all that the team owns, then with `team`) that finished at or before the incident opened, within the horizon.
    Every other incident is unlinked, and so is one of which the source's own table of links says that none caused it. One
    that counts against a release of several regions counts against the first of them.
    """
    return scope.fact("incident_links", lambda: _incident_links(scope))


def _incident_links(scope: Scope) -> Any:
    definition, found = scope.definition, incidents(scope)
    whole = definition.link == "project"
    columns = {"team": "team"} if whole else {}
    links = []
    if incidents_fill(scope.events)["caused_by"] or definition.link == "named":
        named = _named_releases(scope)
        told = found.inner_join(named, found.caused_by == named.named)
        told = scope.owned(told, "opened_at_day") if whole else told
        links.append(told.select(incident="id", deployment="release", finished_at="at_", **columns).distinct())
        found = without(found, named, "caused_by", "named")
    if definition.link != "named":
        asked = found.filter(~found.cause_told.fill_null(False))
        latest = _latest(scope, asked, "team" if whole else "service")
        links.append(latest.select("incident", "deployment", "finished_at", *columns))
    return ibis.union(*links).distinct() if len(links) > 1 else links[0].distinct()


def _named_releases(scope: Scope) -> Any:
    """Table (named, release, at_): every production deployment, and the release that it counts in."""
    of_window = releases(scope).select(member="id", first="release").distinct()
    every = production(scope).select(named="id", at_="finished_at").distinct()
    joined = every.left_join(of_window, every.named == of_window.member)
    return joined.select("named", "at_", release=ibis.coalesce(joined["first"], joined.named))


def _latest(scope: Scope, asked: Any, by: str) -> Any:
    """Table (by, incident, deployment, finished_at): the latest deployment before each incident that may count."""
    definition = scope.definition
    candidates = releases(scope) if definition.horizon else production(scope).mutate(release=lambda t: t.id)
    if definition.fails_among != "finished":
        candidates = candidates.filter(candidates.result == "success")
    if definition.horizon:
        asked = near(scope, asked, "opened_at")
    if by == "team":
        asked, candidates = scope.owned(asked, "opened_at_day"), scope.owned(candidates, "finished_at_day")
    latest = latest_before(asked, candidates.mutate(id=candidates.release), by)
    if definition.horizon:
        latest = latest.filter(latest.finished_at >= latest.opened_at - ibis.interval(days=scope.horizon_days))
    return latest


def latest_before(incidents: Any, deployments: Any, by: str) -> Any:
    """Table (by, incident, opened_at, deployment, finished_at): the last deployment with the same `by` at or before each incident.

    An as-of join by one sort instead of a join of all pairs: both stand in one line by time, each incident belongs to the
    deployment whose running number it shares.
    """
    first = deployments.select(
        by, deployment="id", incident=ibis.null("string"), at="finished_at", later=ibis.literal(0)
    )
    second = incidents.select(by, deployment=ibis.null("string"), incident="id", at="opened_at", later=ibis.literal(1))
    line = _line(first, second, by, ["at", "later", "deployment", "incident"])
    found = line.filter(line.incident.notnull() & line.latest.notnull())
    return found.select(by, "incident", opened_at="at", deployment="latest", finished_at="latest_at")


def first_after(changes: Any, deployments: Any, by: str) -> Any:
    """Table (by, change, deployed_at, deployed_day): the first deployment with the same `by` that started at or after each merge."""
    start = ibis.coalesce(deployments.started_at, deployments.finished_at)
    first = deployments.select(by, deployment="id", incident=ibis.null("string"), at=start, later=ibis.literal(1), end="finished_at",
                               day="finished_at_day")  # fmt: skip
    second = changes.select(by, deployment=ibis.null("string"), incident="id", at="merged_at", later=ibis.literal(0),
                            end=ibis.null(start.type()), day=ibis.null("date"))  # fmt: skip
    line = _line(first, second, by, [ibis.desc("at"), ibis.desc("later"), "deployment", "incident"], "end", "day")
    found = line.filter(line.incident.notnull() & line.latest.notnull())
    return found.select(by, change="incident", deployed_at="latest_end", deployed_day="latest_day")


def _line(first: Any, second: Any, by: str, order: list[Any], *more: str) -> Any:
    """Deployments and other events in one line, each with the `latest` deployment before it in the order, and of that `at` and more."""
    line = ibis.union(first, second).filter(lambda t: t[by].notnull())
    line = line.mutate(run=line.deployment.count().over(ibis.cumulative_window(group_by=by, order_by=order)))
    run = ibis.window(group_by=[by, "run"])
    own = {
        f"latest_{name}": ibis.cases((line.deployment.notnull(), line[name]), else_=ibis.null(line[name].type()))
        .max()
        .over(run)
        for name in ("at", *more)
    }
    return line.mutate(latest=line.deployment.max().over(run), **own)


# -- changes ------------------------------------------------------------------------------------------------------------


def deployed_changes(scope: Scope, day: str = "") -> Any:
    """The changes that reached production in the window (those merged in it, where `day` or the definition says so), once for each service,
    with `deployed_at`, `deployed_day` and their `service`.

    The first that applies: (1) what the change, or its source's own table of links, says: the time, or the deployment, whose commit's
    first success counts; (2) the first success whose commits hold the change's merge commit; (3) the first success of the service that
    started after the merge, for changes merged into the branch that is deployed, not before the first deployment that is known.
    """
    changes = with_service(scope, scope.events.tables["changes"])
    by_deployment = (day or scope.definition.lead_window) == "deployed_day"
    if not by_deployment:
        changes = changes.filter(scope.within(changes.merged_at))
    said = changes.filter(changes.deployed_at.notnull()).mutate(deployed_day=changes.deployed_at_day)
    columns = said.columns
    ways = [said] if changes_fill(scope.events)["deployed_at"] else []
    if scope.events.has("deployments"):
        asked = changes.filter(changes.deployed_at.isnull()).drop("deployed_at")
        since = scope.first if by_deployment else None
        ways += [way(scope, asked, since).select(columns) for way in _ways(scope)]
    found = ibis.union(*ways) if len(ways) > 1 else (ways or [said])[0]
    return found.filter(scope.within(found.deployed_day)) if by_deployment else found


def _ways(scope: Scope) -> list[Any]:
    """The ways by which a change that does not say when it was deployed is found in a deployment, of those for which there is anything."""
    fills = changes_fill(scope.events)
    return [
        *([_by_name] if fills["deployment_id"] else []), *([_by_commit] if fills["merge_sha"] else []),
        *([_by_time] if _may_follow(scope) else []),
    ]  # fmt: skip


def _may_follow(scope: Scope) -> bool:
    """Whether any change names no deployment of its own: only then time has to decide."""
    return changes_fill(scope.events)["deployment_id"] < sum(one.count for one in places_of(scope.events))


def _by_name(scope: Scope, asked: Any, since: dt.date | None) -> Any:
    """The change names a deployment: the first success of its commit counts (of itself where no commit is known); of several that it
    names, the earliest."""
    several = changes_fill(scope.events)["several"]
    firsts = _first_of_named(scope, since)
    if several:  # (in the window alone each of them could be a later one)
        firsts = _first_of_named(scope, None)
        asked = asked.mutate(deployment_id=asked.deployment_id.split(SEVERAL).unnest())
    linked = asked.inner_join(firsts, asked.deployment_id == firsts.named)
    own = linked.service.isnull() | (linked.service == linked.named_service)
    found = linked.filter(own).mutate(service=ibis.coalesce(linked.service, linked.named_service))
    if not several:
        return found
    order = ibis.window(group_by=["id", "service"], order_by=["deployed_at", "deployment_id"])
    found = found.mutate(turn_=ibis.row_number().over(order))
    return found.filter(found.turn_ == 0).drop("turn_")


def _first_of_named(scope: Scope, since: dt.date | None) -> Any:
    """Table (named, named_service, deployed_at, deployed_day): each deployment whose commit first succeeded in its service (in the window,
    with `since`), and when."""

    def make() -> Any:
        everything = scope.spelled(scope.events.tables["deployments"])
        everything = everything.select(
            named="id", named_service="service", commit_=ibis.coalesce(everything.commit_sha, everything.id)
        )
        firsts = _first_of_commits(scope, since)
        same = [everything.named_service == firsts.service, everything.commit_ == firsts.carried]
        return everything.inner_join(firsts, same).select("named", "named_service", "deployed_at", "deployed_day")

    return scope.fact("first_deployments", make, since)


def _first_of_commits(scope: Scope, since: dt.date | None) -> Any:
    """Table (service, carried, deployed_at, deployed_day): when each commit (each deployment without one) first succeeded; with `since`
    those that did so in the window alone."""
    deployments = successful(scope)
    carried = deployments.mutate(carried=ibis.coalesce(deployments.commit_sha, deployments.id))
    asked = carried if since is None else carried.filter(scope.within(carried.finished_at))
    firsts = asked.group_by(["service", "carried"]).aggregate(
        deployed_at=asked.finished_at.min(), deployed_day=asked.finished_at_day.min()
    )
    if since is None:
        return firsts
    before = carried.filter(carried.finished_at < beginning(since, carried.finished_at)).select(
        of_="service", sha_="carried"
    )
    joined = firsts.left_join(before, [firsts.service == before.of_, firsts.carried == before.sha_])
    return joined.filter(joined.of_.isnull()).drop("of_", "sha_")


def _by_commit(scope: Scope, asked: Any, since: dt.date | None) -> Any:
    """A deployment of its service carries the change's merge commit."""
    firsts = _carrying(scope)
    firsts = firsts if since is None else firsts.filter(firsts.deployed_day >= ibis.literal(since))
    asked = _without_a_word(asked)
    return asked.inner_join(firsts, [asked.service == firsts.carrier, asked.merge_sha == firsts.carried])


def _without_a_word(asked: Any) -> Any:
    """The changes of which nobody says which deployment carried them: a source's own table of links that names none says "none"."""
    return asked.filter(asked.deployment_id.isnull() & ~asked.deployment_told.fill_null(False))


def _carrying(scope: Scope) -> Any:
    """Table (carrier, carried, deployed_at, deployed_day): the first success of each service that carried each commit."""

    def make() -> Any:
        deployments = successful(scope)
        one = deployments.select("service", "finished_at", "finished_at_day", carried="commit_sha")
        if any(group.commits for group in groups_of(scope.events)):
            listed = deployments.filter(deployments.commits.notnull())
            several = listed.select(
                "service", "finished_at", "finished_at_day", carried=listed.commits.split(SEVERAL).unnest()
            )
            one = ibis.union(one, several.mutate(carried=several.carried.strip()))
        known = one.filter(one.carried.notnull())
        return known.group_by(["service", "carried"]).aggregate(
            deployed_at=known.finished_at.min(), deployed_day=known.finished_at_day.min()
        ).rename(carrier="service")  # fmt: skip

    return scope.fact("carried_commits", make)


def _by_time(scope: Scope, asked: Any, since: dt.date | None) -> Any:
    """The first success of its service that started after the merge."""
    asked = following(scope, asked)
    deployments = successful(scope)
    if since is not None:
        asked, deployments = _from_the_last_before(scope, asked, deployments, since)
    found = first_after(asked, deployments, "service").rename(deployer="service")
    return asked.inner_join(found, [asked.service == found.deployer, asked.id == found.change])


def following(scope: Scope, asked: Any) -> Any:
    """The changes whose deployment only the time can tell: they name none, no deployment carries their commit, they were merged into the
    branch that is deployed, and not before the first deployment that the data knows."""
    return on_the_branch(scope, since_the_first(scope, without_carried(scope, _without_a_word(asked))))


def without_carried(scope: Scope, changes: Any) -> Any:
    """The changes whose merge commit no deployment of their service carries."""
    if not changes_fill(scope.events)["merge_sha"]:
        return changes
    carried = _carrying(scope).select("carrier", "carried")
    joined = changes.left_join(carried, [changes.service == carried.carrier, changes.merge_sha == carried.carried])
    return joined.filter(joined.carrier.isnull()).drop("carrier", "carried")


def since_the_first(scope: Scope, changes: Any, *, before: bool = False) -> Any:
    """The changes merged since the first deployment of their service that the data knows; those `before` it."""
    rows = [{"first_of": service, "first_at": first} for service, first in sorted(scope.profile.first.items())]
    firsts = ibis.memtable(rows, schema={"first_of": "string", "first_at": "timestamp('UTC')"})
    joined = changes.inner_join(firsts, changes.service == firsts.first_of)
    late = joined.merged_at >= joined.first_at
    return joined.filter(~late if before else late).drop("first_of", "first_at")


def on_the_branch(scope: Scope, changes: Any, *, other: bool = False) -> Any:
    """The changes merged into the branch that is deployed (one that names no branch is taken for one); those merged into another one."""
    if not changes_fill(scope.events)["base_branch"]:
        return changes.filter(ibis.literal(False)) if other else changes
    rows = [
        {"branch_of": service, "branch_in": repository, "branch_": name}
        for (service, repository), name in sorted(scope.profile.branches.items())
    ]
    branches = ibis.memtable(rows, schema={"branch_of": "string", "branch_in": "string", "branch_": "string"})
    same = [changes.service == branches.branch_of, changes.repository.fill_null("") == branches.branch_in]
    joined = changes.left_join(branches, same)
    base = joined.base_branch.re_replace("^(refs/heads/|origin/)", "")
    into = base.isnull() | joined.branch_.isnull() | (base == joined.branch_)
    return joined.filter(~into if other else into).drop("branch_of", "branch_in", "branch_")


def _from_the_last_before(scope: Scope, asked: Any, deployments: Any, since: dt.date) -> tuple[Any, Any]:
    """Changes and deployments without those that cannot meet in the window: what was merged before a service's last success before it."""
    earlier = deployments.filter(deployments.finished_at < beginning(since, deployments.finished_at))
    starts = earlier.mutate(start_=ibis.coalesce(earlier.started_at, earlier.finished_at))
    last = scope.fact("last_before", lambda: starts.group_by(last_of="service").aggregate(last_=starts.start_.max()))
    joined = asked.left_join(last, asked.service == last.last_of)
    asked = joined.filter(joined.last_.isnull() | (joined.merged_at > joined.last_)).drop("last_of", "last_")
    near_by = deployments.left_join(last, deployments.service == last.last_of)
    start = ibis.coalesce(near_by.started_at, near_by.finished_at)
    return asked, near_by.filter(near_by.last_.isnull() | (start > near_by.last_)).drop("last_of", "last_")


def with_service(scope: Scope, changes: Any) -> Any:
    """The changes with the id of their service, once for each; one that names only its repository has the service of that, or those in
    whose paths it lies; null where that cannot be told."""
    changes = scope.spelled(changes)
    meant = {
        repository: found
        for (service, repository), found in scope.profile.services_of_places.items()
        if not service and repository
    }
    if not meant:
        return changes
    rows = [{"held_": repository, "path_": "", "found_": found[0]} for repository, found in meant.items() if found]
    rows += [
        {"held_": repository, "path_": paths, "found_": one}
        for (repository, paths), found in scope.profile.services_of_paths.items() for one in found
    ]  # fmt: skip
    table = ibis.memtable(rows, schema={"held_": "string", "path_": "string", "found_": "string"})
    same = [
        changes.service.isnull(), changes.repository == table.held_,
        (table.path_ == "") | (changes.paths == table.path_),
    ]  # fmt: skip
    joined = changes.left_join(table, same)
    several = any(len(found) > 1 for found in scope.profile.services_of_paths.values())
    more = {"of_": joined.service} if several and "of_" not in changes.columns else {}
    return joined.mutate(service=ibis.coalesce(joined.service, joined.found_), **more).drop("held_", "path_", "found_")
