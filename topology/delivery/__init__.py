"""Event tables and the delivery metrics over them. The only home of ibis and DuckDB.

`load_events` reads the tables, `Scope` says for which teams and weeks, and each module of `metrics` turns them into a
table with the value, its n and its interval. `read_metric` gives plain rows.
"""

from topology.delivery.events import Events, UnknownZoneError, load_events
from topology.delivery.loading import FileReport, LoadReport
from topology.delivery.metrics import METRICS, Metric
from topology.delivery.reading import Reading, read_metric, rows_behind
from topology.delivery.scope import ORGANISATION, By, Scope, weeks_between, whole_weeks

__all__ = [
    "METRICS",
    "ORGANISATION",
    "By",
    "Events",
    "FileReport",
    "LoadReport",
    "Metric",
    "Reading",
    "Scope",
    "UnknownZoneError",
    "load_events",
    "read_metric",
    "rows_behind",
    "weeks_between",
    "whole_weeks",
]
