"""How Product and Tech work together: the roadmap's balance, what they share, and what they do with each other."""

import streamlit as st

from topology.app import choices, state
from topology.app.alignment_facts import (
    balance_rows,
    leaders_sentence,
    moves,
    objective_rows,
    one_sided,
    practice_rows,
    practice_text,
    quarter_before,
    ritual_rows,
    split_rows,
)
from topology.app.charts.indicator import indicator
from topology.app.charts.split import split
from topology.app.charts.trend import trend
from topology.app.chrome import no_data, palette, plain_table
from topology.app.delivery_facts import metrics_of
from topology.app.explain import explain
from topology.app.map_facts import reading_sentence, window_sentence
from topology.app.markdown import bullets, escaped
from topology.app.values import is_share
from topology.delivery import METRICS, ORGANISATION

QUARTER_WEEKS = 13

organisation = state.organisation()
day = choices.chosen_day()
events = state.events()
teams = list(organisation.teams_on(day))
each, whole = state.scope(day), state.scope(day, "organisation")
choices.share_in_address(day=choices.chosen("day", ""))

st.title("Alignment")
window = window_sentence(each.weeks, events.last_day)
st.caption(f"How Product and Tech work together, as of {day}. {window} Squads stand in the order of the file.")

# -- the two leaders ----------------------------------------------------------------------------------------------

left, right = st.columns(2)
with left:
    st.header("The CPO and the CTO")
    rituals = state.rituals(None, *quarter_before(day, QUARTER_WEEKS))
    if rituals is None:
        no_data(
            "rituals",
            "rituals.csv",
            "id,team,kind,planned_at,held,minutes,product_present,tech_present\nweek-1,,executive,2026-11-16T09:00:00Z,yes,45,yes,yes",
        )
    else:
        slots = [one for one in rituals if one["kind"] == "executive"]
        st.markdown(leaders_sentence(slots, QUARTER_WEEKS))
        st.caption(f"Every ritual of the last {QUARTER_WEEKS} weeks, of the leaders and of all squads:")
        plain_table(ritual_rows(rituals))
with right:
    st.header("One roadmap, impact and stability")
    done = state.reading("tech-investment-share", each)
    actual = state.reading("tech-investment-share", whole).headline.get(ORGANISATION)
    rows = split_rows(organisation, actual)
    if rows:
        st.altair_chart(split(rows, palette()), alt="The roadmap by category, beside the work items that were done")
    else:
        st.write("The file has no roadmap, and there is no table of work items.")
    if not actual:
        st.caption(f"What was done is not shown: {escaped(done.missing or 'no work item was done in the window')}.")
    balance = balance_rows(organisation, done, teams)
    with st.expander("By squad: planned, done, own target"):
        st.caption(
            "The share of risk and debt. A roadmap holds few items, a window of work many: compare the direction."
        )
        plain_table(balance)
    if one_sided(organisation):
        with st.expander(f"Items that tell only one side ({len(one_sided(organisation))})"):
            st.markdown(bullets(one_sided(organisation)))

# -- shared indicators --------------------------------------------------------------------------------------------

st.header("Indicators that Product and Tech share")
measured, around = state.indicators(each)
tied = objective_rows(organisation, teams)
if not organisation.kpis:
    st.write("The file names no shared indicator (`kpis:`).")
elif measured is None:
    no_data(
        "the shared indicators",
        "outcomes.csv",
        "kpi,measured_at,value,service\ncheckout-conversion,2026-11-16T06:00:00Z,61.2,checkout-web",
    )
else:
    shown = [kpi for kpi in organisation.kpis if any(row["kpi"] == kpi for row in measured)]
    columns = [column for _ in range(-(-len(shown) // 3)) for column in st.columns(3)]
    for column, kpi in zip(columns, shown, strict=False):
        known = organisation.kpis[kpi]
        with column:
            owners = " and ".join(
                organisation.person_name(one) for one in (known.product_owner, known.tech_owner) if one
            )
            better = f", {known.better} is better" if known.better else ""
            st.markdown(f"**{escaped(known.name or kpi)}**  \n{escaped((owners or 'nobody named') + better)}")
            days = [row["day"] for row in around or () if row["kpi"] == kpi]
            chart = indicator(
                [row for row in measured if row["kpi"] == kpi], days, unit=known.unit or "", palette=palette()
            )
            st.altair_chart(chart, alt=f"{known.name or kpi} day by day, with deployments", key=f"kpi-{kpi}")
            st.caption(moves(around or (), kpi))
    silent = [organisation.kpis[kpi].name or kpi for kpi in organisation.kpis if kpi not in shown]
    if silent:
        st.caption(escaped(f"No measurement yet: {', '.join(silent)}."))
    with st.expander("Around each deployment: the median of the 14 days before and after"):
        st.caption("Deployments that follow each other share these days. A change says when something moved, not why.")
        st.dataframe(around or [], hide_index=True)
if tied:
    with st.expander("Technical objectives tied to an indicator"):
        plain_table(tied)

# -- practices ----------------------------------------------------------------------------------------------------

st.header("What squads do together")
practices = metrics_of(("practice",))
readings = state.readings(each, practices)
together = state.readings(whole, practices)
told = [f"{one.metric.name.lower()} **{escaped(practice_text(one, ORGANISATION))}**" for one in together.values()]
st.markdown(f"The organisation: {'; '.join(told)}.")
practised = practice_rows(organisation, readings, teams)
if practised:
    plain_table(practised)
absent = sorted({table for reading in readings.values() if not reading.query for table in state.absent(reading.metric)})
if absent:
    st.caption(escaped(f"No data for some practices: there is no table {', '.join(absent)}."))

st.header("Open a number")
controls = st.columns(2)
metric = choices.chosen("practice", practices[0])
key = choices.widget("practice", metric if metric in practices else practices[0])
metric = controls[0].selectbox("Practice", practices, format_func=lambda id_: METRICS[id_].name, key=key)
choices.choose("practice", metric)
everyone = ["", *teams]
key = choices.widget("practice-team", "")
if st.session_state[key] not in everyone:
    st.session_state[key] = ""
whose = controls[1].selectbox(
    "Of", everyone, format_func=lambda id_: organisation.team_name(id_) if id_ else organisation.title, key=key
)
reading, scope = (readings[metric], each) if whose else (together[metric], whole)
whose = whose or ORGANISATION
st.markdown(reading_sentence(reading, whose))
weekly = reading.weekly.get(whose, [])
if weekly:
    chart = trend(weekly, reading.weeks, title=METRICS[metric].name, percent=is_share(reading.unit), palette=palette())
    st.altair_chart(chart, alt=f"{METRICS[metric].name} by week", key="practice-chart")
explain(reading, scope, whose, organisation.team_name(whose) if whose != ORGANISATION else organisation.title)
