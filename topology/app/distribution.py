"""How the spans behind a number are spread, on the Delivery page."""

from __future__ import annotations

import streamlit as st

from topology.app.chrome import palette
from topology.app.registry import workspace
from topology.delivery import METRICS, Scope
from topology.view.charts.distribution import dots, stages
from topology.view.delivery import spread_of, stages_of


def show_distribution(metric: str, scope: Scope, whose: str, name: str) -> None:
    """Dots with p50 and p85, and the stages of a change's way, for metrics that are spans of time."""
    reading = workspace().reading(metric, scope)
    if METRICS[metric].unit.kind != "hours" or reading.of_people or whose in reading.withheld:
        return
    spread = spread_of(workspace().rows_behind(metric, scope, whose))
    if spread is None:
        return
    st.altair_chart(
        dots(*spread, palette=palette()), alt=f"{METRICS[metric].name} of each event of {name}", key=f"spread-{metric}"
    )
    if parts := stages_of(reading, whose):
        st.altair_chart(
            stages(parts, palette=palette()), alt=f"Stages of the way to production of {name}", key=f"stages-{metric}"
        )
        st.caption(
            "Each part has a median and an n of its own; medians of parts do not add up to the median of the whole."
        )
