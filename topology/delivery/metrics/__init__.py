"""The delivery metrics, one module each. A metric is a value: adding one adds a module and a line here."""

from __future__ import annotations

from topology.delivery.metrics import (
    bug_trend,
    change_fail_rate,
    change_lead_time,
    cross_changes,
    decisions_by_both,
    delay_slip,
    deployment_frequency,
    deployment_rework_rate,
    engineers_met_users,
    failed_deployment_recovery_time,
    flow_load,
    flow_time,
    post_mortems,
    release_success_rate,
    rituals,
    showcases,
    tech_investment_share,
    time_to_restore,
)
from topology.delivery.metrics.metric import Family, Metric

_ALL = (
    deployment_frequency.METRIC,
    change_lead_time.METRIC,
    change_fail_rate.METRIC,
    failed_deployment_recovery_time.METRIC,
    deployment_rework_rate.METRIC,
    time_to_restore.METRIC,
    tech_investment_share.METRIC,
    flow_time.METRIC,
    flow_load.METRIC,
    bug_trend.METRIC,
    release_success_rate.METRIC,
    cross_changes.METRIC,
    rituals.HELD,
    rituals.BOTH,
    rituals.BALANCE,
    decisions_by_both.METRIC,
    engineers_met_users.METRIC,
    showcases.METRIC,
    delay_slip.METRIC,
    post_mortems.METRIC,
    post_mortems.ACTIONS,
)
METRICS: dict[str, Metric] = {metric.id: metric for metric in _ALL}

__all__ = ["METRICS", "Family", "Metric"]
