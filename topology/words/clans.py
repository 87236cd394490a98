"""What a clan reading says: plain, with what was counted, for how long, and what was not seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from topology.clans.borders import Border
from topology.clans.brokers import Broker
from topology.clans.changes import Change
from topology.clans.codes import Grade, Kind, TestKind, Unasked, Why
from topology.clans.communities import LEAST_UNITS as LEAST_OF_COMMUNITIES
from topology.clans.communities import NoCommunities
from topology.clans.congruence import Congruence
from topology.clans.floors import FloorRow
from topology.clans.mrqap import NEED, Undetermined
from topology.clans.partitions import Among, Partition, partition_of
from topology.clans.reading import ClanReading
from topology.clans.ties import Silence
from topology.clans.verdict import (
    LEAST_UNITS,
    Crossing,
    Elsewhere,
    Lack,
    SidesMeet,
    Size,
    Test,
)
from topology.language import Terms, sentence
from topology.model import Organisation
from topology.words.lists import listed
from topology.words.numbers import small
from topology.words.thresholds import FEW, TIE, TIE_TIME, spelled

LAYERS = Terms(
    "clans.LAYERS",
    {"declared": "Declared interactions", "observed": "Observed contact", "cross-changes": "Cross-changes"},
)
CHANNELS = Terms(
    "clans.CHANNELS",
    {"review": "reviews", "meeting": "meetings", "message": "messages", "cross-change": "cross-changes"},
)
GRADES = Terms(
    "clans.GRADES",
    {
        Grade.TOO_LITTLE: "not enough data",
        Grade.NO_SIGN: "no sign",
        Grade.SIGN: "sign",
        Grade.FINDING: "finding",
        "quiet": "quiet boundary",  # a sign that is what Team Topologies wants
    },
)
TESTS = Terms(
    "clans.TESTS",
    {
        TestKind.ENOUGH: "Enough data",
        TestKind.INWARD: "Inward",
        TestKind.NOT_BY_DESIGN: "Not by design",
        TestKind.LASTING: "Lasting",
    },
)
ASKED = Terms(
    "clans.ASKED",
    {
        TestKind.ENOUGH: "Are there eight units, two groups of four, twenty ties, and labels for four in five?",
        TestKind.INWARD: "Are there clearly fewer bridges than shuffled labels give (q ≤ .05, and 20 % fewer)?",
        TestKind.NOT_BY_DESIGN: "Where work needs the other side, is there less talk than elsewhere? Else the boundary is quiet, "
        "which is good.",
        TestKind.LASTING: "Was it so in the window before, or does it show in two channels?",
    },
)
PAIRS = Terms(
    "clans.PAIRS",
    {
        Kind.BOTH: "both",
        Kind.ON_PAPER: "on paper",
        Kind.SHADOW: "shadow",
        Kind.NEITHER: "neither",
        Kind.SERVICE: "service",
        Kind.SERVICE_IN_NAME: "service in name",
        Kind.NOT_TOLD: "withheld",
    },
)
PAIRS_MEAN = Terms(
    "clans.PAIRS_MEAN",
    {
        Kind.BOTH: "they work closely by the file, and were seen in contact",
        Kind.ON_PAPER: "they work closely by the file, and less contact than the floor of a tie was seen",
        Kind.SHADOW: "they were seen in contact, and the file says nothing",
        Kind.NEITHER: "their work needs the other; nothing is declared, and less contact than the floor of a tie was seen",
        Kind.SERVICE: "one uses the other's service, and they meet less than a collaboration does",
        Kind.SERVICE_IN_NAME: "one uses the other's service, and they meet as often as a collaboration",
        Kind.NOT_TOLD: f"one of the two is of fewer than {FEW}, so nothing is told of their contact",
    },
)
GLOSSARY = Terms(
    "clans.GLOSSARY",
    {
        "Clan": "a group that meets itself more, and the others less, than chance would give",
        "Tie": f"two teams that were seen in contact in at least {TIE} in {TIE_TIME}, or that work closely by the file; for "
        "Product and Tech two people who met at all",
        "Bridge": "a tie between two groups",
        "Chance": "the same ties, with the groups' labels shuffled over the teams many times: how many bridges that gives",
        "95 %": "the range in which 95 of 100 shuffles lie",
        "q": "how often so few bridges would come by chance, corrected because several groupings were looked at",
        "Needed pair": "two teams whose work needs the other: a dependency, a shared service or a common domain in the file",
        "Missing bridge": "a needed pair across the border with less contact than makes a tie",
        "Quiet boundary": "few bridges where work does not need more: what Team Topologies wants",
        "Broker": "a team that takes part in many of the bridges; when it is busy, the groups lose each other",
    },
)


# -- names ------------------------------------------------------------------------------------------------------------


def grade_words(reading: ClanReading) -> str:
    """The grade in words; a quiet boundary by its name, for it is what Team Topologies wants."""
    return GRADES["quiet" if reading.quiet else reading.grade]


def group_names(organisation: Organisation, reading: ClanReading) -> dict[str, str]:
    """{group: its name} of a reading's partition."""
    return {group: reading.partition.label_name(organisation, group) for group in reading.groups}


