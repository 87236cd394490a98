"""Named definitions: how tools that people compare with compute the same metrics, so that their numbers can be reproduced.

Each was read in the tool's own source; `source` says where, and `differs` what these tables cannot reproduce.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from topology.delivery.statistics import Statistic
from topology.delivery.units import Unit, count_of

FREQUENCY, LEAD, FAILS = "deployment-frequency", "change-lead-time", "change-fail-rate"
RECOVERY, REWORK = "failed-deployment-recovery-time", "deployment-rework-rate"
DORA = (FREQUENCY, LEAD, FAILS, RECOVERY, REWORK)


@dataclass(frozen=True, slots=True)
class Frequency:
    """How deployments are counted: themselves or the days that have one, by which span, and the average over these spans."""

    of: Literal["deployments", "days", "versions"] = "deployments"
    """`versions`: each commit of a service once, however often it was deployed."""
    per: Literal["week", "day", "window"] = "week"
    average: Literal["median", "lower-median", "mean", "whole-mean"] = "median"
    """`whole-mean`: the mean cut to a whole number, by day (times seven) or by week, whichever gives more."""

    @property
    def unit(self) -> Unit:
        """Such as "deployment days per week"."""
        what = {"deployments": "deployment", "days": "deployment day", "versions": "deployed version"}[self.of]
        return count_of(what, f"{what}s", " in the window" if self.per == "window" else f" per {self.per}")


@dataclass(frozen=True)
class Definition:
    """How a tool computes the DORA metrics. `formulas` holds {metric: its formula in words}; one that is absent is not defined."""

    id: str
    name: str
    source: str
    formulas: Mapping[str, str] = field(default_factory=dict)
    differs: str = ""
    frequency: Frequency = field(default_factory=Frequency)
    lead: Literal["commit-to-deployment", "positive", "merge-to-deployment", "rounded-parts", "known-parts"] = (
        "commit-to-deployment"
    )
    """Which span: to the deployment from the first commit (`positive`: none of 0) or from the merge, the sum of the parts
    in minutes rounded up, or the sum of the parts that are known."""
    lead_window: Literal["deployed_day", "merged_at_day"] = "deployed_day"
    average: Statistic = "median"
    """Of the spans of time: lead time and recovery."""
    fails: Literal["deployments", "linked-incidents", "incidents"] = "deployments"
    """What the fail rate counts: deployments that failed, each once; incidents linked to deployments; all incidents."""
    fails_among: Literal["finished", "successful", "changes"] = "finished"
    """What it divides by: the production deployments, the successful ones, or the deployed changes."""
    fails_by: frozenset[str] = frozenset({"is_failed", "is_rolled_back", "is_change_failure", "has_incident"})
    link: Literal["service", "project", "named"] = "service"
    """Which deployment an incident counts against, when it names none: the latest of its service, the latest of all that its
    team (grouping, organisation) owns, or none."""
    horizon: bool = True
    """Whether it must lie within the horizon before the incident."""
    recovery_of: Literal["linked", "all"] = "linked"
    recovery_from: Literal["opened", "deployment", "earlier"] = "opened"
    """When recovery begins: the incident opened, its deployment finished, or whichever was earlier."""
    recovery_window: Literal["opened_at_day", "resolved_at_day"] = "opened_at_day"
    whole_hours: bool = False
    """Whether hours of recovery are cut to whole ones."""
    regions: bool = False
    """Whether one version over several regions is one deployment, where the settings say so."""
    censored: bool = False
    """Whether an open incident counts in the median of recovery with the time that it has been open (Kaplan and Meier 1958)."""
    each_service: bool = False
    """Whether a number is the mean of the services' numbers, however many events each has."""

    def defines(self, metric: str) -> bool:
        """Whether the metric can be computed by this definition."""
        return metric not in DORA or not self.formulas or metric in self.formulas

    @property
    def fail_share(self) -> bool:
        """Whether the fail rate is a share of deployments, which has an interval; a ratio of incidents can pass 1."""
        return self.fails == "deployments" and not self.each_service


DEFAULT = Definition(
    "default",
    "Topology",
    "docs/delivery.md",
    frequency=Frequency("deployments", "week", "mean"),
    regions=True,
    censored=True,
)

