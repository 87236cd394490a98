"""Groups that turn inward: bridges against chance, who carries them, what is missing, and what would build it."""

import streamlit as st

from topology.app import choices, state
from topology.app.charts.chance import against_chance, share_over_time
from topology.app.chrome import no_data, palette, plain_table
from topology.app.clan_expert import border_regression, expert_rows, node_rows, resemblance
from topology.app.clan_facts import (
    GLOSSARY,
    GRADES,
    border_rows,
    broker_rows,
    broker_sentence,
    change_sentence,
    group_rows,
    missing_rows,
    number_rows,
    pair_rows,
    pair_sentences,
    reading_name,
    sturdy_sentence,
    test_rows,
)
from topology.app.markdown import bullets, escaped
from topology.app.matrix import show_matrix
from topology.clans.groupings import grouping_name
from topology.clans.moves import moves
from topology.clans.shuffles import SEED
from topology.clans.ties import LAYER_NAMES, LAYERS
from topology.clans.verdict import small
from topology.report.clans import COLUMNS, MORE_COLUMNS, MOST_MOVES, Sheet, before_after, markdown, rows, told_brokers
from topology.report.table import render

# Rows of a table on the page: a page of thousands is slow, and nobody reads it.
MOST_CARRIERS, MOST_MISSING, MOST_PAIRS = 8, 30, 300


def more(count: int, shown: int) -> None:
    """Says how many are not shown, and where they are."""
    if count > shown:
        st.caption(
            f"The first {shown} of {count}, in their order. `topology clans --show pairs` and `--show moves` print all."
        )


organisation = state.organisation()
day = choices.chosen_day()
found = state.clans(day)
source = state.clan_source()

st.title("Clan dynamics")
st.markdown(
    "Which groups turn inward, and is that on purpose? A clan meets itself more, and the others less, than chance would give. The word "
    "“finding” is used only when four tests hold, each with its number. Nobody is named, and nothing is told of fewer than five people."
)

# -- what to look at ----------------------------------------------------------------------------------------------

groupings = list(dict.fromkeys(one.grouping for one in found.readings))
gravest = sorted(found.readings, key=lambda one: GRADES.index(one.grade))[0].grouping
layer = choices.chosen("layer", "observed")
layer = layer if layer in LAYERS else "observed"
asked = choices.chosen("grouping", gravest)
grouping = asked if asked in groupings else gravest
controls = st.columns([4, 4, 3], vertical_alignment="bottom")
layer = (
    controls[1].segmented_control(
        "Ties", list(LAYERS), format_func=LAYER_NAMES.__getitem__, key=choices.widget("layer", layer),
        help="Three layers, never added to one another: what the file declares, what was seen in contacts, changes in another's services.",
    )
    or layer
)  # fmt: skip
of_layer = {one.grouping: one for one in found.readings if one.layer == layer}
grouping = controls[0].selectbox(
    "Grouping", groupings, format_func=lambda id_: reading_name(of_layer[id_]), key=choices.widget("grouping", grouping)
)
if asked not in groupings:
    st.info(f"There is no grouping “{escaped(asked)}” in this file; {escaped(grouping_name(grouping))} is shown.")
choices.choose("grouping", grouping)
choices.choose("layer", layer)
choices.share_in_address(grouping=grouping, layer=layer if layer != "observed" else "", day=choices.chosen("day", ""))
reading = of_layer[grouping]
floors = state.clan_floors(grouping, layer, day)
brokers = told_brokers(organisation, state.brokers(reading, day), day, MOST_CARRIERS)
proposed = moves(organisation, reading, day) if reading.grade in ("sign", "finding") else []

with st.container(border=True):
    st.subheader(f"{reading.told.capitalize()}: {escaped(grouping_name(grouping))}")
    st.markdown(escaped(reading.sentence))
    if reading.grade in ("sign", "finding") and floors:
        st.markdown(escaped(sturdy_sentence(floors)))
    if reading.layer != "declared" and reading.bridges is not None:
        st.caption(
            f"Seen in the whole weeks from {reading.first} to {reading.last}. What was not written down in these tables was not seen."
        )
    if reading.grade in ("sign", "finding") and grouping == "value-stream":
        lit = ",".join(dict.fromkeys(group for border in reading.narrow for group in border.groups))
        st.page_link(
            "topology/app/pages/map.py",
            label="See it on the map",
            query_params={"overlay": "missing-bridges", **({"lit": lit} if lit else {})},
        )
if source.exchange is not None and source.exchange.unknown and layer != "declared":
    st.caption(
        f"{source.exchange.unknown} of {source.exchange.rows} contacts were left out: they name nobody who is in the file and in a team."
    )
for file in state.events().report.files:
    if file.table == "contacts" and file.error:
        st.warning(f"{escaped(file.file)} could not be read, so nothing is told of contact: {escaped(file.error)}")
if reading.bridges is None and source.exchange is None:
    no_data("observed contact", "contacts.csv", "week,source,target,kind,weight\n2026-11-16,ada,celia,meeting,2")
if reading.tests:
    plain_table(test_rows(reading))

# -- bridges against chance ---------------------------------------------------------------------------------------

left, right = st.columns(2, gap="large")
with left:
    st.header("Bridges, border by border")
    borders = border_rows(organisation, reading)
    if borders:
        st.altair_chart(
            against_chance(borders, palette()), alt="Bridges of each border, and the range that chance would give"
        )
        st.caption("Grey: what shuffled labels give in 95 of 100 cases. The dot: what there is.")
    else:
        st.write("There is too little data to count border by border.")
    with st.expander("Groups"):
        plain_table(group_rows(organisation, reading))
        st.caption(
            "E-I: −1 when all ties of a group stay inside, +1 when all leave it; beside it, what chance gives a group of its size."
        )
