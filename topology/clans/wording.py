"""The sentences of a reading: plain, with what was counted, for how long, and what was not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from topology.clans.groupings import WITHIN

if TYPE_CHECKING:
    from topology.clans.borders import Border
    from topology.clans.reading import ClanReading


_UNSURE = "These are too few places to tell whether it is on purpose."
_EVERYWHERE = "Needed talk is missing elsewhere as much, so this border alone is not the reason."


def sentence(reading: ClanReading, names: Mapping[str, str]) -> str:
    """What a reading says; `names` are those of the groups."""
    if reading.grade == "not enough data":
        return reading.tests[1].words if reading.tests[0].passed else reading.tests[0].words
    if reading.grade == "no sign":
        return f"{_against_chance(reading)}{_smallest(reading.smallest)}"
    lines = [_against_chance(reading), *_narrow(reading.narrow, names), *_needs(reading)]
    if reading.quiet:
        return " ".join([*lines, "So this is a quiet boundary, which Team Topologies wants."])
    if not reading.tests[2].passed and reading.needs and reading.needs.p is not None:
        lines.append(_UNSURE if reading.needs.lower_across else _EVERYWHERE)
    if reading.began is not None:
        lines.append(f"It began around {reading.began:%B %Y}.")
    if not reading.tests[3].passed:
        lines.append("It has not been seen for two windows, nor in two channels.")
    return " ".join(lines)


def what_is_counted(grouping: str) -> str:
    """The word for what crosses a border or stays inside."""
    return "contacts inside squads" if grouping == WITHIN else "ties"


def _against_chance(reading: ClanReading) -> str:
    shuffled, missing = reading.shuffled, reading.fewer
    if shuffled is None or missing is None:
        return "Chance would give no bridges either."
    if shuffled.low <= shuffled.crossing <= shuffled.high and reading.grade == "no sign":
        words = "About as many bridges as chance would give"
    else:
        words = f"{abs(missing):.0%} {'fewer' if missing >= 0 else 'more'} bridges than chance would give"
    what = what_is_counted(reading.grouping)
    assert reading.bridges is not None
    counts = (
        f"{shuffled.crossing:.0f} of {reading.bridges.ties:.0f} {what} between {reading.units} {reading.unit} cross"
    )
    return f"{words}: {counts}, chance would give {shuffled.low:.0f} to {shuffled.high:.0f}."


def _smallest(effect: float | None) -> str:
    if effect is None:
        return ""
    if effect >= 1:
        return " So little data could not have shown any lack of bridges."
    return f" This data would have shown a lack of {effect:.0%} or more four times in five."


def _narrow(borders: Sequence[Border], names: Mapping[str, str]) -> list[str]:
    if len(names) < 3:  # with two groups the border is the grouping
        return []
    return [
        f"{names[one.groups[0]]} and {names[one.groups[1]]}: {one.bridges} {'bridge' if one.bridges == 1 else 'bridges'} "
        f"where chance would give {one.low:.0f} to {one.high:.0f}."
        for one in borders
    ]


def _needs(reading: ClanReading) -> list[str]:
    needs = reading.needs
    if reading.grouping == WITHIN:
        return []
    if needs is None:
        return ["No contact was observed in these weeks, so nothing says whether it is on purpose."]
    if needs.served and not needs.across:
        pairs = "pair" if needs.served == 1 else "pairs"
        return [
            f"{needs.served} needed {pairs} of teams across this border have a service for it, and a service needs no talk."
        ]
    if not needs.across:
        return ["No need across this border is declared, so nothing says whether it is quiet on purpose."]
    elsewhere = f", against {len(needs.inside_talking)} of {len(needs.inside)} elsewhere" if needs.inside else ""
    places = "place" if len(needs.across) == 1 else "places"
    return [
        f"Their work needs the other side in {len(needs.across)} {places} and they talk in {len(needs.across_talking)}{elsewhere}."
    ]
