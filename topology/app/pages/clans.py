"""Groups that turn inward: bridges against chance, who carries them, what is missing, and what would build it."""

import streamlit as st

from topology.app import choices
from topology.app.chrome import no_data, page_link, plain_table
from topology.app.clans import (
    show_borders,
    show_brokers,
    show_expert_view,
    show_missing,
    show_moves,
    show_numbers,
    show_over_time,
    show_pairs,
    show_warnings,
)
from topology.app.matrix import show_matrix
from topology.app.registry import workspace
from topology.clans.brokers import brokers_of
from topology.clans.codes import Grade
from topology.clans.moves import held_up, moves
from topology.clans.partitions import partition_of
from topology.clans.ties import EVERY_LAYER, LAYERS
from topology.report.clans import Sheet
from topology.view.clans import GRADES, WINDOWS, layer_that_tells, reading_name, test_rows
from topology.view.markdown import escaped
from topology.words.clans import LAYERS as LAYER_NAMES
from topology.words.clans import grade_words, reading_sentence, sturdy_sentence, window_sentence
from topology.words.thresholds import FEW

PAGE = {"title": "Clans", "order": 5}

opened, day = workspace(), choices.chosen_day()
organisation = opened.organisation

st.title("Clan dynamics")
st.markdown(
    "Which groups turn inward, and is that on purpose? A clan meets itself more, and the others less, than chance would give. The word "
    f"“finding” is used only when four tests hold, each with its number. Nobody is named, and nothing is told of fewer than {FEW}."
)
places = st.columns([4, 4, 3], vertical_alignment="bottom")
length = choices.select(places[2], "Over", "weeks", WINDOWS, str(opened.settings.clans.weeks))
window = opened.window(day, int(length))
with st.spinner("Comparing with chance ..."):
    found = opened.clans_of(window)

show_warnings(organisation, found.warnings)

# -- what to look at ----------------------------------------------------------------------------------------------

partitions = list(dict.fromkeys(one.partition.id for one in found.readings))
gravest = sorted(found.readings, key=lambda one: GRADES.index(one.grade))[0].partition.id
telling = layer_that_tells(found.readings)
layer = choices.chosen("layer", telling)
layer = layer if layer in EVERY_LAYER else telling
asked = choices.chosen("grouping", gravest)
shown = asked if asked in partitions else gravest
picked = places[1].segmented_control(
    "Ties", list(EVERY_LAYER), format_func=LAYER_NAMES.__getitem__, key=choices.widget("layer", layer),
    help="What the file declares, what was seen in contacts, changes in another's services. They are read apart; contact and changes "
    "together help where either alone is too little.",
)  # fmt: skip
layer = picked or layer
read = found if layer in LAYERS else opened.clans_of(window, (layer,))
of_layer = {one.partition.id: one for one in read.readings if one.layer == layer}
names = {id_: reading_name(one) for id_, one in of_layer.items()}
key = choices.widget("grouping", shown)
shown = places[0].selectbox("Grouping", partitions, format_func=names.__getitem__, key=key)
if asked not in partitions:
    st.info(f"There is no grouping “{escaped(asked)}” in this file; {escaped(partition_of(shown).name)} is shown.")
choices.choose("grouping", shown)
choices.choose("layer", layer)
choices.share_in_address(
    grouping=shown, layer=layer if layer != telling else "", weeks=length if int(length) != opened.settings.clans.weeks else "",
    day=choices.chosen("day", ""),
)  # fmt: skip
reading = of_layer[shown]
brokers = window.once(("brokers", shown, layer), lambda: brokers_of(window, reading))
proposed = moves(window, reading) if reading.grade == Grade.FINDING else []

with st.container(border=True):
    st.subheader(f"{grade_words(reading).capitalize()}: {escaped(reading.partition.name)}")
    st.markdown(escaped(reading_sentence(organisation, reading)))
    if told := sturdy_sentence(reading):
        st.markdown(escaped(told))
    if reading.layer != "declared" and reading.bridges is not None:
        st.caption(window_sentence(reading.first, reading.last))
    if reading.shows and shown == "value-stream":
        lit = ",".join(dict.fromkeys(group for border in reading.narrow for group in border.groups))
        page_link("map", "See it on the map", overlay="missing-bridges", lit=lit)
exchange = window.exchange
if exchange is not None and exchange.unknown and layer != "declared":
    st.caption(
        f"{exchange.unknown} of {exchange.rows} contacts were left out: they name nobody who is in the file and in a team."
    )
for file in opened.events.report.files:
    if file.table == "contacts" and file.error:
        st.warning(f"{escaped(file.file)} could not be read, so nothing is told of contact: {escaped(file.error)}")
if reading.bridges is None and exchange is None:
    no_data("observed contact", "contacts.csv", "week,source,target,kind,weight\n2026-11-16,ada,celia,meeting,2")
if reading.tests:
    plain_table(test_rows(organisation, reading))

# -- bridges against chance, who carries them, what is missing ------------------------------------------------------

left, right = st.columns(2, gap="large")
with left:
    show_borders(organisation, reading)
with right:
    show_over_time(window, reading)
left, right = st.columns(2, gap="large")
with left:
    show_missing(window, reading)
with right:
    show_brokers(organisation, reading, brokers)
show_moves(organisation, proposed, held_up(window, reading))
st.header("Who meets whom")
show_matrix(day, room=choices.room())
show_pairs(window, found.pairs)
show_numbers(organisation, Sheet(reading, brokers, proposed), read.readings, found.warnings)
show_expert_view(opened, window, reading)
