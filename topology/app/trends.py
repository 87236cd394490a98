"""A metric of one team (grouping, organisation) week by week, as a small chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from topology.app.chrome import palette
from topology.delivery import Reading
from topology.delivery.benchmarks import Line, lines
from topology.view.charts.trend import trend


def small_chart(
    reading: Reading, whose: str, name: str, *, partial: Mapping[str, Any] | None = None, key: str | None = None,
    references: Sequence[Line] | None = None,
) -> bool:  # fmt: skip
    """Draws it with the survey's reference lines (or those given); False where no week has a value, so that nothing is drawn."""
    rows = reading.weekly.get(whose, [])
    if rows:
        chart = trend(
            rows, reading.weeks, title=reading.metric.name, percent=reading.unit.kind == "share", palette=palette(),
            lines=lines(reading.metric.id) if references is None else references, partial=partial,
        )  # fmt: skip
        st.altair_chart(chart, alt=f"{reading.metric.name} of {name} by week", key=key)
    return bool(rows)
