"""The metrics, one file each: a file that is added here is computed, listed, drawn and laid over the map like the others.

A file is named as its metric is (`flow_load.py` is `flow-load`) and gives it as `METRIC`.
"""

from __future__ import annotations

import importlib
import pkgutil

from topology.delivery.metric import Family, Metric

__all__ = ["METRICS", "Family", "Metric"]

_FOUND = [importlib.import_module(f"{__name__}.{one.name}").METRIC for one in pkgutil.iter_modules(__path__)]
METRICS: dict[str, Metric] = {metric.id: metric for metric in sorted(_FOUND, key=lambda one: one.order)}
