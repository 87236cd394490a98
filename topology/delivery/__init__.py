"""Event tables and the delivery metrics over them. The only home of ibis and DuckDB.

`load_events` reads the tables, `Scope` says for which teams and weeks and by which definition, and each module of
`metrics` turns them into a table with the value, its n and its interval. `read_metric` gives plain rows.
"""

from topology.delivery.definitions import DEFAULT, DEFINITIONS, DORA, Definition
from topology.delivery.events import Events, UnknownZoneError, load_events, load_events_or_say
from topology.delivery.loading import FileReport, LoadReport
from topology.delivery.metric import Family, Metric
from topology.delivery.metrics import METRICS
from topology.delivery.reading import Missing, Reading, read_metric, rows_behind, rows_left_out
from topology.delivery.scope import ORGANISATION, Attribution, By, Scope, earlier_than, weeks_between, whole_weeks
from topology.delivery.units import Unit
from topology.delivery.warehouse import WarehouseError

__all__ = [
    "DEFAULT",
    "DEFINITIONS",
    "DORA",
    "METRICS",
    "ORGANISATION",
    "Attribution",
    "By",
    "Definition",
    "Events",
    "Family",
    "FileReport",
    "LoadReport",
    "Metric",
    "Missing",
    "Reading",
    "Scope",
    "Unit",
    "UnknownZoneError",
    "WarehouseError",
    "earlier_than",
    "load_events",
    "load_events_or_say",
    "read_metric",
    "rows_behind",
    "rows_left_out",
    "weeks_between",
    "whole_weeks",
]
