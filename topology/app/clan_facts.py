"""What the Clans page says, as rows and sentences. No Streamlit here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from topology.clans import ClanReading
from topology.clans.brokers import Broker
from topology.clans.changes import Change
from topology.clans.floors import FloorRow
from topology.clans.groupings import grouping_name, label_name
from topology.clans.pairs import KINDS_OF_PAIRS, PairRow, counts
from topology.clans.ties import Source
from topology.clans.verdict import small
from topology.graph.networks import needed
from topology.model import Organisation
from topology.rules.facts import listed

GRADES = ("finding", "sign", "no sign", "not enough data")
MARKS = {True: "✓ holds", False: "✗ does not hold", None: "– not asked"}
ASKED = {
    "Enough data": "Are there eight units, two groups of four, twenty ties, and labels for four in five?",
    "Inward": "Are there clearly fewer bridges than shuffled labels give (q ≤ .05, and 20 % fewer)?",
    "Not by design": "Where work needs the other side, is there less talk than elsewhere? Else the boundary is quiet, which is good.",
    "Lasting": "Was it so in the window before, or does it show in two channels?",
}
GLOSSARY = {
    "Clan": "a group that meets itself more, and the others less, than chance would give",
    "Tie": "two teams that were seen in contact in at least three events in four weeks, or that work closely by the file; for Product and "
    "Tech two people who met at all",
    "Bridge": "a tie between two groups",
    "Chance": "the same ties, with the groups' labels shuffled over the teams many times: how many bridges that gives",
    "95 %": "the range in which 95 of 100 shuffles lie",
    "q": "how often so few bridges would come by chance, corrected because several groupings were looked at",
    "Needed pair": "two teams whose work needs the other: a dependency, a shared service or a common domain in the file",
    "Missing bridge": "a needed pair across the border with less contact than makes a tie",
    "Quiet boundary": "few bridges where work does not need more: what Team Topologies wants",
    "Broker": "a team that takes part in many of the bridges; when it is busy, the groups lose each other",
}


# The roles of Gould and Fernandez (1989) in plain words.
PLACES = {
    "between its group and another": ("representative", "gatekeeper"),
    "between two other groups": ("liaison",),
    "between teams of one other group": ("consultant",),
    "between teams of its own group": ("coordinator",),
}


def reading_name(reading: ClanReading) -> str:
    """`Value streams · finding`."""
    return f"{grouping_name(reading.grouping)} · {reading.told}"


def change_sentence(found: Change | None, weeks: int) -> str:
    """`12 bridges now, 19 in the 12 weeks before. With shuffled labels …`"""
    if found is None:
        return ""
    return (
        f"{found.after} bridges now, {found.before} in the {weeks} weeks before. With shuffled labels the ties that came and went would "
        f"have changed them by {_signed(found.low)} to {_signed(found.high)} (p = {small(found.p)} of as many lost)."
    )


def _signed(value: float) -> str:
    return f"{value:+.0f}".replace("-", "−") if round(value) else "0"


def sturdy_sentence(rows: Sequence[FloorRow]) -> str:
    """`It shows when a tie asks for 3 or 4 events in four weeks, and does not for 1.`; "" where no floor can be moved."""
    if not rows:
        return ""
    holding, failing = ([f"{row.floor:g}" for row in rows if row.holds is wanted] for wanted in (True, False))
    if not holding:
        return "It does not show by itself for any floor of a tie, from 1 to 6 events in four weeks."
    shows, but = listed(holding).replace(" and ", " or "), listed(failing).replace(" and ", " or ")
    return f"It shows when a tie asks for {shows} events in four weeks" + (f", and does not for {but}." if but else ".")


def test_rows(reading: ClanReading) -> list[dict[str, str]]:
    """The four tests: what each asks, whether it holds, the numbers."""
    return [
        {"Test": test.name, "What it asks": ASKED[test.name], "Answer": MARKS[test.passed], "Numbers": test.words}
        for test in reading.tests
    ]


def border_rows(organisation: Organisation, reading: ClanReading) -> list[dict[str, Any]]:
    """Each border of the grouping with its bridges and the range of chance, for the chart; fewest against chance first."""
    name = {group: label_name(organisation, reading.grouping, group) for group in reading.groups}
    return [
        {"border": " – ".join(name[group] for group in one.groups), "bridges": one.bridges, "low": one.low, "high": one.high}
        for one in reading.borders
    ]  # fmt: skip


def group_rows(organisation: Organisation, reading: ClanReading) -> list[dict[str, str]]:
    """Each group with its size and E-I beside what chance gives a group of its size; under five people nothing is told."""
    rows = []
    for group, size in reading.groups.items():
        value = reading.group_values.get(group)
        told = "no ties" if group in reading.group_values else "under five people: not told"
        chance = 1 - 2 * (size - 1) / (reading.units - 1) if reading.units > 1 else 0.0
        rows.append({
            "Group": label_name(organisation, reading.grouping, group), reading.unit.capitalize(): str(size),
            "E-I (chance)": told if value is None else f"{value:+.2f} ({chance:+.2f})",
        })  # fmt: skip
    return rows


def missing_rows(
    organisation: Organisation, reading: ClanReading, source: Source, day: dt.date
) -> list[dict[str, str]]:
    """The missing bridges by name of team, with the contact that was seen and why each is needed."""
    if reading.needs is None or reading.unit == "people":
        return []
    need, events = needed(organisation, day), source.events(day)
    return [
        {"Team": organisation.team_name(a), "And": organisation.team_name(b), "Events": f"{events.get((a, b), 0.0):.0f}",
         "Why": "; ".join(need.edges[a, b]["reasons"])}
        for a, b in reading.needs.missing
    ]  # fmt: skip


def broker_rows(organisation: Organisation, brokers: Sequence[Broker], grouping: str) -> list[dict[str, str]]:
    """Who takes part in the bridges, with the role it plays most."""
    return [
        {
            "Team": organisation.team_name(one.unit),
            "Group": label_name(organisation, grouping, one.group),
            "Bridges": f"{one.bridges} ({one.share:.0%} of all)",
            "Joins pairs that do not meet": _with_chance(one),
            "Mostly stands": _stands(one),
            "Without it": "some team is cut off" if one.articulation else "all stay linked",
        }
        for one in brokers
    ]  # fmt: skip


def _stands(one: Broker) -> str:
    """Where a broker mostly stands, in words; without direction representative and gatekeeper are the same."""
    places = {words: sum(one.roles[role] for role in roles) for words, roles in PLACES.items()}
    return max(places, key=lambda words: places[words]) if one.paths else "–"


def _with_chance(one: Broker) -> str:
    return f"{one.paths}" + (f" (chance {one.chance[0]:.0f} to {one.chance[1]:.0f})" if one.chance else "")


def broker_sentence(organisation: Organisation, brokers: Sequence[Broker]) -> str:
    """`Checkout takes part in 4 of the 12 bridges (33 %).`"""
    if not brokers:
        return "No team may be named here: there is no bridge, or only teams of under five people carry one."
    first = max(brokers, key=lambda one: one.bridges)
    total = round(first.bridges / first.share)
    return f"{organisation.team_name(first.unit)} takes part in {first.bridges} of the {total} bridges ({first.share:.0%})."


def pair_sentences(rows: Sequence[PairRow]) -> list[str]:
    """`31 pairs “shadow”: they were seen in contact, and the file says nothing`."""
    found = counts(list(rows))
    return [
        f"{count} {'pair' if count == 1 else 'pairs'} “{kind}”: {KINDS_OF_PAIRS[kind]}"
        for kind, count in found.items()
        if count
    ]


def pair_rows(organisation: Organisation, rows: Sequence[PairRow]) -> list[dict[str, str]]:
    """Every pair as the table shows it."""
    return [
        {
            "Team": organisation.team_name(row.teams[0]), "And": organisation.team_name(row.teams[1]), "Kind": row.kind,
            "Declared": ", ".join(row.modes) or "–",
            "Observed events": "not told" if row.kind == "not told" else "no data" if row.events is None else f"{row.events:.0f}",
            "Corrected for size": "–" if row.weight is None else f"{row.weight:.2f}",
            "Needed": "yes" if row.needed else "no",
        }
        for row in rows
    ]  # fmt: skip


def number_rows(reading: ClanReading) -> list[dict[str, str]]:
    """All numbers behind a reading, for the reader who knows the terms."""
    counted, shuffled = reading.bridges, reading.shuffled
    if counted is None:
        return []
    found: dict[str, Any] = {
        "Window": f"{reading.first} to {reading.last}", "Units": f"{reading.units} {reading.unit}",
        "Without a label": reading.without_label,
        "Ties": f"{counted.ties:.0f}", "Bridges": f"{counted.crossing:.0f}",
        "Closed form, labels over all units (Cliff and Ord)": _moments(counted.expected, counted.sd, counted.z),
        "Freeman's segregation, closed form": number(counted.fewer),
        "E-I (raw, never alone) and expected": f"{number(counted.ei)}, expected {number(counted.expected_ei)}",
        "Odds ratio of a tie inside": number(reading.odds),
        "Labels shuffled": reading.how,
        "Smallest lack that would have shown": "–" if reading.smallest is None else f"{reading.smallest:.0%}",
    }  # fmt: skip
    if shuffled:
        kind = "every labelling" if shuffled.enumerated else f"{shuffled.draws} shuffles, seed {shuffled.seed}"
        found |= {
            "Bridges by chance": f"{shuffled.mean:.1f} ± {shuffled.sd:.1f}, 95 % {shuffled.low:.0f} to {shuffled.high:.0f} ({kind})",
            "p, one-sided; q": f"{shuffled.p_fewer:.4f}; {number(reading.q, 4)}",
        }  # fmt: skip
    return [{"What": what, "Value": str(value)} for what, value in found.items()]


def _moments(expected: float | None, sd: float | None, z: float | None) -> str:
    return "–" if expected is None else f"{expected:.1f} ± {number(sd)}, z = {number(z)}"


def number(value: float | None, digits: int = 2) -> str:
    """A number with so many digits; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"
