"""The organisation over time, from the commits of its git repository."""

import streamlit as st

from topology.app import choices, state
from topology.app.charts.series import series
from topology.app.chrome import palette
from topology.app.markdown import bullets, escaped
from topology.app.overlays import TYPE
from topology.app.teammap.component import show_map
from topology.app.teammap.svg import Look, draw_map
from topology.app.timeline_facts import EVERY, charts, happened
from topology.graph.teammap import fold_map, folds, layout_map
from topology.history.git import GitError
from topology.report.timeline import rows

st.title("Timeline")
every = choices.chosen("every", "month")
every = every if every in EVERY else "month"
picked = st.segmented_control("A point for each", EVERY, key=choices.widget("every", every))
every = picked or every
choices.choose("every", every)
try:
    found = state.history(every)
except GitError as error:
    st.info(
        f"There is no history to show: {escaped(str(error))} Kept in a git repository, every commit of the file becomes a point here."
    )
    st.stop()
for note in found.notes[:3]:
    st.caption(escaped(note))
if len(found.notes) > 3:
    with st.expander(f"{len(found.notes) - 3} more notes"):
        st.markdown(bullets(found.notes[3:]))
if not found.snapshots:
    st.info("No commit has this organisation yet. Commit the file, and it becomes the first point.")
    st.stop()

# -- the series ---------------------------------------------------------------------------------------------------

made, _ = rows(found)
first, last = found.snapshots[0], found.snapshots[-1]
st.caption(
    f"{len(found.snapshots)} points, {first.day} to {last.day}. Each is the file as the last commit until that day has it, judged on that "
    "day. Old versions are read as far as they go."
)
columns = st.columns(2)
for index, chart in enumerate(charts(found, palette())):
    with columns[index % 2]:
        st.subheader(chart.title)
        st.altair_chart(series(made, chart.columns, palette()), alt=f"{chart.title} over time")
        st.caption(chart.about)

# -- the map through time ------------------------------------------------------------------------------------------

st.header("The map through time")
days = [one.day.isoformat() for one in found.snapshots]
by_label = {f"{day} · {one.commit[:7]}": one for day, one in zip(days, found.snapshots, strict=True)}
labels = list(by_label)
chosen = choices.chosen("then", "")
start = next((label for label in labels if chosen and label.replace(" · ", ".").startswith(chosen)), labels[-1])
label = labels[-1]
if len(labels) > 1:
    key = choices.widget("then", start)
    if st.session_state[key] not in labels:
        st.session_state[key] = start
    label = st.select_slider("Day and commit", labels, key=key)
snapshot = by_label[label]
choices.share_in_address(
    every=every if every != "month" else "", then=label.replace(" · ", ".") if label != labels[-1] else ""
)
room = choices.room()
organisation = snapshot.organisation
width = max(300, room)
layout = (
    fold_map(organisation, snapshot.day, width)
    if folds(organisation, snapshot.day, width)
    else layout_map(organisation, snapshot.day, width)
)
look = Look(palette(), TYPE, None, title=f"Team map of {organisation.title} on {snapshot.day}")
show_map(
    draw_map(layout, look),
    width=int(room),
    selected=None,
    escapes=False,
    on_pick=lambda _: None,
    on_width=choices.keep_room,
)
position = labels.index(label)
if position:
    before = found.snapshots[position - 1]
    st.subheader(f"What changed since {before.day}")
    st.markdown(bullets(line.replace("`", "") for line in happened(before, snapshot)))
