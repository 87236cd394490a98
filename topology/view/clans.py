"""What the Clans page shows, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from topology.clans.brokers import Broker
from topology.clans.codes import Grade, Kind
from topology.clans.pairs import PairRow, counts
from topology.clans.reading import ClanReading
from topology.clans.ties import Layer
from topology.clans.window import Window
from topology.model import Organisation
from topology.words.clans import ASKED, PAIRS, PAIRS_MEAN, TESTS, among_words, grade_words, group_names, test_words
from topology.words.needs import reason_words
from topology.words.numbers import rounded
from topology.words.thresholds import FEW

GRADES = (Grade.FINDING, Grade.SIGN, Grade.NO_SIGN, Grade.TOO_LITTLE)
"""The gravest first."""
WINDOWS = {"4": "4 weeks", "12": "12 weeks", "26": "26 weeks", "52": "52 weeks"}
MARKS = {True: "✓ holds", False: "✗ does not hold", None: "– not asked"}


# The roles of Gould and Fernandez (1989) in plain words.
PLACES = {
    "between its group and another": ("representative", "gatekeeper"),
    "between two other groups": ("liaison",),
    "between teams of one other group": ("consultant",),
    "between teams of its own group": ("coordinator",),
}


def layer_that_tells(readings: Sequence[ClanReading]) -> Layer:
    """Observed contact where it tells of any grouping, else the layer that tells of most; observed contact where none does."""
    told = Counter(one.layer for one in readings if one.tells)
    return "observed" if told["observed"] or not told else told.most_common(1)[0][0]


def reading_name(reading: ClanReading) -> str:
    """`Value streams · finding`."""
    return f"{reading.partition.name} · {grade_words(reading)}"


def test_rows(organisation: Organisation, reading: ClanReading) -> list[dict[str, str]]:
    """The four tests: what each asks, whether it holds, the numbers."""
    return [
        {"Test": TESTS[test.kind], "What it asks": ASKED[test.kind], "Answer": MARKS[test.passed],
         "Numbers": test_words(organisation, reading, test)}
        for test in reading.tests
    ]  # fmt: skip


def border_rows(organisation: Organisation, reading: ClanReading) -> list[dict[str, Any]]:
    """Each border of the partition with its bridges and the range of chance, for the chart; fewest against chance first."""
    name = group_names(organisation, reading)
    return [
        {"border": " – ".join(name[group] for group in one.groups), "bridges": one.bridges, "low": one.low, "high": one.high}
        for one in reading.borders
    ]  # fmt: skip


def group_rows(organisation: Organisation, reading: ClanReading) -> list[dict[str, str]]:
    """Each group with its size and E-I beside what chance gives a group of its size; under five people nothing is told."""
    rows, names = [], group_names(organisation, reading)
    for group, size in reading.groups.items():
        value = reading.group_values.get(group)
        told = "no ties" if group in reading.group_values else f"withheld: fewer than {FEW}"
        chance = 1 - 2 * (size - 1) / (reading.units - 1) if reading.units > 1 else 0.0
        rows.append({
            "Group": names[group], reading.unit.capitalize(): str(size),
            "E-I (chance)": told if value is None else f"{value:+.2f} ({chance:+.2f})",
        })  # fmt: skip
    return rows


def missing_rows(window: Window, reading: ClanReading) -> list[dict[str, str]]:
    """The silent pairs across by name of team, with the weeks in which they were seen and why each is needed."""
    if reading.needs is None or reading.partition.of_people:
        return []
    organisation = window.organisation
    weeks = window.weeks_seen
    return [
        {"Team": organisation.team_name(a), "And": organisation.team_name(b), "Weeks seen": f"{weeks.get((a, b), 0)} of {window.weeks}",
         "Why": "; ".join(reason_words(organisation, reason) for reason in window.needed.edges[a, b]["reasons"])}
        for a, b in reading.needs.missing
    ]  # fmt: skip


def broker_rows(organisation: Organisation, reading: ClanReading, brokers: Sequence[Broker]) -> list[dict[str, str]]:
    """Who takes part in the bridges, with the role it plays most."""
    names = group_names(organisation, reading)
    return [
        {
            "Team": organisation.team_name(one.unit),
            "Group": names[one.group],
            "Bridges": f"{one.bridges} ({one.share:.0%} of all)",
            "Joins pairs that do not meet": _with_chance(one),
            "Mostly stands": _stands(one),
            "Without it": "some team is cut off" if one.articulation else "all stay linked",
        }
        for one in brokers
    ]


def _stands(one: Broker) -> str:
    """Where a broker mostly stands, in words; without direction representative and gatekeeper are the same."""
    places = {words: sum(one.roles[role] for role in roles) for words, roles in PLACES.items()}
    return max(places, key=lambda words: places[words]) if one.paths else "–"


def _with_chance(one: Broker) -> str:
    return f"{one.paths}" + (f" (chance {one.chance[0]:.0f} to {one.chance[1]:.0f})" if one.chance else "")


def pair_sentences(rows: Sequence[PairRow]) -> list[str]:
    """`31 pairs “shadow”: they were seen in contact, and the file says nothing`."""
    return [
        f"{count} {'pair' if count == 1 else 'pairs'} “{PAIRS[kind]}”: {PAIRS_MEAN[kind]}"
        for kind, count in counts(list(rows)).items()
        if count
    ]


def pair_rows(organisation: Organisation, rows: Sequence[PairRow]) -> list[dict[str, str]]:
    """Every pair as the table shows it."""
    return [
        {
            "Team": organisation.team_name(row.teams[0]), "And": organisation.team_name(row.teams[1]), "Kind": PAIRS[row.kind],
            "Declared": ", ".join(row.modes) or "–",
            "Observed events": f"withheld: fewer than {FEW}" if row.kind == Kind.NOT_TOLD
            else "no data" if row.events is None else f"{row.events:.0f}",
            "Corrected for size": "–" if row.weight is None else f"{row.weight:.2f}",
            "Needed": "yes" if row.needed else "no",
        }
        for row in rows
    ]  # fmt: skip


def coverage_rows(organisation: Organisation, reading: ClanReading) -> list[dict[str, str]]:
    """How the sources see each group: what a group has too little of may be what nobody wrote down."""
    if reading.coverage is None:
        return []
    names, half = group_names(organisation, reading), reading.coverage.half_seen
    return [
        {"Group": names[group], "Weeks of contact a pair of its own teams": f"{count:.1f}",
         "Teams hardly seen among themselves": f"{half[group]:.0%}" if group in half else "not told"}
        for group, count in reading.coverage.contact.items() if group in reading.group_values
    ]  # fmt: skip


def number_rows(reading: ClanReading) -> list[dict[str, str]]:
    """All numbers behind a reading, for the reader who knows the terms."""
    counted, shuffled = reading.bridges, reading.shuffled
    if counted is None:
        return []
    found: dict[str, Any] = {
        "Window": f"{reading.first} to {reading.last}", "Units": f"{reading.units} {reading.unit}",
        "Without a label": reading.without_label,
        "Weeks of contact" if reading.weeks else "Ties": f"{counted.ties:.0f}", "Of these across": f"{counted.crossing:.0f}",
        "Closed form, labels over all units (Cliff and Ord)": _moments(counted.expected, counted.sd, counted.z),
        "Freeman's segregation, closed form": rounded(counted.fewer),
        "E-I (raw, never alone) and expected": f"{rounded(counted.ei)}, expected {rounded(counted.expected_ei)}",
        "Odds ratio of a tie inside": rounded(reading.odds),
        "Labels shuffled": among_words(reading.among),
        "Smallest lack that would have shown": "–" if reading.smallest is None else f"{reading.smallest:.0%}",
    }  # fmt: skip
    if shuffled:
        kind = "every labelling" if shuffled.enumerated else f"{shuffled.draws} shuffles, seed {shuffled.seed}"
        found |= {
            "Across by chance": f"{shuffled.mean:.1f} ± {shuffled.sd:.1f}, 95 % {shuffled.low:.0f} to {shuffled.high:.0f} ({kind})",
            "p of the whole, one-sided": f"{shuffled.p_fewer:.4f}",
            "p, the lesser of it and the borders'; q": f"{rounded(reading.p, 4)}; {rounded(reading.q, 4)}",
        }  # fmt: skip
    return [{"What": what, "Value": str(value)} for what, value in found.items()]


def _moments(expected: float | None, sd: float | None, z: float | None) -> str:
    return "–" if expected is None else f"{expected:.1f} ± {rounded(sd)}, z = {rounded(z)}"
