"""What a clan reading says: plain, with what was counted, for how long, and what was not seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from topology.clans.brokers import Broker
from topology.clans.changes import Change
from topology.clans.codes import Cap, Grade, Kind, TestKind, Unasked, Why
from topology.clans.communities import LEAST_UNITS as LEAST_OF_COMMUNITIES
from topology.clans.communities import NoCommunities
from topology.clans.mrqap import NEED, Undetermined
from topology.clans.partitions import Among, Partition, partition_of
from topology.clans.reading import ClanReading
from topology.clans.shuffles import Shuffled
from topology.clans.silence import Needs
from topology.clans.ties import Silence
from topology.clans.verdict import (
    LEAST_UNITS,
    MOST_P_BEFORE,
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
from topology.words.numbers import amounts_to
from topology.words.thresholds import FEW, TIE, TIE_TIME, spelled

MOST_NAMED = 5
LAYERS = Terms(
    "clans.LAYERS",
    {
        "declared": "Declared interactions",
        "observed": "Observed contact",
        "cross-changes": "Cross-changes",
        "together": "Contact and changes",
    },
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
        TestKind.ENOUGH: "Are there eight units that the sources see, two groups of four, twenty pairs that met, and labels for four "
        "in five?",
        TestKind.INWARD: "Is there clearly less contact across, all in all or over one border, than shuffled labels give (p ≤ .025, "
        "q ≤ .10, and 12 % less)?",
        TestKind.NOT_BY_DESIGN: "Of the pairs whose work needs the other, are more silent across than elsewhere (30 points, p ≤ .025)?",
        TestKind.LASTING: "Was it so over the same border in the window before, silent pairs included?",
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
        "Weeks of contact": "for each pair of teams, the weeks in which it was seen in contact: a busy week counts no more than another",
        "Chance": "the same contact, with the groups' labels shuffled over the teams many times, each as busy as it is",
        "95 %": "the range in which 95 of 100 shuffles lie",
        "q": "how often so little across would come by chance, corrected because several groupings were looked at",
        "Needed pair": "two teams whose work needs the other: a dependency, a shared service or a common domain in the file",
        "Silent pair": "a needed pair that was seen in contact in fewer than one week of four",
        "Missing bridge": "a silent pair across a border",
        "Quiet boundary": "little contact where work does not need more: what Team Topologies wants of streams and platforms",
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
    unseen = unseen_words(organisation, reading.unseen, code=reading.layer == "cross-changes")
    return f"{_reading(organisation, reading)}{_channels(reading)}{unseen}{small_words(reading.small)}"


@sentence
def _channels(reading: ClanReading) -> str:
    """` Seen through reviews: 31 pairs of teams; cross-changes: 12.`; "" where one source is read."""
    if not reading.channels:
        return ""
    (first, count), *more = reading.channels.items()
    rest = "".join(f"; {CHANNELS[kind]}: {pairs}" for kind, pairs in more)
    return f" Seen through {CHANNELS[first]}: {count} {'pair' if count == 1 else 'pairs'} of teams{rest}."


@sentence
def unseen_words(organisation: Organisation, teams: Sequence[str], *, code: bool = False) -> str:
    """` No source tells of Search and Billing in these weeks: they are left out.`; "" where every team is seen."""
    if not teams:
        return ""
    names = [organisation.team_name(team) for team in teams]
    told = listed(names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"])
    if code:
        return f" No change across teams names {told} in these weeks: left out."
    return f" No source tells of {told} in these weeks: {'it is' if len(names) == 1 else 'they are'} left out, which is a gap of the data."


def small_words(teams: int) -> str:
    """` Withheld: nothing is told of the contact of two teams of fewer than five people.`; "" without such teams."""
    if not teams:
        return ""
    return f" Withheld: nothing is told of the contact of {spelled(teams)} {'team' if teams == 1 else 'teams'} of fewer than {FEW}."


def _reading(organisation: Organisation, reading: ClanReading) -> str:
    if reading.silence:
        return silence_sentence(reading.silence)
    if reading.grade == Grade.TOO_LITTLE:
        return test_words(organisation, reading, reading.tests[1 if reading.tests[0].passed else 0]) + _suffices(
            reading
        )
    if reading.grade == Grade.NO_SIGN:
        return " ".join([f"{_against_chance(reading)}{_smallest(reading.smallest)}", *_caps(organisation, reading)])
    names = group_names(organisation, reading)
    lines = [*_narrow(reading, names), _against_chance(reading), *_needs(reading)]
    if reading.quiet:
        return " ".join([*lines, _quiet(reading)])
    third, fourth = reading.tests[2], reading.tests[3]
    if third.passed is False and isinstance(third.seen, Needs):
        lines.append(_unsure(third.seen))
    if isinstance(third.seen, Unasked) and third.seen in _GUARDS:
        lines.append(_GUARDS[third.seen])
    lines += _began(reading)
    if reading.tests[1].passed and not fourth.passed:
        lines.append(_not_lasting(fourth))
    return " ".join([*lines, *_caps(organisation, reading)])


@sentence
def _quiet(reading: ClanReading) -> str:
    if reading.partition.id in ("value-stream", "platform"):
        return "So this is a quiet boundary, which Team Topologies wants."
    return "So it is quiet where work does not need more."


@sentence
def _began(reading: ClanReading) -> list[str]:
    if reading.began is None or reading.began_between is None or reading.turning is None:
        return []
    first, last = reading.began_between
    how = "Contact across began to fall, gradually," if reading.turning.gradual else "Contact across fell"
    months = (
        f"{first:%B %Y}"
        if (first.year, first.month) == (last.year, last.month)
        else f"between {first:%B %Y} and {last:%B %Y}"
    )
    return [f"{how} around {reading.began:%B %Y} ({months if months.startswith('between') else 'in that month'})."]


@sentence
def _not_lasting(test: Test) -> str:
    seen = test.seen
    if not isinstance(seen, Elsewhere) or seen.fewer is None or seen.p is None:
        declared = isinstance(seen, Elsewhere) and seen.what == "contact"
        return (
            "There is too little contact to say whether it shows there too."
            if declared
            else "For the weeks before there is too little data to say whether it lasts."
        )
    where = "In contact that was seen" if seen.what == "contact" else "In the weeks before"
    if seen.p > MOST_P_BEFORE or seen.fewer <= 0:
        return f"{where} chance could have given as little."
    if seen.silence is None:
        return f"{where} there was less across too; of needed pairs it cannot be told there."
    return f"{where} there was less across too, but needed pairs were not silent more than elsewhere."


@sentence
def _caps(organisation: Organisation, reading: ClanReading) -> list[str]:
    """Why the grade is not the one that the tests give."""
    lines = []
    names = group_names(organisation, reading)
    for cap in reading.caps:
        match cap:
            case Cap.LENGTH:
                other = next((one for one in reading.neighbours if not one.holds), None)
                weeks = f": {other.weeks} weeks give {GRADES[other.grade]}" if other else ""
                lines.append(f"At most a sign, since it depends on how long one looks{weeks}.")
            case Cap.UNEVEN if reading.coverage is not None:
                by = reading.coverage.contact
                most, least = max(by, key=lambda one: by[one]), min(by, key=lambda one: by[one])
                lines.append(
                    f"At most a sign, since the sources tell of {by[most]:.1f} weeks of contact for a pair of teams of {names[most]} and "
                    f"of {by[least]:.1f} for one of {names[least]}: what looks like distance may be what nobody wrote down."
                )
            case Cap.HALF_SEEN if reading.coverage is not None:
                half = reading.coverage.half_seen
                most = max(half, key=lambda one: half[one])
                lines.append(
                    f"At most a sign, since {half[most]:.0%} of the teams of {names[most]} are seen among themselves in fewer than "
                    "one week of four: they are known through others."
                )
            case Cap.OWN_SIDE:
                lines.append(
                    "At most a sign, since it did not fall against its own past: to prefer one's own side always is no clan."
                )
            case Cap.TWO_OF_THREE:
                alone = GRADES[reading.own_grade]
                lines.append(
                    f"This week's look alone gives “{alone}”; a grade changes when two of three weekly looks agree."
                )
    return lines


@sentence
def _suffices(reading: ClanReading) -> str:
    """Which window would be enough, and of which ties."""
    found = reading.suffices
    if found is None:
        return ""
    seen = f"{found.pairs} pairs of teams were seen in them."
    if found.layer == reading.layer:
        return f" {found.weeks} weeks would be enough: {seen}"
    longer = f" over {found.weeks} weeks" if 7 * found.weeks > (reading.last - reading.first).days + 1 else ""
    return f" Contact and cross-changes read together{longer} would be enough: {seen}"


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
def lack_sentence(lack: Lack, unit: str, *, met: bool = True) -> str:
    """What is missing for a reading."""
    match lack.what:
        case "chance":
            return f"Too few to tell: with so few {unit} even the least contact across would come by chance in {lack.found:.0%} of cases."
        case "weeks":
            return f"Too few to tell: contact is known for {lack.found:.0f} weeks of the {lack.needs:.0f}."
        case "units":
            return f"Too few to tell: {lack.found:.0f} {unit} with a label (needs {lack.needs:.0f})."
        case "groups":
            return f"Too few to tell: needs two groups of at least {lack.needs:.0f} {unit}."
        case "ties":
            one = lack.found == 1
            pairs = (
                f"{'pair' if one else 'pairs'} of {unit} that met"
                if met
                else f"{'tie' if one else 'ties'} between {unit}"
            )
            return f"Too few to tell: {lack.found:.0f} {pairs} (needs {lack.needs:.0f})."
        case "labels":
            return f"Too few to tell: the label is known for {lack.found:.0%} of the {unit} (needs {lack.needs:.0%})."


@sentence
def _unsure(needs: Needs) -> str:
    if (needs.gap or 0) > 0:
        return "That is too little of a difference, or too few pairs, to say that needed contact fails here."
    return "Needed pairs are silent elsewhere as much, so this border alone is not the reason."


_GUARDS = Terms(
    "clans.GUARDS",
    {
        Unasked.PARTLY_DECLARED: "At most a sign, since the file names the needs of fewer than half of the teams.",
        Unasked.HARDLY_ACROSS: "At most a sign, since hardly any need across this border is written down: perhaps only those that hurt.",
        Unasked.NEARLY_ONLY_ACROSS: "At most a sign, since nearly all needs that are written down lie across: there is nothing to "
        "compare with.",
    },
)


def _counted(partition: Partition) -> str:
    """The word for what crosses a border or stays inside."""
    return "contacts inside squads" if partition.within else "ties"


@sentence
def _against_chance(reading: ClanReading) -> str:
    shuffled, missing = reading.shuffled, reading.fewer
    if shuffled is None or missing is None:
        return "Chance would give nothing across either."
    if reading.weeks:
        return _contact_against_chance(reading, shuffled, missing)
    if shuffled.low <= shuffled.crossing <= shuffled.high and reading.grade == Grade.NO_SIGN:
        words = "About as many bridges as chance would give"
    else:
        words = f"{abs(missing):.0%} {'fewer' if missing >= 0 else 'more'} bridges than chance would give"
    assert reading.bridges is not None
    what, ties = _counted(reading.partition), reading.bridges.ties
    counts = f"{shuffled.crossing:.0f} of {ties:.0f} {what} between {reading.units} {reading.unit} cross"
    return f"{words}: {counts}, chance would give {shuffled.low:.0f} to {shuffled.high:.0f}."


@sentence
def _contact_against_chance(reading: ClanReading, shuffled: Shuffled, missing: float) -> str:
    assert reading.bridges is not None
    if shuffled.low <= shuffled.crossing <= shuffled.high and (reading.grade == Grade.NO_SIGN or reading.narrow):
        words = "About as much contact across as chance would give"
    else:
        words = f"{abs(missing):.0%} {'less' if missing >= 0 else 'more'} contact across than chance would give"
    return (
        f"{words}: of {reading.bridges.ties:.0f} weeks of contact between {reading.units} teams {shuffled.crossing:.0f} cross, and chance "
        f"would give {shuffled.low:.0f} to {shuffled.high:.0f}."
    )


@sentence
def _smallest(effect: float | None) -> str:
    if effect is None:
        return ""
    if effect >= 1:
        return " So little data, or so few needs in the file, could have shown no lack of contact."
    return f" Had {effect:.0%} of the contact across been missing, this data would have shown it four times in five."


@sentence
def _narrow(reading: ClanReading, names: Mapping[str, str]) -> list[str]:
    if len(names) < 3:  # with two groups the border is the partition
        return []
    what = ("week of contact", "weeks of contact") if reading.weeks else ("bridge", "bridges")
    return [
        f"{names[one.groups[0]]} and {names[one.groups[1]]}: {one.bridges:.0f} {what[round(one.bridges) != 1]} "
        f"where chance would give {one.low:.0f} to {one.high:.0f}."
        for one in reading.narrow
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
    if reading.partition.of_people:
        met = len(needs.across) - len(needs.missing)
        return [
            f"Of {len(needs.across)} pairs of squads whose work needs each other, Product met Tech of the other in {met}."
        ]
    elsewhere = f", against {len(needs.silent(needs.inside))} of {len(needs.inside)} elsewhere" if needs.inside else ""
    pairs = "pair" if len(needs.across) == 1 else "pairs"
    where = ("this border" if len(reading.narrow) == 1 else "these borders") if reading.narrow else "it"
    return [
        f"Of {len(needs.across)} {pairs} across {where} whose work needs the other, {len(needs.missing)} were seen in contact in "
        f"{_at_most(needs)}{elsewhere}."
    ]


@sentence
def _at_most(needs: Needs) -> str:
    """`two weeks of twelve or fewer`."""
    most = needs.most_weeks
    if most <= 0:
        return f"none of the {spelled(needs.window)} weeks"
    return f"{spelled(most)} {'week' if most == 1 else 'weeks'} of {spelled(needs.window)} or fewer"


# -- the tests --------------------------------------------------------------------------------------------------------


@sentence
def test_words(organisation: Organisation, reading: ClanReading, test: Test) -> str:
    """The numbers of a test, or why it has none."""
    match test.seen:
        case Lack() as lack:
            return lack_sentence(lack, reading.unit, met=reading.weeks)
        case Size() as size:
            known = f", labels known for {size.known:.0%}" if size.known < 1 else ""
            what = "pairs of teams that met" if reading.weeks else "ties between them"
            return (
                f"{size.units} {reading.unit}, {size.groups} groups of {size.least} or more, {size.ties} {what}{known}."
            )
        case Crossing(weeks=True) as one:
            names = group_names(organisation, reading)
            over = " and ".join(f"{names[a]}–{names[b]}" for a, b in one.borders)
            least = "at least " if len(one.borders) > 1 else ""
            return (
                f"{one.crossing:.0f} of {one.ties:.0f} weeks of contact cross; labels shuffled {among_words(one.among)}, each as busy as "
                f"it is, give {one.low:.0f} to {one.high:.0f} (95 %); {least}{max(0.0, one.fewer):.0%} less"
                f"{f' over {over}' if over else ''}; "
                f"p {amounts_to(one.p)}, q {amounts_to(one.q)}."
            )
        case Crossing() as one:
            return (
                f"{one.crossing:.0f} of {one.ties:.0f} {_counted(reading.partition)} cross; labels shuffled {among_words(one.among)} "
                f"give {one.low:.0f} to {one.high:.0f} (95 %), {one.mean:.1f} on average; q {amounts_to(one.q)}."
            )
        case Needs() as needs:
            return (
                f"Of the pairs whose work needs each other, {len(needs.missing)} of {len(needs.across)} are silent across "
                f"{_border(organisation, reading)} and {len(needs.silent(needs.inside))} of {len(needs.inside)} elsewhere (seen in "
                f"{_at_most(needs)}; Fisher's exact p {amounts_to(needs.p or 0.0)})."
            )
        case SidesMeet() as sides:
            return (
                f"Of {sides.needed} pairs of squads whose work needs each other, Product and Tech meet across the sides in "
                f"{sides.meeting}; sides shuffled within squads give {sides.mean:.1f} (p {amounts_to(sides.p)})."
            )
        case Unasked() as why:
            return _UNASKED[why]
        case Elsewhere() as one:
            return _elsewhere(one)


_UNASKED = Terms(
    "clans.UNASKED",
    {
        Unasked.NO_SIGN: "Not asked: there is no sign to explain.",
        Unasked.TOO_LITTLE: "Not asked: there is too little data.",
        Unasked.NO_OTHER_LABELS: "Nothing to compare with: the labels could not stand in any other way.",
        Unasked.NO_CONTACT: "Not told: no contact was observed in these weeks.",
        Unasked.FEW_NEEDS: "The file names too few dependencies, shared services or common domains to tell.",
        Unasked.SHARED_WORK: "The two sides of a squad share its work: nothing is meant to part them.",
        Unasked.PARTLY_DECLARED: "The file names the needs of fewer than half of the teams, so that silence cannot be compared.",
        Unasked.HARDLY_ACROSS: "Hardly any need across this border is written down, so that silence there cannot be compared.",
        Unasked.NEARLY_ONLY_ACROSS: "Nearly all needs that are written down lie across this border: there is nothing to compare with.",
    },
)


@sentence
def among_words(among: Among) -> str:
    """Among which units labels were shuffled: `among teams of the same type and site`."""
    if among.squad:
        return "among the people of each squad"
    used = {"type": among.type, "site": among.site, "value stream": among.stream, "wider value stream": among.wider}
    words = listed([word for word, is_used in used.items() if is_used])
    return f"among teams of the same {words}" if words else "among all teams"


@sentence
def _elsewhere(one: Elsewhere) -> str:
    what = f"In the {one.weeks} weeks before" if one.what == "before" else "In contact that was seen"
    if one.fewer is None or one.p is None:
        return f"{what}: too few to tell."
    silent = {
        True: "needed pairs silent there too",
        False: "but needed pairs not silent more than elsewhere",
        None: "of needed pairs it cannot be told",
    }
    return f"{what}: {abs(one.fewer):.0%} {'less' if one.fewer >= 0 else 'more'} (p {amounts_to(one.p)}), {silent[one.silence]}."


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
        f"have changed them by {_signed(found.low)} to {_signed(found.high)} (p {amounts_to(found.p)} of as many lost)."
    )


def _signed(value: float) -> str:
    return f"{value:+.0f}".replace("-", "−") if round(value) else "0"


@sentence
def sturdy_sentence(reading: ClanReading) -> str:
    """`Windows of 9 and 15 weeks say the same.`; "" where they were not asked, or do not."""
    if not reading.neighbours or not all(one.holds for one in reading.neighbours):
        return ""
    return f"Windows of {listed([str(one.weeks) for one in reading.neighbours])} weeks say the same."


@sentence
def turning_sentence(reading: ClanReading) -> str:
    """How far the share of contact across the border fell; "" where no beginning is told."""
    turning = reading.turning
    if turning is None or reading.began is None:
        return ""
    return (
        f"Of all contact between these squads, the share across this border fell from {turning.before:.0%} to {turning.after:.0%}. "
        f"Weeks without any change, as alike as these, fit such a fall as well in {turning.p:.1%} of cases."
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
