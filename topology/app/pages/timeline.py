"""The organisation over time, from the commits of its git repository."""

import streamlit as st

from topology.app import choices
from topology.app.chrome import palette
from topology.app.component import show_picture
from topology.app.registry import workspace
from topology.history.git import GitError
from topology.history.timeline import Every
from topology.report.timeline import rows
from topology.view.charts.series import series
from topology.view.map import Sheet, map_of
from topology.view.markdown import bullets, escaped
from topology.view.teammap.svg import Look
from topology.view.timeline import EVERY, charts, happened

PAGE = {"title": "Timeline", "order": 7}
MOST_COMMITS = 200  # of a Timeline by commit: a reading of each takes some hundredths of a second
MOST_NOTES = 3

opened = workspace()
st.title("Timeline")
asked = choices.chosen("every", "month")
every: Every = next((one for one in EVERY if one == asked), "month")
every = st.segmented_control("A point for each", EVERY, key=choices.widget("every", every)) or every
choices.choose("every", every)
try:
    with st.spinner("Reading the history ..."):
        found = opened.history(every, MOST_COMMITS)
except GitError as error:
    st.info(
        f"There is no history to show: {escaped(str(error))} Kept in a git repository, every commit of the file becomes a point here."
    )
    st.stop()
for note in found.notes[:MOST_NOTES]:
    st.caption(escaped(note))
if len(found.notes) > MOST_NOTES:
    with st.expander(f"{len(found.notes) - MOST_NOTES} more notes"):
        st.markdown(bullets(found.notes[MOST_NOTES:]))
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
by_label = {f"{one.day.isoformat()} · {one.commit[:7]}": one for one in found.snapshots}
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
then = opened.at_commit(snapshot.commit)
look = Look(palette(), title=f"Team map of {then.organisation.title} on {snapshot.day}")
picture = map_of(then, snapshot.day, Sheet(max(300, room)), look)
show_picture(picture, width=int(room), selected=None, escapes=False, on_pick=lambda _: None, on_width=choices.keep_room)
position = labels.index(label)
if position:
    before = found.snapshots[position - 1]
    st.subheader(f"What changed since {before.day}")
    changed = happened(opened.at_commit(before.commit), then, f"{before.commit[:10]}..{snapshot.commit[:10]}")
    st.markdown(bullets(changed))
