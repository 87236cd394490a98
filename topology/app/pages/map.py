"""The team map, with an overlay, on a day."""

import datetime as dt

import streamlit as st

from topology.app import state
from topology.app.chrome import escaped, palette
from topology.app.layers import NAMES, NEEDS_EVENTS, overlay
from topology.app.map_facts import day_range, team_facts, value_sentence
from topology.app.teammap.component import show_map
from topology.app.teammap.svg import Look, draw_map
from topology.graph.teammap import fold_map, folds, frame_between, layout_map
from topology.graph.teammap.constants import FOLD_FROM

MOST_UNFOLDED = 120
DEFAULT_WIDTH = 1220

organisation = state.organisation()
day = state.chosen_day()
overlay_id = state.chosen("overlay", "type")
overlay_id = overlay_id if overlay_id in NAMES else "type"
first, last = day_range(organisation, state.last_day())
day = min(max(day, first), last)


def pick(id_: str) -> None:
    """A click or a key on the map: a team, a card of a folded map, or nothing."""
    if id_.startswith("card:"):
        card = id_.removeprefix("card:")
        state.choose("open", "" if state.chosen("open", "") == card else card)
    else:
        state.choose("team", id_)


def keep_width(width: int) -> None:
    """The room that the page has, as the component measured it."""
    st.session_state["map_width"] = width


controls = st.columns([3, 5, 2], vertical_alignment="bottom")
overlay_id = controls[0].selectbox(
    "Lay over the teams", list(NAMES), format_func=NAMES.__getitem__, key=state.widget("overlay", overlay_id)
)
if first < last:
    key = state.widget("day", day)
    st.session_state[key] = min(
        max(st.session_state[key], first), last
    )  # the file may have been saved with other dates
    day = controls[1].slider(
        "Day", first, last, format="YYYY-MM-DD", key=key, help="Planned interactions appear, ended ones go."
    )
else:
    controls[1].caption(f"As of {day}. The file has no dates, so there is only one day to show.")
projector = controls[2].toggle("Projector", help="Everything one and a half times as large.")
state.choose("overlay", overlay_id)
state.choose("day", day.isoformat() if day != state.last_day() else "")

room = st.session_state.get("map_width", DEFAULT_WIDTH)
scale = 1.5 if projector else 1.0
width = max(300, room / scale)
teams = organisation.teams_on(day)
can_fold = folds(organisation, day, width)
if can_fold and len(teams) <= MOST_UNFOLDED:
    can_fold = not controls[2].toggle(
        "All teams", help=f"From {FOLD_FROM} teams on, groupings are folded into cards; a click opens one."
    )

chosen_team = state.chosen_team()
open_card = state.chosen("open", "")
readings = state.readings(day) if overlay_id in NEEDS_EVENTS or chosen_team else {}
laid = overlay(overlay_id, organisation, day, readings, state.bridges(day) if overlay_id == "bridges" else {})
layout = (
    fold_map(organisation, day, width, open_card)
    if can_fold
    else layout_map(organisation, day, width, frame_between(organisation, first, last))
)
title = f"Team map of {organisation.title} on {day}"
svg = draw_map(layout, Look(palette(), laid, chosen_team, scale, title=title))
selected = chosen_team or (f"card:{open_card}" if open_card else None)
show_map(svg, width=int(room), selected=selected, on_pick=pick, on_width=keep_width)
state.share_in_address(
    team=chosen_team or "", overlay=overlay_id if overlay_id != "type" else "", day=state.chosen("day", "")
)

if laid.empty:
    st.caption(f"{NAMES[overlay_id]}: {laid.empty}.")
elif laid.drawn:
    weeks = next(iter(readings.values())).weeks if readings else ()
    span = (
        f" Weeks from {weeks[0]} to {weeks[-1] + dt.timedelta(days=6)}." if weeks and overlay_id in NEEDS_EVENTS else ""
    )
    st.caption(f"{laid.about}{span}")
st.caption("Click a team, or press Tab and Enter; Escape clears. The address of this page is a link to what you see.")

if chosen_team:
    st.subheader(escaped(organisation.team_name(chosen_team)))
    facts = team_facts(organisation, chosen_team, day)
    columns = st.columns(len(facts))
    for column, (label, value) in zip(columns, facts.items(), strict=True):
        column.caption(label)
        column.markdown(escaped(value))
    st.markdown(value_sentence(laid, readings, organisation, chosen_team, day))
    st.page_link("topology/app/pages/squad.py", label="Open the squad's page", query_params={"team": chosen_team})

with st.expander("The same as a table"):
    st.dataframe(
        [
            {
                "Team": organisation.team_name(id_),
                "Type": team.type,
                "Grouping": " › ".join(
                    organisation.group_name(one) for one in reversed(organisation.lineage(team.group))
                ),
                **({laid.label: laid.texts.get(id_, "no data")} if laid.drawn else {}),
            }
            for id_, team in teams.items()
        ],
        hide_index=True,
    )
