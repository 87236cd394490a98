"""Whether the effect of what was delivered was measured."""

from __future__ import annotations

import datetime as dt

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, share

AFTER_DAYS, WEEKS = 60, 35  # a half-year of items, and the 60 days after each


def _measured(asked: Asked) -> Found:
    """Roadmap items with an indicator that were due in half a year and have had their 60 days, by whether it was measured in these."""
    rows = asked.evidence.rows("outcomes", WEEKS)
    last = asked.end - dt.timedelta(days=AFTER_DAYS + 1)
    first = last - dt.timedelta(weeks=26)
    days: dict[str, list[dt.date]] = {}
    for listed in rows.by_team.values() if rows else ():
        for row in listed:
            days.setdefault(row["kpi"], []).append(row["measured_at_day"])
    due = [
        {"on": item.due, "kpi": item.kpi}
        for item in asked.organisation.roadmap
        if item.team == asked.id and item.kpi and item.due and first <= item.due <= last
    ]

    def was(item: object) -> bool:
        on, kpi = item["on"], item["kpi"]  # type: ignore[index]
        return any(on <= day <= on + dt.timedelta(days=AFTER_DAYS) for day in days.get(kpi, ()))

    return share(due if rows else (), was, rows.newest if rows else None)


MEASURES = (Measure("effects-measured", Text("Effects measured within 60 days of delivery"), "share", _measured),)
