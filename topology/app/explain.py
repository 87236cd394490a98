"""The panel "how is this computed": the formula of a number, the events in it, those left out, and the query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from topology.app.registry import workspace
from topology.delivery import DORA, Reading, Scope
from topology.report.table import render
from topology.view.markdown import escaped
from topology.words.delivery import missing_words, rows_withheld_words, told_reasons, withheld_words

MOST_SHOWN = 500  # rows of a table on the page; the download has all of them


def explain(reading: Reading, scope: Scope, whose: str, name: str) -> None:
    """Shows what is behind the number of a team (grouping, organisation), with a download of its rows."""
    metric = reading.metric
    end = scope.end - dt.timedelta(days=1)
    st.markdown(
        f"**{metric.name}** of {escaped(name)}, in {reading.unit}, {scope.weeks[0]} to {end}: {escaped(reading.formula)}."
    )
    if metric.id in DORA and scope.definition.formulas:
        st.caption(
            escaped(
                f"By the definition of {scope.definition.name} ({scope.definition.source}). {scope.definition.differs}"
            )
        )
    if reading.missing and not reading.computed:
        st.write(f"{escaped(missing_words(reading.missing))}.")
        return
    if reading.of_people or whose in reading.withheld:
        st.write(f"{(withheld_words() if whose in reading.withheld else rows_withheld_words()).capitalize()}.")
        return
    _rows(workspace().rows_behind(metric.id, scope, whose), "in this number", f"{metric.id}-{whose}-rows.csv")
    left_out = told_reasons(workspace().rows_left_out(metric.id, scope, whose))
    _rows(left_out, "left out, with the reason", f"{metric.id}-{whose}-left-out.csv")
    with st.popover("The query"):
        st.caption(
            "It gives this number of everyone at once. `from_the_organisation_file` stands for what the YAML says: who owns what, and when."
        )
        st.code(workspace().query(reading), language="sql")


def _rows(rows: Sequence[Mapping[str, Any]], what: str, file: str) -> None:
    count = len(rows)
    more = f" (the first {MOST_SHOWN} are shown)" if count > MOST_SHOWN else ""
    st.caption(f"{count} {'row' if count == 1 else 'rows'} {what}{more}")
    if rows:
        st.dataframe(list(rows[:MOST_SHOWN]), hide_index=True)
        st.download_button(
            "Download as CSV", render("csv", rows, list(rows[0])), file, "text/csv", key=file, on_click="ignore"
        )
