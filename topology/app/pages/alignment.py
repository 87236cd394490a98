"""How Product and Tech work together: the roadmap's balance, what they share, and what they do with each other."""

import streamlit as st

from topology.app import choices
from topology.app.alignment import show_indicators, show_open_number
from topology.app.chrome import no_data, palette, plain_table
from topology.app.registry import workspace
from topology.delivery import ORGANISATION
from topology.view.alignment import (
    balance_rows,
    leaders_sentence,
    objective_rows,
    one_sided,
    practice_rows,
    quarter_before,
    ritual_rows,
    split_rows,
)
from topology.view.charts.split import split
from topology.view.delivery import metrics_of
from topology.view.markdown import bullets, escaped
from topology.words.delivery import practice_text, weeks_sentence, why_nothing

PAGE = {"title": "Alignment", "order": 6}
QUARTER_WEEKS = 13

opened = workspace()
organisation, day, events = opened.organisation, choices.chosen_day(), opened.events
teams = list(organisation.teams_on(day))
each, whole = opened.scope(day), opened.scope(day, "organisation")
choices.share_in_address(day=choices.chosen("day", ""))

st.title("Alignment")
window = weeks_sentence(each.weeks, events.last_day)
st.caption(f"How Product and Tech work together, as of {day}. {window} Squads stand in the order of the file.")

# -- the two leaders ----------------------------------------------------------------------------------------------

left, right = st.columns(2)
with left:
    st.header("The CPO and the CTO")
    rituals = opened.rituals(None, *quarter_before(day, QUARTER_WEEKS))
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
    done = opened.reading("tech-investment-share", each)
    actual = opened.reading("tech-investment-share", whole).headline.get(ORGANISATION)
    rows = split_rows(organisation, actual)
    if rows:
        st.altair_chart(split(rows, palette()), alt="The roadmap by category, beside the work items that were done")
    else:
        st.write("The file has no roadmap, and there is no table of work items.")
    if not actual:
        st.caption(
            f"What was done is not shown: {escaped(why_nothing(done) or 'no work item was done in the window')}."
        )
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
if organisation.kpis:
    show_indicators(*opened.indicators(each))
else:
    st.write("The file names no shared indicator (`kpis:`).")
tied = objective_rows(organisation, teams)
if tied:
    with st.expander("Technical objectives tied to an indicator"):
        plain_table(tied)

# -- practices ----------------------------------------------------------------------------------------------------

st.header("What squads do together")
practices = metrics_of(("practice",))
readings = opened.readings(each, practices)
together = opened.readings(whole, practices)
told = [f"{one.metric.name.lower()} **{escaped(practice_text(one, ORGANISATION))}**" for one in together.values()]
st.markdown(f"The organisation: {'; '.join(told)}.")
practised = practice_rows(organisation, readings, teams)
if practised:
    plain_table(practised)
absent = sorted({table for one in readings.values() if not one.computed for table in opened.absent(one.metric)})
if absent:
    st.caption(escaped(f"No data for some practices: there is no table {', '.join(absent)}."))

st.header("Open a number")
show_open_number(practices, readings, together, each, whole, teams)