@sentence
def predictor_words(name: str) -> str:
    """What makes a tie likelier: `same: value streams`, `their work needs the other`."""
    return "their work needs the other" if name == NEED else f"same: {partition_of(name).name.lower()}"


# -- the reading ------------------------------------------------------------------------------------------------------


@sentence
def reading_sentence(organisation: Organisation, reading: ClanReading) -> str:
    """What a reading says, and what it is silent about."""
    return f"{_reading(organisation, reading)}{small_words(reading.small)}"


def small_words(teams: int) -> str:
    """` Withheld: nothing is told of the contact of two teams of fewer than five people.`; "" without such teams."""
    if not teams:
        return ""
    return f" Withheld: nothing is told of the contact of {spelled(teams)} {'team' if teams == 1 else 'teams'} of fewer than {FEW}."


def _reading(organisation: Organisation, reading: ClanReading) -> str:
    if reading.silence:
        return silence_sentence(reading.silence)
    if reading.grade == Grade.TOO_LITTLE:
        return test_words(organisation, reading, reading.tests[1 if reading.tests[0].passed else 0])
    if reading.grade == Grade.NO_SIGN:
        return f"{_against_chance(reading)}{_smallest(reading.smallest)}"
    names = group_names(organisation, reading)
    lines = [_against_chance(reading), *_narrow(reading.narrow, names), *_needs(reading)]
    if reading.quiet:
        return " ".join([*lines, "So this is a quiet boundary, which Team Topologies wants."])
    if not reading.tests[2].passed and reading.needs and reading.needs.p is not None:
        lines.append(_unsure(reading.needs))
    if reading.began is not None:
        lines.append(f"It began around {reading.began:%B %Y}.")
    if not reading.tests[3].passed:
        lines.append("It has not been seen for two windows, nor in two channels.")
    return " ".join(lines)


@sentence
def silence_sentence(silence: Silence) -> str:
    """Why a layer has no ties to read."""
    match silence.why:
        case Why.DECLARED_BETWEEN_TEAMS:
            return "Interactions are declared between teams, so they say nothing about two sides of one team."
        case Why.CHANGED_BETWEEN_TEAMS:
            return "Cross-changes are counted between teams, so they say nothing about two sides of one team."
        case Why.NO_SHARED_CHANNEL:
            return (
                "Too little to tell: there is no channel in which both sides take part. Code reviews are Tech's; meetings and "
                "messages would tell (contacts.csv)."
            )
        case Why.NO_CROSS_CHANGES:
            others = "told" if silence.small else "known"
            return f"No data: no change of one team in another's service is {others} (changes.csv)."
        case Why.NOBODY_KNOWN:
            return (
                f"No data: {silence.unknown} of {silence.rows} contacts name nobody in the file, or nobody who was in "
                "a team then. `accounts:` of a person tells the names under which others know them."
            )
        case Why.NO_CONTACT:
            others = "other teams" if silence.small else "teams"
            return f"No data: no contact between {others} was observed (contacts.csv)."
        case Why.FEW_PEOPLE:
            return f"Withheld: a group of this grouping is of fewer than {FEW}, so nothing of it is told."


