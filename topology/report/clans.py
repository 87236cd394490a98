"""Clan readings as Markdown: what a facilitator brings to an alignment workshop, or pastes into a pull request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from topology.clans.groupings import grouping_name, label_name
from topology.clans.moves import EFFECT
from topology.clans.ties import LAYER_NAMES, small_teams
from topology.report.markdown import markdown as escaped

if TYPE_CHECKING:
    from topology.clans import ClanReading
    from topology.clans.brokers import Broker
    from topology.clans.moves import Move
    from topology.model import Organisation

MOST_BROKERS, MOST_MOVES = 5, 8
MARKS = {True: "yes", False: "no", None: "not asked"}
QUESTION = "What do we want between these groups, and which one change would we try for eight weeks?"


@dataclass(frozen=True)
class Sheet:
    """A reading with what a workshop asks next: who carries the bridges, and what would build the missing ones."""

    reading: ClanReading
    brokers: Sequence[Broker] = ()
    moves: Sequence[Move] = ()


def title_of(reading: ClanReading) -> str:
    """`Value streams, observed contact`."""
    layer = LAYER_NAMES[reading.layer]
    return f"{escaped(grouping_name(reading.grouping))}, {layer[0].lower()}{layer[1:]}"


def told_brokers(
    organisation: Organisation, brokers: Sequence[Broker], day: dt.date, most: int | None = None
) -> list[Broker]:
    """The brokers that may be named, in the order of the file: teams that are not known to be under five people; never people.

    `most`: only so many, those that take part in most bridges.
    """
    hidden = small_teams(organisation, day)
    told = [one for one in brokers if one.unit in organisation.teams and one.unit not in hidden]
    kept = {one.unit for one in sorted(told, key=lambda one: -one.bridges)[:most]}
    return [one for one in told if one.unit in kept]


def markdown(organisation: Organisation, sheets: Sequence[Sheet]) -> str:
    """One section a reading, findings and signs first; the others in a closing list."""
    told = [sheet for sheet in sheets if sheet.reading.grade in ("finding", "sign")]
    parts = [f"# Clan dynamics of {escaped(organisation.title)}\n"]
    if sheets:
        last = max(sheet.reading.last for sheet in sheets)
        parts.append(
            f"The weeks up to {last}. A bridge is a tie between two groups; the question is how many chance would give.\n"
        )
    if not told:
        any_data = any(sheet.reading.grade == "no sign" for sheet in sheets)
        parts.append(
            "No sign of a group that turns inward.\n"
            if any_data
            else "Nothing can be told yet; below is what is missing.\n"
        )
    parts += [_section(organisation, sheet) for sheet in sorted(told, key=lambda one: one.reading.grade)]
    rest = [sheet.reading for sheet in sheets if sheet not in told]
    if rest:
        parts.append("## The others\n\n" + "".join(f"- {title_of(one)}: {escaped(one.sentence)}\n" for one in rest))
    return "\n".join(parts)


def _section(organisation: Organisation, sheet: Sheet) -> str:
    reading = sheet.reading
    lines = [f"## {title_of(reading)}: {reading.told}", "", escaped(reading.sentence), "",
             "| Test | Holds | Numbers |", "| --- | --- | --- |"]  # fmt: skip
    lines += [f"| {test.name} | {MARKS[test.passed]} | {escaped(test.words)} |" for test in reading.tests]
    lines += ["", *_borders(organisation, reading), *_missing(organisation, reading)]
    lines += [*_brokers(organisation, sheet), *_moves(sheet.moves)]
    lines += [] if reading.quiet else [f"**To talk about:** {QUESTION}", ""]
    return "\n".join(lines)


def _borders(organisation: Organisation, reading: ClanReading) -> list[str]:
    if not reading.borders:
        return []
    names = {group: escaped(label_name(organisation, reading.grouping, group)) for group in reading.groups}
    rows = [f"| {names[one.groups[0]]} – {names[one.groups[1]]} | {one.bridges} | {one.low:.0f} to {one.high:.0f} |"
            for one in reading.borders]  # fmt: skip
    return ["| Border | Bridges | Chance (95 %) |", "| --- | ---: | --- |", *rows, ""]


def _missing(organisation: Organisation, reading: ClanReading) -> list[str]:
    if reading.needs is None or reading.unit == "people" or not reading.needs.missing:
        return []
    return ["Missing bridges (their work needs the other, and less contact was seen than makes a tie):", "",
            *(f"- {pair_words(organisation, pair)}" for pair in reading.needs.missing), ""]  # fmt: skip


def pair_words(organisation: Organisation, pair: tuple[str, str]) -> str:
    """`Checkout – Sign-up`, escaped for Markdown."""
    return " – ".join(escaped(organisation.team_name(team)) for team in pair)


def _brokers(organisation: Organisation, sheet: Sheet) -> list[str]:
    told = told_brokers(organisation, sheet.brokers, sheet.reading.last, MOST_BROKERS)
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


def _moves(moves: Sequence[Move]) -> list[str]:
    if not moves:
        return []
    rows = [f"1. {escaped(one.sentence)} {before_after(one)}" for one in moves[:MOST_MOVES]]
    return ["What would build the missing bridges, most pairs for the least load first:", "", *rows, ""]


def before_after(move: Move) -> str:
    """`3 of 7 missing pairs would be served without talk; 4 would stay. Bridges missing against chance: 41 %, with it 38 %.`"""
    built = len(move.bridges)
    words = f"{built} of {move.missing[0]} missing pairs {EFFECT[move.mode]}; {move.missing[1]} would stay."
    if move.fewer:
        words += f" Bridges missing against chance: {move.fewer[0]:.0%}, with it {move.fewer[1]:.0%}."
    return words


def rows(readings: Sequence[ClanReading]) -> list[Mapping[str, object]]:
    """Each reading as one row of numbers, for a table, CSV or JSON."""
    return [_row(reading) for reading in readings]


COLUMNS = ("grouping", "layer", "units", "ties", "crossing", "shuffled_mean", "low", "high", "fewer", "p", "q", "grade")
MORE_COLUMNS = ("first", "last", "without_label", "expected", "sd", "z", "ei", "expected_ei", "odds_ratio", "smallest_effect",
                "needed_across", "talking_across", "needed_elsewhere", "talking_elsewhere", "began", "reading")  # fmt: skip


def _row(reading: ClanReading) -> dict[str, object]:
    counted, shuffled, needs = reading.bridges, reading.shuffled, reading.needs
    row: dict[str, object] = {
        "grouping": reading.grouping, "layer": reading.layer, "units": reading.units, "without_label": reading.without_label,
        "odds_ratio": reading.odds, "grade": reading.told, "reading": reading.sentence, "q": reading.q, "fewer": reading.fewer,
        "first": reading.first, "last": reading.last, "began": reading.began, "smallest_effect": reading.smallest,
    }  # fmt: skip
    if counted:
        row |= {"ties": int(counted.ties), "crossing": int(counted.crossing), "expected": counted.expected, "sd": counted.sd,
                "z": counted.z, "ei": counted.ei, "expected_ei": counted.expected_ei}  # fmt: skip
    if shuffled:
        row |= {"shuffled_mean": shuffled.mean, "low": shuffled.low, "high": shuffled.high, "p": shuffled.p_fewer}
    if needs:
        row |= {"needed_across": len(needs.across), "talking_across": len(needs.across_talking),
                "needed_elsewhere": len(needs.inside), "talking_elsewhere": len(needs.inside_talking)}  # fmt: skip
    return row
