"""The delivery metrics, one module each. A metric is a value: adding one adds a module and a line here."""

from __future__ import annotations

from topology.delivery.metrics import change_fail_rate, change_lead_time, deployment_frequency
from topology.delivery.metrics.metric import Metric

METRICS: dict[str, Metric] = {
    module.METRIC.id: module.METRIC for module in (deployment_frequency, change_lead_time, change_fail_rate)
}

__all__ = ["METRICS", "Metric"]