@sentence
def lack_sentence(lack: Lack, unit: str) -> str:
    """What is missing for a reading."""
    match lack.what:
        case "units":
            return f"Too few to tell: {lack.found:.0f} {unit} with a label (needs {lack.needs:.0f})."
        case "groups":
            return f"Too few to tell: needs two groups of at least {lack.needs:.0f} {unit}."
        case "ties":
            ties = "tie" if lack.found == 1 else "ties"
            return f"Too few to tell: {lack.found:.0f} {ties} between {unit} (needs {lack.needs:.0f})."
        case "labels":
            return f"Too few to tell: the label is known for {lack.found:.0%} of the {unit} (needs {lack.needs:.0%})."


@sentence
def _unsure(needs: Congruence) -> str:
    if needs.lower_across:
        return "These are too few places to tell whether it is on purpose."
    return "Needed talk is missing elsewhere as much, so this border alone is not the reason."


def _counted(partition: Partition) -> str:
    """The word for what crosses a border or stays inside."""
    return "contacts inside squads" if partition.within else "ties"


@sentence
def _against_chance(reading: ClanReading) -> str:
    shuffled, missing = reading.shuffled, reading.fewer
    if shuffled is None or missing is None:
        return "Chance would give no bridges either."
    if shuffled.low <= shuffled.crossing <= shuffled.high and reading.grade == Grade.NO_SIGN:
        words = "About as many bridges as chance would give"
    else:
        words = f"{abs(missing):.0%} {'fewer' if missing >= 0 else 'more'} bridges than chance would give"
    assert reading.bridges is not None
    what, ties = _counted(reading.partition), reading.bridges.ties
    counts = f"{shuffled.crossing:.0f} of {ties:.0f} {what} between {reading.units} {reading.unit} cross"
    return f"{words}: {counts}, chance would give {shuffled.low:.0f} to {shuffled.high:.0f}."


@sentence
def _smallest(effect: float | None) -> str:
    if effect is None:
        return ""
    if effect >= 1:
        return " So little data could not have shown any lack of bridges."
    return f" This data would have shown a lack of {effect:.0%} or more four times in five."


@sentence
def _narrow(borders: Sequence[Border], names: Mapping[str, str]) -> list[str]:
    if len(names) < 3:  # with two groups the border is the partition
        return []
    return [
        f"{names[one.groups[0]]} and {names[one.groups[1]]}: {one.bridges} {'bridge' if one.bridges == 1 else 'bridges'} "
        f"where chance would give {one.low:.0f} to {one.high:.0f}."
        for one in borders
    ]


@sentence
def _needs(reading: ClanReading) -> list[str]:
    needs = reading.needs
    if reading.partition.within:
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


# -- the tests --------------------------------------------------------------------------------------------------------


@sentence
def test_words(organisation: Organisation, reading: ClanReading, test: Test) -> str:
    """The numbers of a test, or why it has none."""
    match test.seen:
        case Lack() as lack:
            return lack_sentence(lack, reading.unit)
        case Size() as size:
            known = f", labels known for {size.known:.0%}" if size.known < 1 else ""
            return f"{size.units} {reading.unit}, {size.groups} groups of {size.least} or more, {size.ties} ties between them{known}."
        case Crossing() as one:
            return (
                f"{one.crossing:.0f} of {one.ties:.0f} {_counted(reading.partition)} cross; labels shuffled {among_words(one.among)} "
                f"give {one.low:.0f} to {one.high:.0f} (95 %), {one.mean:.1f} on average; q = {small(one.q)}."
            )
        case Congruence() as needs:
            return (
                f"Of the pairs whose work needs each other, {len(needs.across_talking)} of {len(needs.across)} talk across "
                f"{_border(organisation, reading)} and {len(needs.inside_talking)} of {len(needs.inside)} elsewhere "
                f"(Fisher's exact p = {small(needs.p or 0.0)})."
            )
        case SidesMeet() as sides:
            return (
                f"Of {sides.needed} pairs of squads whose work needs each other, Product and Tech meet across the sides in "
                f"{sides.meeting}; sides shuffled within squads give {sides.mean:.1f} (p = {small(sides.p)})."
            )
        case Unasked() as why:
            return _UNASKED[why]
        case places:
            told = "; ".join(_elsewhere(one) for one in places)
            return f"{told[:1].upper()}{told[1:]}."


