"""The panel "how is this computed": the formula of a number, the events in it, those left out, and the query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from topology.app.chrome import download, plain_table
from topology.app.registry import workspace
from topology.delivery import DEFINITIONS, DORA, Reading, Scope
from topology.report.table import render
from topology.view.delivery import benchmark_tables, by_definition
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
    if st.toggle(
        "Show what is left out, with the reason", key=f"left-out-{metric.id}-{whose}"
    ):  # (asked of the engine only then)
        left_out = told_reasons(workspace().rows_left_out(metric.id, scope, whose))
        _rows(left_out, "left out", f"{metric.id}-{whose}-left-out.csv")
    query = st.popover("The query", key=f"query-{metric.id}", on_change="rerun")
    if query.open:  # (written only for who opens it)
        query.caption(
            "It gives this number of everyone at once. `from_the_organisation_file` stands for what the YAML says: who owns what, and when."
        )
        query.code(workspace().query(reading), language="sql")


def by_each_definition(metric: str, scope: Scope, whose: str) -> None:
    """Shows how the number of one team moves with its definition. (Computed for the one that is open, when it is asked for.)"""
    with st.expander("The same events by each definition"):
        if st.toggle("Compute them", key=f"definitions-{metric}"):
            each = {
                id_: workspace().reading(metric, replace(scope, definition=one)) for id_, one in DEFINITIONS.items()
            }
            plain_table(by_definition(each, whose))


def show_benchmarks(metric: str) -> None:
    """Shows what DORA's survey says of a metric, beside which the dashed lines are drawn."""
    if tables := benchmark_tables(metric):
        with st.expander("The dashed lines: what DORA's survey says"):
            st.write(
                "A reference, not a target: answers of people in other organisations, one metric at a time. "
                "A mean that lies between two answers is given as both. Lines far from a trend are not drawn."
            )
            for rows in tables:
                st.dataframe(rows, hide_index=True)


def _rows(rows: Sequence[Mapping[str, Any]], what: str, file: str) -> None:
    count = len(rows)
    more = f" (the first {MOST_SHOWN} are shown)" if count > MOST_SHOWN else ""
    st.caption(f"{count} {'row' if count == 1 else 'rows'} {what}{more}")
    if rows:
        st.dataframe(list(rows[:MOST_SHOWN]), hide_index=True)
        download("Download as CSV", lambda: render("csv", rows, list(rows[0])), file, "text/csv")
