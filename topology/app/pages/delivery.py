"""One metric at a time, every squad against its own past: small multiples in the order of the file."""

import datetime as dt

import streamlit as st

from topology.app import choices, state
from topology.app.charts.trend import trend
from topology.app.chrome import no_data, palette, plain_table
from topology.app.delivery_facts import (
    WHOSE,
    benchmark_rows,
    by_definition,
    compact,
    grouping_filter,
    groups_of,
    headline_rows,
    metrics_of,
    units_of,
)
from topology.app.explain import explain
from topology.app.layers import about
from topology.app.map_facts import reading_sentence, window_sentence
from topology.app.markdown import escaped
from topology.app.values import is_share
from topology.delivery import DEFINITIONS, DORA, METRICS, By
from topology.delivery.benchmarks import lines

CHARTS_A_ROW, CHARTS_A_PAGE = 4, 24

organisation = state.organisation()
day = choices.chosen_day()
events = state.events()

st.title("Delivery")
if not any(events.has(table) for table in ("deployments", "changes", "incidents", "work_items")):
    no_data("delivery", "deployments.csv", "id,service,finished_at,result\n1,checkout-web,2026-11-16T14:03:00Z,success")
    st.stop()

# -- what to show -------------------------------------------------------------------------------------------------

known = metrics_of(("delivery", "flow"))
metric = choices.chosen("metric", known[0])
controls = st.columns([4, 3, 3, 3], vertical_alignment="bottom")
key = choices.widget("metric", metric if metric in known else known[0])
metric = controls[0].selectbox("Metric", known, format_func=lambda id_: METRICS[id_].name, key=key)
own = state.settings().delivery.definition
definition = choices.chosen("definition", own)
key = choices.widget("definition", definition if definition in DEFINITIONS else own)
definition = controls[1].selectbox(
    "Definition", list(DEFINITIONS), format_func=lambda id_: DEFINITIONS[id_].name, key=key, disabled=metric not in DORA,
    help="The same events, counted as another tool counts them. The five DORA metrics only.",
)  # fmt: skip
wanted = choices.chosen("by", "team")
key = choices.widget("by", next((side for side in WHOSE if side == wanted), "team"))
by: By = controls[2].selectbox("Whose", list(WHOSE), format_func=WHOSE.__getitem__, key=key)
groups = groups_of(organisation)
group = choices.chosen("group", "")
group = group if group in groups else ""
if by == "team" and groups:
    key = choices.widget("group", group)
    group = controls[3].selectbox(
        "Of which grouping", ["", *groups], format_func=lambda id_: groups.get(id_, "all"), key=key
    )
for name, value in (("metric", metric), ("definition", definition), ("by", by), ("group", group)):
    choices.choose(name, value)
choices.share_in_address(
    metric=metric, definition=definition if definition != own else "", by=by if by != "team" else "",
    group=group if by == "team" else "", day=choices.chosen("day", ""),
)  # fmt: skip

scope = state.scope(day, by, definition)
reading = state.reading(metric, scope)
if definition == "default" or metric not in DORA:
    st.markdown(f"**{METRICS[metric].name}**, {reading.unit}. {escaped(about(metric))}")
else:
    st.markdown(f"**{METRICS[metric].name}**, {reading.unit}: {escaped(reading.formula)}.")
if metric in DORA and definition != "default":
    st.caption(escaped(f"Read in {DEFINITIONS[definition].source}. {DEFINITIONS[definition].differs}"))
weeks = reading.weeks
last = events.last_day
st.caption(
    f"{window_sentence(weeks, last)} Each against its own past, in the order of the file. A week without a value has no point: "
    "no data is not zero. Each chart has a scale of its own."
)
if reading.missing:
    st.info(f"{escaped(reading.missing)}.")

# -- small multiples ----------------------------------------------------------------------------------------------

names = units_of(organisation, by, day)
if by == "team":
    counted = [
        id_ for id_ in grouping_filter(organisation, day, group) if id_ in reading.headline or id_ in reading.weekly
    ]
    silent = [id_ for id_ in grouping_filter(organisation, day, group) if id_ not in counted]
else:
    counted, silent = list(names), []
pages = max(1, -(-len(counted) // CHARTS_A_PAGE))
page = int(st.number_input(f"Page, of {pages}", 1, pages, key="delivery-page")) if pages > 1 else 1
shown = counted[(page - 1) * CHARTS_A_PAGE : page * CHARTS_A_PAGE]
begun = weeks[-1] + dt.timedelta(weeks=1)
partial = state.reading(metric, state.week_of(scope, begun)) if last and last >= begun else None
columns = [column for _ in range(-(-len(shown) // CHARTS_A_ROW)) for column in st.columns(CHARTS_A_ROW)]
for column, whose in zip(columns, shown, strict=False):
    with column:
        st.markdown(f"**{escaped(names[whose])}**  \n{compact(reading, whose)}")
        rows = reading.weekly.get(whose, [])
        if rows:
            chart = trend(
                rows, weeks, title=METRICS[metric].name, percent=is_share(reading.unit), palette=palette(), lines=lines(metric),
                partial=next(iter(partial.weekly.get(whose, [])), None) if partial else None,
            )  # fmt: skip
            st.altair_chart(chart, alt=f"{METRICS[metric].name} of {names[whose]} by week", key=f"chart-{whose}")
if silent:
    st.caption(escaped(f"No data: {', '.join(names[id_] for id_ in silent)}."))
if partial is not None:
    st.caption(f"A hollow point is the week from {begun}, which is not over; it is in no headline.")
told = benchmark_rows(metric)
if told:
    with st.expander("The dashed lines: what DORA's survey says"):
        st.write(
            "A reference, not a target: answers of people in other organisations, one metric at a time. "
            "Lines far from a trend are not drawn."
        )
        st.dataframe(told, hide_index=True)
with st.expander("The same as a table"):
    plain_table(headline_rows(reading, {id_: names[id_] for id_ in [*counted, *silent]}))

# -- what is behind a number --------------------------------------------------------------------------------------

st.header("How is this computed?")
everyone = [*counted, *silent]
if everyone:
    whose = choices.chosen("team", everyone[0]) if by == "team" else everyone[0]
    key = choices.widget(f"behind-{by}", whose if whose in everyone else everyone[0])
    if st.session_state[key] not in everyone:
        st.session_state[key] = everyone[0]
    whose = st.selectbox("Of", everyone, format_func=names.__getitem__, key=key)
    st.markdown(reading_sentence(reading, whose))
    if metric in DORA:
        each = {id_: state.reading(metric, state.scope(day, by, id_)) for id_ in DEFINITIONS}
        st.caption("The same events by each definition:")
        plain_table(by_definition(each, whose))
    explain(reading, scope, whose, names[whose])
