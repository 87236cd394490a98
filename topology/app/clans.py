"""Parts of the Clans page, each under its heading."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from topology.app.chrome import download, palette, plain_table
from topology.app.drafting.entry import try_on_the_map
from topology.clans.brokers import Broker, carrying_most
from topology.clans.changes import change
from topology.clans.moves import Move
from topology.clans.pairs import PairRow
from topology.clans.reading import ClanReading
from topology.clans.shuffles import SEED
from topology.clans.trend import trend
from topology.clans.warning import FellSilent
from topology.clans.window import Window
from topology.model import Organisation
from topology.planning.proposals import operation_of
from topology.report import table
from topology.report.clans import COLUMNS, MORE_COLUMNS, Sheet, render, rows
from topology.report.clans.as_markdown import MOST_MOVES
from topology.view.charts.chance import against_chance, share_over_time
from topology.view.clans import (
    border_rows,
    broker_rows,
    coverage_rows,
    group_rows,
    missing_rows,
    number_rows,
    pair_rows,
    pair_sentences,
)
from topology.view.expert import border_regression, expert_rows, node_rows, resemblance
from topology.view.markdown import bullets, escaped
from topology.view.notices import shortened
from topology.words.clans import GLOSSARY, broker_sentence, change_sentence, turning_sentence
from topology.words.moves import before_after, held_up_sentence, move_lines, move_sentence
from topology.words.thresholds import FEW
from topology.words.warnings import pairs_words, warning_sentence
from topology.workspace import Workspace

# Rows of a table on the page: a page of thousands is slow, and nobody reads it.
MOST_CARRIERS, MOST_MISSING, MOST_PAIRS = 8, 30, 300


def more(count: int, shown: int) -> None:
    """Says how many are not shown, and where they are."""
    if count > shown:
        st.caption(
            f"The first {shown} of {count}, in their order. `topology clans --show pairs` and `--show moves` print all."
        )


def show_warnings(organisation: Organisation, warnings: Sequence[FellSilent]) -> None:
    """Pairs that fell silent of late, border by border; no finding."""
    for one in warnings:
        st.warning(escaped(warning_sentence(organisation, one)))
        pairs = "; ".join(shortened(pairs_words(organisation, one.pairs)))
        st.caption(escaped(f"Fell silent: {pairs}. A warning is no finding, and goes when the pairs meet again."))


def show_borders(organisation: Organisation, reading: ClanReading) -> None:
    """Each border against the range of chance, and the groups."""
    st.header("Contact, border by border" if reading.weeks else "Bridges, border by border")
    borders = border_rows(organisation, reading)
    if borders:
        what = "Weeks of contact" if reading.weeks else "Bridges"
        chart = against_chance(borders, palette(), what)
        st.altair_chart(chart, alt=f"{what} of each border, and the range that chance would give")
        st.caption("Grey: what shuffled labels give in 95 of 100 cases. The dot: what there is.")
    else:
        st.write("There is too little data to count border by border.")
    with st.expander("Groups"):
        plain_table(group_rows(organisation, reading))
        st.caption(
            "E-I: −1 when all ties of a group stay inside, +1 when all leave it; beside it, what chance gives a group of its size."
        )
        if seen := coverage_rows(organisation, reading):
            st.markdown("**How the sources see each group**")
            plain_table(seen)


def show_over_time(window: Window, reading: ClanReading) -> None:
    """The share of bridges window by window, and the change against the window before."""
    st.header("Over time")
    partition, layer = reading.partition, reading.layer
    points = window.once(("trend", partition.id, layer), lambda: trend(window, partition, layer))
    if len(points) > 1:
        chart = share_over_time(
            [{"last": one.last, "share": one.share, "low": one.low, "high": one.high, "ties": one.ties} for one in points],
            palette(), reading.began,
        )  # fmt: skip
        st.altair_chart(chart, alt="The share of bridges window by window, and the range of chance")
        st.caption(
            f"The share that crosses, in windows of {window.weeks} weeks each drawn at its last day. Grey: chance, 95 %."
        )
    else:
        st.write("There are fewer than two windows with data to compare.")
    changed = window.once(("change", partition.id, layer), lambda: change(window, partition, layer))
    st.caption(change_sentence(changed, window.weeks))
    if turned := turning_sentence(reading):
        st.caption(turned)


def show_missing(window: Window, reading: ClanReading) -> None:
    """The needed pairs across that were silent."""
    st.header("Silent pairs across")
    missing = missing_rows(window, reading)
    if missing:
        st.markdown(
            f"Their work needs the other, and they were seen in contact in fewer than one week of four (of the {window.weeks}):"
        )
        plain_table(missing[:MOST_MISSING])
        more(len(missing), MOST_MISSING)
    elif reading.partition.of_people:
        st.write("Bridges between the sides are people's; no person is named here.")
    else:
        st.write(
            "No needed pair across is silent." if reading.needs else "Without contacts no pair can be called silent."
        )


def show_brokers(organisation: Organisation, reading: ClanReading, brokers: Sequence[Broker]) -> None:
    """Who takes part in most bridges."""
    st.header("Who carries the bridges")
    if reading.partition.of_people:
        st.write("Not told for Product and Tech: the units are people.")
        return
    told = carrying_most(brokers, MOST_CARRIERS)
    if not told and not reading.tells:
        st.write("There is too little data to tell.")
        return
    st.markdown(escaped(broker_sentence(organisation, told)))
    if told:
        plain_table(broker_rows(organisation, reading, told))
        st.caption(
            f"Teams that are known to be under {FEW} are left out. A place between others is no merit and no fault."
        )


def show_moves(
    organisation: Organisation, proposed: Sequence[Move], held: Sequence[tuple[tuple[str, str], str]]
) -> None:
    """The interactions that would bring silent pairs together, with the lines for the file; and those that nobody has a hand free for."""
    if not proposed and not held:
        return
    st.header("What would bring the silent pairs together")
    st.caption(
        "Most needed pairs for the least added load first. The load of each mode is an assumption of ours: docs/clans.md."
    )
    for move in proposed[:MOST_MOVES]:
        with st.container(border=True):
            st.markdown(f"**{escaped(move_sentence(organisation, move))}**")
            st.markdown(escaped(f"{before_after(move)} Added load: {move.load:g}."))
            with st.container(horizontal=True):
                try_on_the_map(operation_of(organisation, move), "-".join((move.mode, *move.teams)))
                with st.popover("The lines for the file"):
                    st.caption("Under `interactions:` of the organisation file, in a pull request.")
                    st.code(move_lines(organisation, move), language="yaml")
    more(len(proposed), MOST_MOVES)
    if held:
        st.markdown(escaped(held_up_sentence(organisation, held)))


def show_pairs(window: Window, pairs: Sequence[PairRow]) -> None:
    """The pairs of teams by what is declared, observed and needed."""
    with st.expander("Pairs of teams: declared, observed, needed"):
        told = pair_sentences(pairs) if window.exchange else ["Without contacts only the file can be told."]
        st.markdown(bullets(told or ["The file declares nothing, and nothing was seen."]))
        if st.toggle("Show every pair", help="In the order of the file."):
            plain_table(pair_rows(window.organisation, pairs[:MOST_PAIRS]))
            more(len(pairs), MOST_PAIRS)


def show_numbers(
    organisation: Organisation, sheet: Sheet, readings: Sequence[ClanReading], warnings: Sequence[FellSilent]
) -> None:
    """The words, the numbers behind a reading, and the downloads."""
    with st.expander("How is this computed?"):
        st.markdown(bullets(f"{word}: {meaning}" for word, meaning in GLOSSARY.items()))
        plain_table(number_rows(sheet.reading))
        download(
            "Download as Markdown, for a workshop", lambda: render("markdown", organisation, [sheet], warnings),
            "clans.md", "text/markdown",
        )  # fmt: skip
        columns = [*COLUMNS, *MORE_COLUMNS]
        download(
            "Download the numbers as JSON", lambda: table.render("json", rows(organisation, readings), columns),
            "clans.json", "application/json",
        )  # fmt: skip


def show_expert_view(workspace: Workspace, window: Window, reading: ClanReading) -> None:
    """The measures for the reader who knows the terms, computed when they are asked for."""
    with st.expander("For the reader who knows the terms"):
        help_ = "Communities and the regression take some seconds in a large organisation."
        if not st.toggle("Compute the expert view", help=help_):
            return
        plain_table(expert_rows(window, reading, SEED))
        nodes = node_rows(window, reading)
        if nodes:
            st.markdown("**E-I of teams with three ties or more** (−1 all ties inside the group, +1 all outside)")
            plain_table(nodes)
        st.markdown("**Which border matters once the others are counted** (MRQAP, double semi-partialling)")
        told = border_regression(window, reading, SEED)
        if isinstance(told, str):
            st.write(told)
        else:
            plain_table(told)
        st.markdown("**Do tied teams resemble each other?**")
        teams = window.organisation.teams_on(window.day).items()
        loads = {id_: float(one.cognitive_load.total) for id_, one in teams if one.cognitive_load}
        st.markdown(bullets(resemblance(window, reading, loads, "cognitive load", SEED)))
        waits = workspace.reading("change-lead-time", workspace.scope(window.day))
        hours = {id_: value for id_ in window.organisation.teams if (value := waits.value(id_)) is not None}
        st.markdown(bullets(resemblance(window, reading, hours, "change lead time (hours)", SEED)))