with right:
    st.header("Over time")
    points = state.clan_trend(grouping, layer, day)
    if len(points) > 1:
        table = [
            {"last": one.last, "share": one.share, "low": one.low, "high": one.high, "ties": one.ties} for one in points
        ]
        st.altair_chart(
            share_over_time(table, palette(), reading.began),
            alt="The share of bridges window by window, and the range of chance",
        )
        weeks = source.weeks
        st.caption(
            f"The share of ties that are bridges, in windows of {weeks} weeks each drawn at its last day. Grey: chance, 95 %."
        )
    else:
        st.write("There are fewer than two windows with data to compare.")
    st.caption(change_sentence(state.clan_change(grouping, layer, day), source.weeks))
    if reading.turning is not None and reading.began is not None:
        turning = reading.turning
        st.caption(
            f"Of all contact between these squads, the share across this border fell from {turning.before:.0%} to {turning.after:.0%}. "
            f"Weeks in another order fit such a fall as well in {turning.p:.1%} of cases."
        )

# -- who, and what is missing -------------------------------------------------------------------------------------

left, right = st.columns(2, gap="large")
with left:
    st.header("Missing bridges")
    missing = missing_rows(organisation, reading, source, day)
    if missing:
        st.markdown(
            f"Their work needs the other, and fewer than {source.least:g} events were seen in {source.weeks} weeks:"
        )
        plain_table(missing[:MOST_MISSING])
        more(len(missing), MOST_MISSING)
    elif reading.unit == "people":
        st.write("Bridges between the sides are people's; no person is named here.")
    else:
        st.write(
            "No needed pair across this border is missing."
            if reading.needs
            else "Without contacts nothing can be missing."
        )
with right:
    st.header("Who carries the bridges")
    if reading.grade == "not enough data":
        st.write("There is too little data to tell.")
    elif reading.unit == "people":
        st.write("Not told for Product and Tech: the units are people.")
    else:
        st.markdown(escaped(broker_sentence(organisation, brokers)))
        if brokers:
            plain_table(broker_rows(organisation, brokers, grouping))
            st.caption(
                "Teams that are known to be under five people are left out. A place between others is no merit and no fault."
            )

if proposed:
    st.header("What would build the missing bridges")
    st.caption(
        "Most needed pairs for the least added load first. The load of each mode is an assumption of ours: docs/clans.md."
    )
    for move in proposed[:MOST_MOVES]:
        with st.container(border=True):
            st.markdown(f"**{escaped(move.sentence)}**")
            st.markdown(escaped(f"{before_after(move)} Added load: {move.load:g}."))
            with st.popover("The lines for the file"):
                st.caption("Under `interactions:` of the organisation file, in a pull request.")
                st.code(move.yaml, language="yaml")

    more(len(proposed), MOST_MOVES)

# -- the matrix ---------------------------------------------------------------------------------------------------

st.header("Who meets whom")
show_matrix(organisation, day, found.pairs, source, room=choices.room())
with st.expander("Pairs of teams: declared, observed, needed"):
    told_pairs = pair_sentences(found.pairs) if source.exchange else ["Without contacts only the file can be told."]
    st.markdown(bullets(told_pairs or ["The file declares nothing, and nothing was seen."]))
    if st.toggle("Show every pair", help="In the order of the file."):
        plain_table(pair_rows(organisation, found.pairs[:MOST_PAIRS]))
        more(len(found.pairs), MOST_PAIRS)

# -- behind it ----------------------------------------------------------------------------------------------------

with st.expander("How is this computed?"):
    st.markdown(bullets(f"{word}: {meaning}" for word, meaning in GLOSSARY.items()))
    plain_table(number_rows(reading))
    if floors:
        st.markdown("**If a tie asked for more or fewer events in four weeks**")
        plain_table([
            {"Events": f"{one.floor:g}", "Ties": str(one.ties), "Bridges": str(one.crossing),
             "Fewer than chance": "–" if one.fewer is None else f"{one.fewer:.0%}", "p": "–" if one.p is None else small(one.p),
             "The second test": "holds" if one.holds else "does not hold"}
            for one in floors
        ])  # fmt: skip
    sheets = [Sheet(reading, brokers, proposed)]
    st.download_button(
        "Download as Markdown, for a workshop",
        markdown(organisation, sheets),
        "clans.md",
        "text/markdown",
        on_click="ignore",
    )
    st.download_button(
        "Download the numbers as JSON",
        render(rows(found.readings), [*COLUMNS, *MORE_COLUMNS], "json"),
        "clans.json",
        "application/json",
        on_click="ignore",
    )
with st.expander("For the reader who knows the terms"):
    if st.toggle(
        "Compute the expert view", help="Communities and the regression take some seconds in a large organisation."
    ):
        plain_table(expert_rows(source, reading, day, SEED))
        nodes = node_rows(source, reading, day)
        if nodes:
            st.markdown("**E-I of teams with three ties or more** (−1 all ties inside the group, +1 all outside)")
            plain_table(nodes)
        st.markdown("**Which border matters once the others are counted** (MRQAP, double semi-partialling)")
        told = border_regression(source, reading, day, SEED)
        if isinstance(told, str):
            st.write(told)
        else:
            plain_table(told)
        st.markdown("**Do tied teams resemble each other?**")
        loads = {
            id_: float(one.cognitive_load.total)
            for id_, one in organisation.teams_on(day).items()
            if one.cognitive_load
        }
        st.markdown(bullets(resemblance(source, reading, day, loads, "cognitive load", SEED)))
        waits = state.reading("change-lead-time", state.scope(day))
        hours = {id_: value for id_ in organisation.teams if (value := waits.value(id_)) is not None}
        st.markdown(bullets(resemblance(source, reading, day, hours, "change lead time (hours)", SEED)))