_UNASKED = Terms(
    "clans.UNASKED",
    {
        Unasked.NO_SIGN: "Not asked: there is no sign to explain.",
        Unasked.TOO_LITTLE: "Not asked: there is too little data.",
        Unasked.NO_OTHER_LABELS: "Nothing to compare with: the labels could not stand in any other way.",
        Unasked.NO_CONTACT: "Not told: no contact was observed in these weeks.",
        Unasked.FEW_NEEDS: "The file names too few dependencies, shared services or common domains to tell.",
        Unasked.SHARED_WORK: "The two sides of a squad share its work: nothing is meant to part them.",
    },
)


@sentence
def among_words(among: Among) -> str:
    """Among which units labels were shuffled: `among teams of the same type and site`."""
    if among.squad:
        return "among the people of each squad"
    words = " and ".join(word for word, used in (("type", among.type), ("site", among.site)) if used)
    return f"among teams of the same {words}" if words else "among all teams"


@sentence
def _elsewhere(one: Elsewhere) -> str:
    what = {"before": f"the {one.weeks} weeks before", "contact": "observed contact"}.get(one.what)
    what = what or f"{CHANNELS[one.channel]} alone"
    if one.fewer is None:
        return f"{what}: too few to tell"
    if one.fewer <= 0:
        return f"{what}: not fewer"
    return f"{what}: {one.fewer:.0%} fewer{'' if one.holds else ', which chance can give'}"


@sentence
def _border(organisation: Organisation, reading: ClanReading) -> str:
    names = group_names(organisation, reading)
    return " and ".join(f"{names[a]}–{names[b]}" for a, b in (one.groups for one in reading.narrow)) or "the border"


# -- beside it --------------------------------------------------------------------------------------------------------


@sentence
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


@sentence
def sturdy_sentence(rows: Sequence[FloorRow]) -> str:
    """`It shows when a tie asks for 3 or 4 events in four weeks, and does not for 1.`; "" where no floor can be moved."""
    if not rows:
        return ""
    holding, failing = ([f"{row.floor:g}" for row in rows if row.holds is wanted] for wanted in (True, False))
    if not holding:
        return "It does not show by itself for any floor of a tie, from 1 to 6 events in four weeks."
    shows, but = listed(holding, last="or"), listed(failing, last="or")
    return f"It shows when a tie asks for {shows} events in four weeks" + (f", and does not for {but}." if but else ".")


@sentence
def turning_sentence(reading: ClanReading) -> str:
    """How far the share of contact across the border fell; "" where no beginning is told."""
    turning = reading.turning
    if turning is None or reading.began is None:
        return ""
    return (
        f"Of all contact between these squads, the share across this border fell from {turning.before:.0%} to {turning.after:.0%}. "
        f"Weeks in another order fit such a fall as well in {turning.p:.1%} of cases."
    )


@sentence
def window_sentence(first: dt.date, last: dt.date) -> str:
    """Which weeks were looked at, and that what nobody wrote down was not seen."""
    return f"Seen in the whole weeks from {first} to {last}. What was not written down in these tables was not seen."


@sentence
def broker_sentence(organisation: Organisation, brokers: Sequence[Broker]) -> str:
    """`Checkout takes part in 4 of the 12 bridges (33 %).`"""
    if not brokers:
        return f"No team may be named here: there is no bridge, or only teams of under {FEW} carry one."
    first = max(brokers, key=lambda one: one.bridges)
    total = round(first.bridges / first.share)
    return f"{organisation.team_name(first.unit)} takes part in {first.bridges} of the {total} bridges ({first.share:.0%})."


@sentence
def communities_sentence(none: NoCommunities) -> str:
    """Why no communities are shown."""
    match none.why:
        case "units":
            return f"Communities need {LEAST_OF_COMMUNITIES} units to tell anything; there are {none.units}."
        case "ties":
            return "There are no ties to find communities in."
        case "rewiring":
            return "These ties cannot be rewired enough to say what chance would give."
        case "chance":
            return f"No communities beyond chance: modularity {none.modularity:.2f}, and rewired networks reach {none.rewired_95:.2f}."


@sentence
def no_regression_sentence(why: Silence | Lack | Undetermined) -> str:
    """Why borders are not compared."""
    if isinstance(why, Silence):
        return silence_sentence(why)
    if isinstance(why, Lack):
        return f"Too few to tell: {why.found:.0f} teams (needs {LEAST_UNITS})."
    return "The groupings determine one another here, so their borders cannot be told apart."