DEVLAKE = Definition(
    "devlake", "Apache DevLake",
    "apache/incubator-devlake: grafana/dashboards/DORA.json; backend/plugins/dora/tasks (May 2026)",
    {
        FREQUENCY: "days with a successful production deployment in the week; lower median over weeks, weeks with none included",
        LEAD: "coding + opened to merged + deploy, each in minutes rounded up, negative ones left out; lower median",
        FAILS: "successful production deployments with a linked incident ÷ successful production deployments; an incident counts "
        "against the latest deployment of the whole project before it, however long ago",
        RECOVERY: "resolved_at − the finish of the deployment that the incident counts against, of incidents resolved in the window; "
        "lower median",
    },
    "DevLake leaves out the first deployment of each service from the lead time, and incidents whose deployment lies before the window "
    "from the recovery time.",
    frequency=Frequency("days", "week", "lower-median"), lead="rounded-parts", average="lower-median", fails_among="successful",
    fails_by=frozenset({"has_incident"}), link="project", horizon=False, recovery_from="deployment", recovery_window="resolved_at_day",
)  # fmt: skip

FOURKEYS = Definition(
    "fourkeys", "Four Keys",
    "dora-team/fourkeys: METRICS.md, queries/*.sql, dashboard/fourkeys_dashboard.json (January 2024)",
    {
        FREQUENCY: "days with a successful deployment in the week; interpolated median over weeks, weeks with none included",
        LEAD: "deployed_at − first_commit_at, spans of 0 left out; interpolated median",
        FAILS: "incidents that name their deployment ÷ successful deployments: two incidents on one deployment count twice",
        RECOVERY: "resolved_at − the opening of the incident or the finish of its deployment, whichever was earlier, in whole hours, of "
        "all incidents; interpolated median",
    },
    "Four Keys takes weeks from Sunday, one lead time for each commit instead of each change, and knows no environment.",
    frequency=Frequency("days", "week"), lead="positive", fails="linked-incidents", fails_among="successful",
    link="named", horizon=False, recovery_of="all", recovery_from="earlier", whole_hours=True,
)  # fmt: skip

GITLAB = Definition(
    "gitlab", "GitLab",
    "docs.gitlab.com/user/analytics/dora_metrics; gitlab ee/app/models/dora",
    {
        FREQUENCY: "successful production deployments ÷ days of the window",
        LEAD: "deployed_at − merged_at; median of the daily medians",
        FAILS: "incidents opened in the window ÷ successful production deployments, linked or not",
        RECOVERY: "resolved_at − opened_at of all incidents resolved in the window; median of the daily medians",
    },
    "GitLab takes the daily medians of each environment.",
    frequency=Frequency("deployments", "day", "mean"), lead="merge-to-deployment", average="median-of-days", fails="incidents",
    fails_among="successful", link="named", recovery_of="all", recovery_window="resolved_at_day",
)  # fmt: skip

MIDDLEWARE = Definition(
    "middleware", "Middleware",
    "middlewarehq/middleware: backend/analytics_server/mhq/service (August 2025)",
    {
        FREQUENCY: "successful production deployments ÷ weeks, cut to a whole number; seven times the same by day where that is more",
        LEAD: "coding + pickup + review + deploy of changes merged in the window, a part that is not known counts 0; mean",
        FAILS: "production deployments with a linked incident ÷ production deployments, failed ones among them; an incident counts "
        "against the latest deployment of the whole team before it",
        RECOVERY: "resolved_at − opened_at of all incidents resolved in the window; mean",
    },
    "Middleware seeks an incident's deployment only inside the window, and ends a change's lead time when its deployment starts.",
    frequency=Frequency("deployments", "week", "whole-mean"), lead="known-parts", lead_window="merged_at_day", average="mean",
    fails_by=frozenset({"has_incident"}), link="project", horizon=False, recovery_of="all", recovery_window="resolved_at_day",
)  # fmt: skip

PELORUS = Definition(
    "pelorus", "Pelorus",
    "dora-metrics/pelorus: pelorus-operator/helm-charts/pelorus/templates/prometheus-rules.yaml (October 2025)",
    {
        FREQUENCY: "versions of services that were deployed in the window",
        LEAD: "deployed_at − first_commit_at; mean of each service, then the mean of these means",
        FAILS: "incidents opened in the window ÷ changes deployed in the window, of each service, then the mean of these rates",
        RECOVERY: "resolved_at − opened_at of all incidents; mean of each service, then the mean of these means",
    },
    "Pelorus takes one lead time for each commit instead of each change.",
    frequency=Frequency("versions", "window"), average="mean", fails="incidents", fails_among="changes", link="named",
    recovery_of="all", each_service=True,
)  # fmt: skip

DEFINITIONS: Mapping[str, Definition] = {
    one.id: one for one in (DEFAULT, DEVLAKE, FOURKEYS, GITLAB, MIDDLEWARE, PELORUS)
}
