"""A metric of one team (grouping, organisation) week by week, as a small chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from topology.app.chrome import palette
from topology.delivery import Reading
from topology.delivery.benchmarks import Line, lines
from topology.model import Organisation
from topology.view.charts.trend import trend
from topology.view.markdown import escaped
from topology.words.delivery import reading_sentence, why_nothing

CHARTS_A_ROW = 4


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
        st.vega_lite_chart(chart, alt=f"{reading.metric.name} of {name} by week", key=key)
    return bool(rows)


def show_each(organisation: Organisation, team: str, readings: Mapping[str, Reading]) -> None:
    """Each metric of a team: its sentence, and its chart or why there is none."""
    name, services = organisation.team_name(team), organisation.teams[team].services
    places = [column for _ in range(-(-len(readings) // CHARTS_A_ROW)) for column in st.columns(CHARTS_A_ROW)]
    for column, reading in zip(places, readings.values(), strict=False):
        with column:
            st.markdown(reading_sentence(reading, team))
            if small_chart(reading, team, name):
                st.caption(f"{reading.unit}, by week")
            elif not reading.computed:
                st.caption(escaped(why_nothing(reading)))
            elif not services and "deployments" in reading.metric.needs:
                st.caption("The file names no service of this team, so no event can be counted for it (`services:`).")
