"""One team: how to work with it, who leads it, what it does and how it goes."""

import datetime as dt

import streamlit as st

from topology.app import choices, state
from topology.app.charts.trend import trend
from topology.app.chrome import no_data, palette
from topology.app.delivery_facts import metrics_of
from topology.app.explain import explain
from topology.app.layers import by_team
from topology.app.map_facts import reading_sentence, team_facts
from topology.app.markdown import bullets, escaped
from topology.app.squad_facts import (
    SEVERITY,
    bridges_of,
    faultline_sentence,
    interactions_of,
    needs_of,
    objectives_of,
    people_by_side,
)
from topology.app.values import is_share, signed
from topology.clans.standings import standings
from topology.delivery.benchmarks import lines
from topology.maturity import duo_positions

CHARTS_A_ROW = 4

organisation = state.organisation()
day = choices.chosen_day()
teams = list(organisation.teams_on(day)) or list(organisation.teams)
if not teams:
    st.title("No team yet")
    st.write("The file declares no team. `topology init` writes a small one to start from.")
    st.stop()
chosen = choices.chosen_team() or teams[0]
teams = teams if chosen in teams else [chosen, *teams]
key = choices.widget("team", chosen)
if st.session_state[key] not in teams:  # the file may have been saved without this team
    st.session_state[key] = chosen
team_id = st.selectbox("Squad or team", teams, format_func=organisation.team_name, key=key)
choices.choose("team", team_id)
choices.share_in_address(team=team_id, day=choices.chosen("day", ""))
team = organisation.teams[team_id]

st.title(escaped(organisation.team_name(team_id)))
if team.mission:
    st.markdown(escaped(team.mission))
if not team.covers(day):
    st.warning(f"This team does not exist on {day} (from {team.since or 'the beginning'} to {team.until or 'now'}).")
facts = team_facts(organisation, team_id, day)
for column, (label, value) in zip(st.columns(len(facts)), facts.items(), strict=True):
    column.caption(label)
    column.markdown(escaped(value))
st.page_link("topology/app/pages/map.py", label="See it on the map", query_params={"team": team_id})

st.header("Week by week")
families = {"delivery": "Delivery (DORA)", "flow": "Work and its quality", "practice": "Product and Tech together"}
family = choices.chosen("family", "delivery")
family = family if family in families else "delivery"
picked = st.segmented_control(
    "Which numbers", list(families), format_func=families.__getitem__, key=choices.widget("family", family)
)
family = picked or family
choices.choose("family", family)
scope = state.scope(day)
readings = state.readings(scope, metrics_of((family,)))
weeks = scope.weeks
st.caption(
    f"Twelve whole weeks, {weeks[0]} to {weeks[-1] + dt.timedelta(days=6)}. A week without a value has no point; no data is not zero."
)
if not state.events().tables:
    no_data("delivery", "deployments.csv", "id,service,finished_at,result\n1,checkout-web,2026-11-16T14:03:00Z,success")
else:
    places = [column for _ in range(-(-len(readings) // CHARTS_A_ROW)) for column in st.columns(CHARTS_A_ROW)]
    for column, reading in zip(places, readings.values(), strict=False):
        with column:
            st.markdown(reading_sentence(reading, team_id))
            rows = reading.weekly.get(team_id, [])
            if rows:
                chart = trend(
                    rows, reading.weeks, title=reading.metric.name, percent=is_share(reading.unit), palette=palette(),
                    lines=lines(reading.metric.id),
                )  # fmt: skip
                st.altair_chart(chart, alt=f"{reading.metric.name} of {organisation.team_name(team_id)} by week")
                st.caption(f"{reading.unit}, by week")
            elif not reading.query:
                st.caption(escaped(reading.missing))
            elif not team.services and "deployments" in reading.metric.needs:
                st.caption("The file names no service of this team, so no event can be counted for it (`services:`).")
    with st.expander("How is this computed?"):
        metric = st.selectbox("Number", list(readings), format_func=lambda id_: readings[id_].metric.name)
        explain(readings[metric], scope, team_id, organisation.team_name(team_id))

st.header("Findings")
about = by_team(state.checked(day).each).get(team_id, [])
for one in about:  # (the help is our own text, with words set as code)
    st.markdown(f"- {SEVERITY[one.severity]}: {escaped(one.message)}. {one.help} ({one.code}, line {one.place.line})")
if not about:
    st.write("The rules find nothing about this team on this day.")

left, right = st.columns(2)
with left:
    st.header("How the squad sees itself")
    positions = duo_positions(team, day)
    if positions:
        st.dataframe(
            [
                {
                    "Dimension": one.dimension, "PM": one.pm, "EM": one.em, "PM − EM": signed(one.gap) if one.gap is not None else "",
                    "Signed": one.assessed,
                }
                for one in positions
            ],
            hide_index=True,
        )  # fmt: skip
        notes = [
            f"{one.dimension}, {lead}: “{note}”"
            for one in positions
            for lead, note in (("PM", one.pm_note), ("EM", one.em_note))
            if note
        ]
        st.markdown(bullets(notes))
        if any(one.stale(day) for one in positions):
            st.caption("A position older than 100 days counts as stale: ask again.")
    else:
        st.write("The PM and the EM have not signed a position yet (`positions:` in the file).")
    if team.cognitive_load:
        load = team.cognitive_load
        parts = f"intrinsic {load.intrinsic}, extraneous {load.extraneous}, germane {load.germane}"
        st.markdown(
            f"Cognitive load: **{load.total}** of 30 ({parts}{f'; assessed {load.assessed}' if load.assessed else ''})."
        )
    if team.objectives:
        st.markdown("Objectives\n\n" + bullets(objectives_of(organisation, team_id)))
    st.header("Who works here")
    for side, people in people_by_side(organisation, team_id, day).items():
        st.markdown(f"**{side}**: {escaped(', '.join(people))}")
    if not team.people(day):
        st.write("The file lists nobody by name.")
with right:
    st.header("Interactions")
    st.markdown(bullets(interactions_of(organisation, team_id, day)))
    st.header("Whom its work needs, and who needs it")
    st.markdown(
        bullets(
            needs_of(state.clan_source(), team_id, day)
            or ["The file names no dependency, shared service or common domain."]
        )
    )
    st.header("Its bridges")
    st.markdown(
        bullets(bridges_of(organisation, standings(organisation, state.pairs(day), day), state.pairs(day), team_id))
    )
    st.markdown(faultline_sentence(organisation, team_id, day))
    st.header("How to work with this team")
    if team.api:
        shown = {
            "Channels": ", ".join(team.api.channels),
            "Office hours": team.api.office_hours,
            "Service level": team.api.service_level,
            "Documentation": team.api.docs,
        }
        st.markdown(bullets(f"{label}: {value}" for label, value in shown.items() if value))
    else:
        st.write("The team has not written its Team API yet (`api:` in the file).")
