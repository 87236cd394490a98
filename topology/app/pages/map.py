"""The team map, with an overlay, on a day."""

import streamlit as st

from topology.app import choices
from topology.app.chrome import page_link, palette, show_facts
from topology.app.component import show_picture
from topology.app.drafting import state as drafting
from topology.app.drafting.page import show_draft
from topology.app.matrix import show_matrix
from topology.app.registry import workspace
from topology.delivery import DORA, METRICS
from topology.graph.teammap import folds
from topology.graph.teammap.constants import FOLD_FROM
from topology.graph.teammap.matrix import FROM as MATRIX_FROM
from topology.view.map import GLOSSARY, Sheet, day_range, lay_out, lit_teams, table_rows, team_facts, value_sentence
from topology.view.markdown import bullets, escaped
from topology.view.overlays import overlay, overlays
from topology.view.teammap.svg import Look, draw_map
from topology.words.delivery import weeks_sentence

PAGE = {"title": "Map", "order": 2}
if drafting.is_on():
    show_draft()
    st.stop()
MOST_UNFOLDED = 120
BESIDE_FROM, MAP_SHARE = 1800, 0.6

opened = workspace()
organisation = opened.organisation
first, last = day_range(organisation, opened.last_day)
day = min(max(choices.chosen_day(), first), last)
names = {id_: kind.name for id_, kind in overlays().items()}
overlay_id, _, of = choices.chosen("overlay", "type").partition(":")
overlay_id = overlay_id if overlay_id in names else "type"

# -- what to show -------------------------------------------------------------------------------------------------

controls = st.columns([3, 5, 2], vertical_alignment="bottom")
key = choices.widget("overlay", overlay_id)
overlay_id = controls[0].selectbox("Lay over the teams", list(names), format_func=names.__getitem__, key=key)
several = kind.of(opened) if (kind := overlays()[overlay_id]).of else {}
if several:
    key = choices.widget("of", of if of in several else next(iter(several)))
    if st.session_state[key] not in several:
        st.session_state[key] = next(iter(several))
    of = controls[0].selectbox("Of", list(several), format_func=several.__getitem__, key=key)
laid_as = f"{overlay_id}:{of}" if several else overlay_id
if first < last:
    key = choices.widget("day", day)
    st.session_state[key] = min(max(st.session_state[key], first), last)  # the file's dates may have changed
    help_ = "Planned interactions appear a quarter before they begin, ended ones go."
    day = controls[1].slider("Day", first, last, format="YYYY-MM-DD", key=key, help=help_)
else:
    controls[1].caption(f"As of {day}. The file has no dates, so there is only one day to show.")
key = choices.widget("projector", choices.choice("projector") == "yes")
projector = controls[2].toggle("Projector", help="Everything one and a half times as large.", key=key)
controls[2].toggle(
    "What if",
    key="what-if",
    on_change=drafting.begin,
    help="Try changes on the map and see what follows; nothing is written.",
)
# From 1800 on the matrix stands beside the map, whose component then measures three fifths of the room.
teams = organisation.teams_on(day)
room, was_beside = choices.room(), choices.choice("beside") == "yes"
beside = len(teams) >= MATRIX_FROM and room >= BESIDE_FROM * (MAP_SHARE if was_beside else 1)
room = int(room * MAP_SHARE) if beside and not was_beside else room
choices.choose("beside", "yes" if beside else "")
scale = 1.5 if projector else 1.0
width = max(300, room / scale)
unfolded = False
if folds(organisation, day, width) and len(teams) <= MOST_UNFOLDED:
    help_ = f"From {FOLD_FROM} teams on, groupings are folded into cards; a click opens one."
    key = choices.widget("all", choices.choice("all") == "yes")
    unfolded = controls[2].toggle("All teams", help=help_, key=key)
    choices.choose("all", "yes" if unfolded else "")
choices.choose("overlay", laid_as)
choices.choose("day", day.isoformat() if day != opened.last_day else "")
choices.choose("projector", "yes" if projector else "")

# -- the map ------------------------------------------------------------------------------------------------------

team, card = choices.chosen_team(), choices.chosen("open", "")
lit = lit_teams(organisation, choices.chosen("lit", "")) if not team else frozenset()
shown = (overlay_id,) if overlay_id in METRICS else DORA if team and overlay_id == "type" else ()
readings = opened.readings(opened.scope(day), shown)
laid = overlay(laid_as, opened, day)
layout = lay_out(opened, day, Sheet(width, (first, last), unfolded, card), team)
card = getattr(layout, "open_card", None) or ""
look = Look(palette(), laid, team, scale, title=f"Team map of {organisation.title} on {day}", lit=lit)
left, right = st.columns([MAP_SHARE, 1 - MAP_SHARE], gap="medium") if beside else (st.container(), None)
with left:
    show_picture(
        draw_map(layout, look), width=int(room), selected=team, escapes=bool(team or card or lit), on_pick=choices.pick_on_map,
        on_width=choices.keep_room,
    )  # fmt: skip
choices.share_in_address(
    draft="", tie="", team=team or "", overlay=laid_as if overlay_id != "type" else "", day=choices.choice("day"),
    open=card if not team else "", lit=choices.choice("lit") if lit else "",
)  # fmt: skip

# -- what it says -------------------------------------------------------------------------------------------------

if laid.empty:
    st.caption(f"{names[overlay_id]}: {laid.empty}.")
elif laid.drawn:
    st.caption(f"{laid.about} {weeks_sentence(laid.weeks, opened.events.last_day) if laid.weeks else ''}")
if overlay_id == "findings":
    whole = [one.message for one in opened.checked(day).findings if not one.teams]
    if whole:
        st.markdown("About the organisation:\n\n" + bullets(whole))
st.caption("Click a team, or press Tab and Enter; Escape lets go. The address of this page is a link to what you see.")
if team:
    st.subheader(escaped(organisation.team_name(team)))
    show_facts(team_facts(organisation, team, day))
    st.markdown(value_sentence(laid, readings, team))
    page_link("squad", "Open the squad's page", team=team)
if len(teams) >= MATRIX_FROM:
    with right or st.container():
        st.header("Who meets whom")
        show_matrix(day, room=room / MAP_SHARE * (1 - MAP_SHARE) if beside else room, scale=scale)
with st.expander("What the shapes and words mean"):
    st.markdown(bullets(f"{word}: {meaning}" for word, meaning in GLOSSARY.items()))
with st.expander("The same as a table"):
    st.dataframe(table_rows(organisation, day, laid), hide_index=True)
