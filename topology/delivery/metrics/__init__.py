"""The delivery metrics, one module each. A metric is a value: adding one adds a module and a line here."""

from __future__ import annotations

from topology.delivery.metrics import (
    change_fail_rate,
    change_lead_time,
    deployment_frequency,
    deployment_rework_rate,
    failed_deployment_recovery_time,
    flow_time,
    tech_investment_share,
)
from topology.delivery.metrics.metric import Metric

_MODULES = (
    deployment_frequency,
    change_lead_time,
    change_fail_rate,
    failed_deployment_recovery_time,
    deployment_rework_rate,
    tech_investment_share,
    flow_time,
)
METRICS: dict[str, Metric] = {module.METRIC.id: module.METRIC for module in _MODULES}

__all__ = ["METRICS", "Metric"]
