"""One metric at a time, every squad against its own past: small multiples in the order of the file."""

import datetime as dt
from dataclasses import replace

import streamlit as st

from topology.app import choices
from topology.app.chrome import no_data, plain_table
from topology.app.distribution import show_distribution
from topology.app.explain import by_each_definition, explain, show_benchmarks
from topology.app.registry import workspace
from topology.app.trends import small_chart
from topology.delivery import DEFINITIONS, DORA, METRICS, By, earlier_than
from topology.view.delivery import (
    WINDOWS,
    can_be_by,
    grouping_filter,
    groups_of,
    headline_rows,
    metrics_of,
    units_of,
)
from topology.view.markdown import escaped
from topology.words.delivery import before_text, compact, missing_words, reading_sentence, weeks_sentence

PAGE = {"title": "Delivery", "order": 4}
CHARTS_A_ROW, CHARTS_A_PAGE = 4, 24

opened = workspace()
organisation, day, events = opened.organisation, choices.chosen_day(), opened.events

st.title("Delivery")
if not any(events.has(table) for table in ("deployments", "changes", "incidents", "work_items")):
    no_data("delivery", "deployments.csv", "id,service,finished_at,result\n1,checkout-web,2026-11-16T14:03:00Z,success")
    st.stop()

# -- what to show -------------------------------------------------------------------------------------------------

known = metrics_of(("delivery", "flow"))
controls = st.columns([4, 3, 2, 3, 3], vertical_alignment="bottom")
metric = choices.select(controls[0], "Metric", "metric", {id_: METRICS[id_].name for id_ in known}, known[0])
own = opened.settings.delivery.definition
definition = choices.select(
    controls[1], "Definition", "definition", {id_: one.name for id_, one in DEFINITIONS.items()}, own,
    disabled=metric not in DORA, help="The same events, counted as another tool counts them. The five DORA metrics only.",
)  # fmt: skip
length = choices.select(controls[2], "Over", "weeks", WINDOWS, "12")
by: By = choices.select(controls[3], "Whose", "by", can_be_by(metric), "team")
groups, group = groups_of(organisation), ""
if by == "team" and groups:
    group = choices.select(controls[4], "Of which grouping", "group", {"": "all", **groups}, "")
choices.share_in_address(
    metric=metric, weeks=length if length != "12" else "", definition=definition if definition != own else "",
    by=by if by != "team" else "", group=group, day=choices.chosen("day", ""),
)  # fmt: skip

scope = opened.scope(day, by, definition, length=int(length))
reading, earlier = opened.reading(metric, scope), opened.reading(metric, earlier_than(scope), weekly=False)
if length == "12" and (definition == "default" or metric not in DORA):
    st.markdown(f"**{METRICS[metric].name}**, {reading.unit}. {escaped(METRICS[metric].classes.about)}")
else:
    st.markdown(f"**{METRICS[metric].name}**, {reading.unit}: {escaped(reading.formula)}.")
if definition != "default" and metric in DORA:
    st.caption(escaped(f"Read in {DEFINITIONS[definition].source}. {DEFINITIONS[definition].differs}"))
st.caption(
    f"{weeks_sentence(reading.weeks, events.last_day)} Each against its own past, in the order of the file. A week without a value has "
    "no point: no data is not zero, and what fewer than five people did is withheld. Each chart has a scale of its own. A week of a "
    "rate with fewer than five events is a small dot with its count."
)
if reading.missing:
    st.info(f"{escaped(missing_words(reading.missing))}.")

# -- small multiples ----------------------------------------------------------------------------------------------

names = units_of(organisation, by, day)
asked = grouping_filter(organisation, day, group) if by == "team" else list(names)
counted = [
    id_ for id_ in asked if by != "team" or id_ in reading.headline or id_ in reading.weekly or id_ in reading.withheld
]
silent = [id_ for id_ in asked if id_ not in counted]
pages = max(1, -(-len(counted) // CHARTS_A_PAGE))
page = int(st.number_input(f"Page, of {pages}", 1, pages, key="delivery-page")) if pages > 1 else 1
shown = counted[(page - 1) * CHARTS_A_PAGE : page * CHARTS_A_PAGE]
begun = reading.weeks[-1] + dt.timedelta(weeks=1)
open_week = events.last_day is not None and events.last_day >= begun
partial = opened.reading(metric, replace(scope, weeks=(begun,))) if open_week else None
columns = [column for _ in range(-(-len(shown) // CHARTS_A_ROW)) for column in st.columns(CHARTS_A_ROW)]
for column, whose in zip(columns, shown, strict=False):
    with column:
        st.markdown(
            f"**{escaped(names[whose])}**  \n{compact(reading, whose)}  \n:small[{before_text(earlier, whose)}]"
        )
        last = next(iter(partial.weekly.get(whose, [])), None) if partial else None
        small_chart(reading, whose, names[whose], partial=last, key=f"chart-{whose}")
if silent:
    st.caption(escaped(f"No data: {', '.join(names[id_] for id_ in silent)}."))
if partial is not None:
    st.caption(f"A hollow point is the week from {begun}, which is not over; it is in no headline.")
show_benchmarks(metric)
with st.expander("The same as a table"):
    plain_table(headline_rows(reading, {id_: names[id_] for id_ in [*counted, *silent]}))

# -- what is behind a number --------------------------------------------------------------------------------------

st.header("How is this computed?")
if asked:
    everyone = [*counted, *silent]
    whose = choices.chosen("team", everyone[0]) if by == "team" else everyone[0]
    key = choices.widget(f"behind-{by}", whose if whose in everyone else everyone[0])
    if st.session_state[key] not in everyone:
        st.session_state[key] = everyone[0]
    whose = st.selectbox("Of", everyone, format_func=names.__getitem__, key=key)
    st.markdown(reading_sentence(reading, whose))
    if metric in DORA:
        by_each_definition(metric, scope, whose)
    show_distribution(metric, scope, whose, names[whose])
    explain(reading, scope, whose, names[whose])
