"""The team map, with an overlay, on a day."""

import streamlit as st

from topology.app import choices, state
from topology.app.chrome import palette
from topology.app.layers import CLAN_LAYERS, NAMES, NEEDS_EVENTS, overlay
from topology.app.map_facts import GLOSSARY, day_range, lit_teams, team_facts, value_sentence, window_sentence
from topology.app.markdown import bullets, escaped
from topology.app.matrix import show_matrix
from topology.app.teammap.component import show_map
from topology.app.teammap.svg import Look, draw_map
from topology.clans.standings import standings
from topology.delivery import DORA, METRICS, whole_weeks
from topology.graph.teammap import FoldedLayout, MapLayout, fold_map, folds, frame_between, layout_map
from topology.graph.teammap.constants import FOLD_FROM
from topology.graph.teammap.matrix import FROM as MATRIX_FROM

MOST_UNFOLDED = 120
BESIDE_FROM, MAP_SHARE = 1800, 0.6

organisation = state.organisation()
first, last = day_range(organisation, state.last_day())
day = min(max(choices.chosen_day(), first), last)
overlay_id = choices.chosen("overlay", "type")
overlay_id = overlay_id if overlay_id in NAMES else "type"


def pick(id_: str) -> None:
    """A click or a key on the map: a team, a card of a folded map, or nothing (which lets go of what is picked)."""
    if id_.startswith("card:"):
        card = id_.removeprefix("card:")
        choices.choose("open", "" if choices.choice("open") == card else card)
        choices.choose("team", "")
    elif id_:
        choices.choose("team", id_)
    else:
        choices.choose("team" if choices.choice("team") else "open", "")
    choices.choose("lit", "")


# -- what to show -------------------------------------------------------------------------------------------------

controls = st.columns([3, 5, 2], vertical_alignment="bottom")
overlay_id = controls[0].selectbox(
    "Lay over the teams", list(NAMES), format_func=NAMES.__getitem__, key=choices.widget("overlay", overlay_id)
)
if first < last:
    key = choices.widget("day", day)
    st.session_state[key] = min(max(st.session_state[key], first), last)  # the file's dates may have changed
    help_ = "Planned interactions appear a quarter before they begin, ended ones go."
    day = controls[1].slider("Day", first, last, format="YYYY-MM-DD", key=key, help=help_)
else:
    controls[1].caption(f"As of {day}. The file has no dates, so there is only one day to show.")
projector = controls[2].toggle(
    "Projector",
    help="Everything one and a half times as large.",
    key=choices.widget("projector", choices.choice("projector") == "yes"),
)
# From 1800 on the matrix stands beside the map, whose component then measures three fifths of the room.
room, was_beside = choices.room(), choices.choice("beside") == "yes"
beside = len(organisation.teams_on(day)) >= MATRIX_FROM and room >= BESIDE_FROM * (MAP_SHARE if was_beside else 1)
if beside and not was_beside:
    room = int(room * MAP_SHARE)
choices.choose("beside", "yes" if beside else "")
scale = 1.5 if projector else 1.0
width = max(300, room / scale)
teams = organisation.teams_on(day)
folded = folds(organisation, day, width)
if folded and len(teams) <= MOST_UNFOLDED:
    help_ = f"From {FOLD_FROM} teams on, groupings are folded into cards; a click opens one."
    unfolded = controls[2].toggle("All teams", help=help_, key=choices.widget("all", choices.choice("all") == "yes"))
    choices.choose("all", "yes" if unfolded else "")
    folded = not unfolded
choices.choose("overlay", overlay_id)
choices.choose("day", day.isoformat() if day != state.last_day() else "")
choices.choose("projector", "yes" if projector else "")

# -- the map ------------------------------------------------------------------------------------------------------

chosen_team = choices.chosen_team()
open_card = choices.chosen("open", "")
lit = lit_teams(organisation, choices.chosen("lit", "")) if not chosen_team else frozenset()
shown = (overlay_id,) if overlay_id in METRICS else DORA if chosen_team and overlay_id == "type" else ()
readings = state.readings(state.scope(day), shown)
standing = standings(organisation, state.pairs(day), day) if overlay_id in CLAN_LAYERS else {}
laid = overlay(
    overlay_id,
    organisation,
    day,
    readings,
    standing,
    state.checked(day, with_data=False).findings if overlay_id == "findings" else (),
)
if folded:
    home = fold_map(organisation, day, width).card_of(chosen_team) if chosen_team else None
    open_card = home.id if home else open_card
    layout: FoldedLayout | MapLayout = fold_map(organisation, day, width, open_card)
else:
    layout = layout_map(organisation, day, width, frame_between(organisation, first, last))
look = Look(palette(), laid, chosen_team, scale, title=f"Team map of {organisation.title} on {day}", lit=lit)
left, right = st.columns([MAP_SHARE, 1 - MAP_SHARE], gap="medium") if beside else (st.container(), None)
with left:
    show_map(
        draw_map(layout, look),
        width=int(room),
        selected=chosen_team,
        escapes=bool(chosen_team or open_card or lit),
        on_pick=pick,
        on_width=choices.keep_room,
    )
choices.share_in_address(
    team=chosen_team or "",
    overlay=overlay_id if overlay_id != "type" else "",
    day=choices.choice("day"),
    open=open_card if folded and not chosen_team else "",
    lit=choices.choice("lit") if lit else "",
)

# -- what it says -------------------------------------------------------------------------------------------------

weeks = whole_weeks(day, state.clan_source().weeks) if overlay_id in CLAN_LAYERS else whole_weeks(day)
if laid.empty:
    st.caption(f"{NAMES[overlay_id]}: {laid.empty}.")
elif laid.drawn:
    st.caption(f"{laid.about} {window_sentence(weeks, state.events().last_day) if overlay_id in NEEDS_EVENTS else ''}")
if overlay_id == "findings":
    whole = [one.message for one in state.checked(day, with_data=False).findings if not one.teams]
    if whole:
        st.markdown("About the organisation:\n\n" + bullets(whole))
st.caption("Click a team, or press Tab and Enter; Escape lets go. The address of this page is a link to what you see.")

if chosen_team:
    st.subheader(escaped(organisation.team_name(chosen_team)))
    facts = team_facts(organisation, chosen_team, day)
    for column, (label, value) in zip(st.columns(len(facts)), facts.items(), strict=True):
        column.caption(label)
        column.markdown(escaped(value))
    st.markdown(value_sentence(laid, readings, organisation, chosen_team, day))
    st.page_link("topology/app/pages/squad.py", label="Open the squad's page", query_params={"team": chosen_team})

if len(teams) >= MATRIX_FROM:
    with right or st.container():
        st.header("Who meets whom")
        place = room / MAP_SHARE * (1 - MAP_SHARE) if beside else room
        show_matrix(organisation, day, state.pairs(day), state.clan_source(), room=place, scale=scale)

with st.expander("What the shapes and words mean"):
    st.markdown(bullets(f"{word}: {meaning}" for word, meaning in GLOSSARY.items()))
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
