"""One team: how to work with it, who leads it, what it does and how it goes."""

import datetime as dt

import streamlit as st

from topology.app import choices
from topology.app.chrome import no_data, page_link, show_facts
from topology.app.drafting.entry import change_link
from topology.app.duo import show_duo, show_next_steps
from topology.app.explain import explain
from topology.app.registry import workspace
from topology.app.trends import show_each
from topology.view.agreed import agreed
from topology.view.delivery import metrics_of
from topology.view.map import team_facts
from topology.view.markdown import bullets, escaped
from topology.view.overlays.findings import by_team
from topology.view.overlays.standing import standings_on
from topology.view.squad import (
    bridges_of,
    faultline_sentence,
    interactions_of,
    load_sentence,
    needs_of,
    objectives_of,
    people_by_side,
    team_api,
)
from topology.view.whatif import is_structural, tie_of_finding
from topology.words.teams import SEVERITIES

PAGE = {"title": "Squad", "order": 3}

opened = workspace()
organisation, day = opened.organisation, choices.chosen_day()
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
show_facts(team_facts(organisation, team_id, day))
with st.container(horizontal=True, gap="medium"):
    page_link("map", "See it on the map", team=team_id)
    change_link("Change this team, in a draft", team=team_id)
show_duo(team_id, day)

st.header("Week by week")
families = {"delivery": "Delivery (DORA)", "flow": "Work and its quality", "practice": "Product and Tech together"}
family = choices.chosen("family", "delivery")
key = choices.widget("family", family if family in families else "delivery")
family = st.segmented_control("Which numbers", list(families), format_func=families.__getitem__, key=key) or "delivery"
choices.choose("family", family)
scope = opened.scope(day)
readings = opened.readings(scope, metrics_of((family,)))
weeks = scope.weeks
st.caption(
    f"Twelve whole weeks, {weeks[0]} to {weeks[-1] + dt.timedelta(days=6)}. A week without a value has no point; no data is not zero."
)
if not opened.events.tables:
    no_data("delivery", "deployments.csv", "id,service,finished_at,result\n1,checkout-web,2026-11-16T14:03:00Z,success")
else:
    show_each(organisation, team_id, readings)
    with st.expander("How is this computed?"):
        metric = st.selectbox("Number", list(readings), format_func=lambda id_: readings[id_].metric.name)
        explain(readings[metric], scope, team_id, organisation.team_name(team_id))

st.header("Findings")
about = by_team(opened.checked(day, with_data=True).each).get(team_id, [])
for one in about:  # (the help is our own text, with words set as code)
    st.markdown(f"- {SEVERITIES[one.severity]}: {escaped(one.message)}. {one.help} ({one.code}, line {one.place.line})")
    if is_structural(one):
        change_link(f"Try a change for {one.code} on the map", team=team_id, tie=tie_of_finding(organisation, one))
if not about:
    st.write("The rules find nothing about this team on this day.")

agreements = agreed(organisation, day, team_id)
if agreements:
    st.header("What was agreed")
    for workshop, lines in agreements.items():
        st.markdown(f"**{escaped(workshop)}**\n\n{bullets(lines)}")

show_next_steps(team_id, day)

left, right = st.columns(2)
with left:
    st.header("Who works here")
    for side, people in people_by_side(organisation, team_id, day).items():
        st.markdown(f"**{side}**: {escaped(', '.join(people))}")
    if not team.people(day):
        st.write("The file lists nobody by name.")
    if team.cognitive_load:
        st.markdown(load_sentence(team.cognitive_load))
    if team.objectives:
        st.header("Objectives")
        st.markdown(bullets(objectives_of(organisation, team_id)))
with right:
    st.header("Interactions")
    st.markdown(bullets(interactions_of(organisation, team_id, day)))
    st.header("Whom its work needs, and who needs it")
    needs = needs_of(opened.window(day), team_id)
    st.markdown(bullets(needs or ["The file names no dependency, shared service or common domain."]))
    st.header("Its bridges")
    st.markdown(bullets(bridges_of(opened.window(day), standings_on(opened, day), team_id)))
    st.markdown(faultline_sentence(organisation, team_id, day))
    st.header("How to work with this team")
    if team.api:
        st.markdown(bullets(f"{label}: {value}" for label, value in team_api(team.api).items()))
    else:
        st.write("The team has not written its Team API yet (`api:` in the file).")
