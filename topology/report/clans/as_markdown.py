"""Clan readings as Markdown: what a facilitator brings to an alignment workshop, or pastes into a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from topology.clans.brokers import carrying_most
from topology.clans.codes import Grade
from topology.report.clans import MARKS, Sheet, title_of
from topology.report.markdown import markdown as escaped
from topology.words.clans import TESTS, grade_words, group_names, reading_sentence, test_words
from topology.words.moves import before_after, move_sentence
from topology.words.warnings import pairs_words, warning_sentence

if TYPE_CHECKING:
    from topology.clans.brokers import Broker
    from topology.clans.moves import Move
    from topology.clans.reading import ClanReading
    from topology.clans.warning import FellSilent
    from topology.model import Organisation

MOST_BROKERS, MOST_MOVES = 5, 8
QUESTION = "What do we want between these groups, and which one change would we try for eight weeks?"


def render(organisation: Organisation, sheets: Sequence[Sheet], warnings: Sequence[FellSilent] = ()) -> str:
    """Warnings, then one section a reading, findings and signs first; the others in a closing list."""
    told = [sheet for sheet in sheets if sheet.reading.shows]
    parts = [f"# Clan dynamics of {escaped(organisation.title)}\n"]
    if sheets:
        last = max(sheet.reading.last for sheet in sheets)
        parts.append(
            f"The weeks up to {last}. Counted are the weeks in which each pair of teams was seen in contact; the question is how much "
            "chance would give across, as busy as each team is.\n"
        )
    parts += [_warning(organisation, one) for one in warnings]
    if not told:
        any_data = any(sheet.reading.grade == Grade.NO_SIGN for sheet in sheets)
        parts.append(
            "No sign of a group that turns inward.\n"
            if any_data
            else "Nothing can be told yet; below is what is missing.\n"
        )
    parts += [
        _section(organisation, sheet) for sheet in sorted(told, key=lambda one: one.reading.grade != Grade.FINDING)
    ]
    rest = [sheet.reading for sheet in sheets if sheet not in told]
    if rest:
        parts.append(
            "## The others\n\n"
            + "".join(f"- {escaped(title_of(one))}: {escaped(reading_sentence(organisation, one))}\n" for one in rest)
        )
    return "\n".join(parts)


def _warning(organisation: Organisation, one: FellSilent) -> str:
    pairs = "; ".join(pairs_words(organisation, one.pairs))
    return f"> {escaped(warning_sentence(organisation, one))} Fell silent: {escaped(pairs)}.\n"


def _section(organisation: Organisation, sheet: Sheet) -> str:
    reading = sheet.reading
    lines = [f"## {escaped(title_of(reading))}: {grade_words(reading)}", "", escaped(reading_sentence(organisation, reading)), "",
             "| Test | Holds | Numbers |", "| --- | --- | --- |"]  # fmt: skip
    lines += [
        f"| {TESTS[test.kind]} | {MARKS[test.passed]} | {escaped(test_words(organisation, reading, test))} |"
        for test in reading.tests
    ]
    lines += ["", *_borders(organisation, reading), *_missing(organisation, reading)]
    lines += [*_brokers(organisation, sheet), *_moves(organisation, sheet.moves)]
    lines += [] if reading.quiet else [f"**To talk about:** {QUESTION}", ""]
    return "\n".join(lines)


def _borders(organisation: Organisation, reading: ClanReading) -> list[str]:
    if not reading.borders:
        return []
    names = {group: escaped(name) for group, name in group_names(organisation, reading).items()}
    rows = [f"| {names[one.groups[0]]} – {names[one.groups[1]]} | {one.bridges:.0f} | {one.low:.0f} to {one.high:.0f} |"
            for one in reading.borders]  # fmt: skip
    what = "Weeks of contact" if reading.weeks else "Bridges"
    return [f"| Border | {what} | Chance (95 %) |", "| --- | ---: | --- |", *rows, ""]


def _missing(organisation: Organisation, reading: ClanReading) -> list[str]:
    if reading.needs is None or reading.partition.of_people or not reading.needs.missing:
        return []
    return ["Silent pairs across (their work needs the other, and they were seen in contact in fewer than one week of four):", "",
            *(f"- {pair_words(organisation, pair)}" for pair in reading.needs.missing), ""]  # fmt: skip


def pair_words(organisation: Organisation, pair: tuple[str, str]) -> str:
    """`Checkout – Sign-up`, escaped for Markdown."""
    return " – ".join(escaped(organisation.team_name(team)) for team in pair)


def _brokers(organisation: Organisation, sheet: Sheet) -> list[str]:
    told = carrying_most(sheet.brokers, MOST_BROKERS)
    if not told:
        return []
    return ["Who carries the bridges that there are:", "",
            *(f"- {broker_words(organisation, one)}" for one in told), ""]  # fmt: skip


def broker_words(organisation: Organisation, one: Broker) -> str:
    """`Checkout: 8 bridges, 33 % of all; joins 12 pairs that do not meet otherwise (chance 4 to 15)`."""
    bridges = "bridge" if one.bridges == 1 else "bridges"
    chance = f" (chance {one.chance[0]:.0f} to {one.chance[1]:.0f})" if one.chance else ""
    pairs = "pair" if one.paths == 1 else "pairs"
    cut = "; without it some team is cut off" if one.articulation else ""
    return (
        f"{escaped(organisation.team_name(one.unit))}: {one.bridges} {bridges}, it takes part in {one.share:.0%} of all; "
        f"joins {one.paths} {pairs} of teams that do not meet otherwise{chance}{cut}"
    )


def _moves(organisation: Organisation, moves: Sequence[Move]) -> list[str]:
    if not moves:
        return []
    rows = [f"1. {escaped(move_sentence(organisation, one))} {before_after(one)}" for one in moves[:MOST_MOVES]]
    return ["What would bring the silent pairs together, most pairs for the least load first:", "", *rows, ""]
