"""Clan readings → rows for a table, and further formats of their own: one file each, with `render(organisation, sheets, warnings)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from topology.report.formats import renderer

if TYPE_CHECKING:
    from topology.clans.brokers import Broker
    from topology.clans.moves import Move
    from topology.clans.reading import ClanReading
    from topology.model import Organisation

render = renderer(__name__)
MARKS = {True: "yes", False: "no", None: "not asked"}


@dataclass(frozen=True)
class Sheet:
    """A reading with what a workshop asks next: who carries the bridges, and what would build the missing ones."""

    reading: ClanReading
    brokers: Sequence[Broker] = ()
    moves: Sequence[Move] = ()


def title_of(reading: ClanReading) -> str:
    """`Value streams, observed contact`."""
    from topology.words.clans import LAYERS

    layer = LAYERS[reading.layer]
    return f"{reading.partition.name}, {layer[0].lower()}{layer[1:]}"


def rows(organisation: Organisation, readings: Sequence[ClanReading]) -> list[Mapping[str, object]]:
    """Each reading as one row of numbers, for a table, CSV or JSON."""
    return [_row(organisation, reading) for reading in readings]


COLUMNS = ("grouping", "layer", "units", "ties", "crossing", "shuffled_mean", "low", "high", "fewer", "p", "q", "grade")
MORE_COLUMNS = ("first", "last", "without_label", "expected", "sd", "z", "ei", "expected_ei", "odds_ratio", "smallest_effect",
                "needed_across", "silent_across", "needed_elsewhere", "silent_elsewhere", "began", "reading")  # fmt: skip


def _row(organisation: Organisation, reading: ClanReading) -> dict[str, object]:
    from topology.words.clans import grade_words, reading_sentence

    counted, shuffled, needs = reading.bridges, reading.shuffled, reading.needs
    row: dict[str, object] = {
        "grouping": reading.partition.id, "layer": reading.layer, "units": reading.units, "without_label": reading.without_label,
        "odds_ratio": reading.odds, "grade": grade_words(reading), "reading": reading_sentence(organisation, reading),
        "q": reading.q, "fewer": reading.fewer,
        "first": reading.first, "last": reading.last, "began": reading.began, "smallest_effect": reading.smallest,
    }  # fmt: skip
    if counted:
        row |= {"ties": int(counted.ties), "crossing": int(counted.crossing), "expected": counted.expected, "sd": counted.sd,
                "z": counted.z, "ei": counted.ei, "expected_ei": counted.expected_ei}  # fmt: skip
    if shuffled:
        row |= {"shuffled_mean": shuffled.mean, "low": shuffled.low, "high": shuffled.high, "p": reading.p}
    if needs:
        row |= {"needed_across": len(needs.across), "silent_across": len(needs.missing),
                "needed_elsewhere": len(needs.inside), "silent_elsewhere": len(needs.silent(needs.inside))}  # fmt: skip
    return row
