"""Parts of the Alignment page: the shared indicators, and one number of practice opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from topology.app import choices
from topology.app.chrome import no_data, palette
from topology.app.explain import explain
from topology.app.registry import workspace
from topology.app.trends import small_chart
from topology.delivery import METRICS, ORGANISATION, Reading, Scope
from topology.view.alignment import moves_around
from topology.view.charts.indicator import indicator
from topology.view.markdown import escaped
from topology.words.delivery import reading_sentence

CHARTS_A_ROW = 3


def show_indicators(measured: Sequence[Mapping[str, Any]] | None, around: Sequence[Mapping[str, Any]] | None) -> None:
    """Each shared indicator day by day with the deployments of its service, and what was measured around them."""
    organisation = workspace().organisation
    if measured is None:
        no_data(
            "the shared indicators",
            "outcomes.csv",
            "kpi,measured_at,value,service\ncheckout-conversion,2026-11-16T06:00:00Z,61.2,checkout-web",
        )
        return
    shown = [kpi for kpi in organisation.kpis if any(row["kpi"] == kpi for row in measured)]
    columns = [column for _ in range(-(-len(shown) // CHARTS_A_ROW)) for column in st.columns(CHARTS_A_ROW)]
    for column, kpi in zip(columns, shown, strict=False):
        with column:
            _show_indicator(kpi, [row for row in measured if row["kpi"] == kpi], around or ())
    silent = [organisation.kpis[kpi].name or kpi for kpi in organisation.kpis if kpi not in shown]
    if silent:
        st.caption(escaped(f"No measurement yet: {', '.join(silent)}."))
    with st.expander("Around each deployment: the median of the 14 days before and after"):
        st.caption("Deployments that follow each other share these days. A change says when something moved, not why.")
        st.dataframe(around or [], hide_index=True)


def _show_indicator(kpi: str, rows: Sequence[Mapping[str, Any]], around: Sequence[Mapping[str, Any]]) -> None:
    organisation = workspace().organisation
    known = organisation.kpis[kpi]
    owners = " and ".join(organisation.person_name(one) for one in (known.product_owner, known.tech_owner) if one)
    better = f", {known.better} is better" if known.better else ""
    st.markdown(f"**{escaped(known.name or kpi)}**  \n{escaped((owners or 'nobody named') + better)}")
    days = [row["day"] for row in around if row["kpi"] == kpi]
    chart = indicator(rows, days, unit=known.unit or "", palette=palette())
    st.altair_chart(chart, alt=f"{known.name or kpi} day by day, with deployments", key=f"kpi-{kpi}")
    st.caption(moves_around(around, kpi))


def show_open_number(
    practices: Sequence[str], of_teams: Mapping[str, Reading], of_all: Mapping[str, Reading], each: Scope, whole: Scope,
    teams: Sequence[str],
) -> None:  # fmt: skip
    """A practice of a team or of everyone: its sentence, its weeks, and what is behind it."""
    organisation, controls = workspace().organisation, st.columns(2)
    names = {id_: METRICS[id_].name for id_ in practices}
    metric = choices.select(controls[0], "Practice", "practice", names, practices[0])
    everyone = {"": organisation.title, **{id_: organisation.team_name(id_) for id_ in teams}}
    key = choices.widget("practice-team", "")
    if st.session_state[key] not in everyone:
        st.session_state[key] = ""
    whose = controls[1].selectbox("Of", list(everyone), format_func=everyone.__getitem__, key=key)
    reading, scope = (of_teams[metric], each) if whose else (of_all[metric], whole)
    whose, name = whose or ORGANISATION, everyone[whose]
    st.markdown(reading_sentence(reading, whose))
    small_chart(reading, whose, name, key="practice-chart", references=())
    explain(reading, scope, whose, name)
