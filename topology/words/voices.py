"""What is said of answers and of what duos signed: bars, gaps, beliefs, changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from topology.language import sentence
from topology.maturity.pack import Question
from topology.maturity.positions import FAR_APART, DuoPosition
from topology.maturity.statistics.sides import MOST_P
from topology.maturity.statistics.squads import RELIABLE, Lasting
from topology.maturity.voices.change import Change
from topology.maturity.voices.snapshot import Bias, OfItem, Snapshot
from topology.words.lists import counted, listed
from topology.words.numbers import amounts_to

HALF = 0.5  # a level: what is within it is the same


@sentence
def beliefs_words(gaps: Sequence[float]) -> str:
    """Answers against evidence over squads: how many see it higher or lower by half a level and more; no names."""
    if not gaps:
        return "Answers against evidence: no squad has both a level and answers that are shown."
    higher, lower = sum(gap > HALF for gap in gaps), sum(gap < -HALF for gap in gaps)
    rest = f"{len(gaps) - higher - lower} within half a level"
    return f"Answers against evidence: of {counted(len(gaps), 'squad')} with both, {higher} see it higher, {lower} lower, {rest}."


@sentence
def lasting_words(lasting: Lasting | None, day: str) -> str:
    """Whether some squads have stood two levels below the median in both of two surveys' evidence; no names."""
    if lasting is None or lasting.of < lasting.least:
        return f"Since {day}: too few squads have a level on both days to tell of a lasting gap."
    if lasting.holds:
        return (
            f"Since {day}: a lasting gap. {counted(len(lasting.squads), 'squad')} of {lasting.of} stand two levels or more below the "
            "median on both days, those at or above their own aim left out. What would help them, or are they right where they are?"
        )
    would = f"{lasting.least} of {lasting.of} squads two levels below the median would be one"
    return f"Since {day}: no sign of a lasting gap at this size; {would}."


@sentence
def bias_words(bias: Bias) -> str:
    """How much higher each side regards itself than the other."""
    sides = f"{bias.product} of Product and {bias.tech} of Tech answered each statement"
    if not bias.value:
        return f"Mutual regard: each side regards the other as it regards itself ({sides})."
    way = "higher" if bias.value > 0 else "lower"
    return f"Mutual regard: each side regards itself {abs(bias.value):.1f} steps {way} than the other, of five steps ({sides})."


@sentence
def statement_words(statement: Question, counts: Sequence[int]) -> str:
    """A statement with how often each answer was given: `We talk about hard problems openly. Never 2, Seldom 5, …`."""
    said = ", ".join(f"{name} {count}" for name, count in zip(statement.anchors.spoken(), counts, strict=True))
    return f"{statement} {said}."


@sentence
def gap_prompt(dimension: str, item: OfItem) -> str:
    """`Product sees Debt 1.0 levels higher than Tech does, all squads together`; "" where the corrected p does not hold."""
    if item.gap is None or item.gap.corrected > MOST_P:
        return ""
    first, second = ("Product", "Tech") if item.gap.value > 0 else ("Tech", "Product")
    return f"{first} sees {dimension} {abs(item.gap.value):.1f} levels higher than {second} does, all squads together"


@sentence
def belief_words(team: str, dimension: str, gap: float | None) -> str:
    """`Checkout, Duo: people see it 0.7 higher than the evidence shows`."""
    if gap is None:
        return f"{team}, {dimension}: no level, or no answers that are shown"
    if not gap:
        return f"{team}, {dimension}: people see it as the evidence shows it"
    return (
        f"{team}, {dimension}: people see it {abs(gap):.1f} {'higher' if gap > 0 else 'lower'} than the evidence shows"
    )


@sentence
def since_words(team: str, dimension: str, moved: int | None, change: Change | None) -> str:
    """`Checkout, Duo: level +1. No detectable change of answers: 2.5 then, 2.3 now; from 0.9 levels on it would show.`"""
    level = "no level to compare" if moved is None else "the same level" if not moved else f"level {moved:+d}"
    return f"{team}, {dimension}: {level}. {change_words(change)}"


@sentence
def change_words(change: Change | None) -> str:
    """What became of the answers of a squad, where it is more than the chance of who answered."""
    if change is None:
        return "No answers of both surveys that are shown."
    between = f"{change.before:.1f} then, {change.now:.1f} now"
    if not change.detectable:
        return f"No detectable change of answers: {between}; from {change.least:.1f} levels on it would show."
    return f"Answers are {'higher' if change.now > change.before else 'lower'}: {between} (from {change.least:.1f} levels on it shows)."


@sentence
def answered_words(counts: Sequence[int] | None, hidden: bool) -> str:
    """`7 answered`; that answers are not shown; "" where nobody was asked."""
    return f"{sum(counts)} answered" if counts else "not shown" if hidden else ""


@sentence
def duo_heading(positions: Sequence[DuoPosition], names: Mapping[str, str], vacant: Sequence[str]) -> str:
    """What the duo has signed, in one line: on which dimensions two levels or more apart; that a seat is vacant."""
    if vacant:
        return f"The duo, on the record: {' and '.join(f'the seat of the {seat}' for seat in vacant)} is vacant"
    both = [one for one in positions if one.gap is not None]
    if not positions:
        return "The duo has signed nothing yet"
    far = [names.get(one.dimension, one.dimension) for one in both if abs(one.gap or 0) >= FAR_APART]
    if far:
        return f"The duo, on the record: two levels or more apart on {listed(far)}"
    if not both:
        return "The duo, on the record: one of the two has signed"
    return "The duo, on the record: within one level"


@sentence
def mirror_words(positions: Mapping[str, DuoPosition], pm: str, em: str) -> str:
    """The mirror, {name of a dimension: position}, as it is spoken: `Duo: Jade 4, Jana 2`."""
    said = [
        f"{name}: {pm or 'PM'} {one.pm or 'not signed'}, {em or 'EM'} {one.em or 'not signed'}"
        for name, one in positions.items()
    ]
    return "What the duo signed. " + "; ".join(said)


@sentence
def mirror_legend(days: Sequence[str]) -> str:
    """What the marks of the mirror are."""
    signed = f" Signed on {listed(days)}." if days else ""
    marks = (
        "Circle: signed by the PM; square: by the EM, on the record. Slate bars: everybody's answers (dots: not shown)."
    )
    return f"{marks} Teal block: the level that the evidence shows. Frame: the level that the squad aims at.{signed}"


@sentence
def voices_words(snapshot: Snapshot) -> str:
    """When people were asked, and what of it is shown."""
    hidden = snapshot.hidden
    rest = (
        f" {counted(hidden, 'count')} not shown: few or no answers, kept, or for another's sake (dots)."
        if hidden
        else ""
    )
    return f"Slate bars: what people answered, in the survey {snapshot.snapshot}, closed on {snapshot.closed:%d %B %Y}.{rest}"


@sentence
def gap_words(item: OfItem) -> str:
    """What the sides answered: only where the corrected p holds it is a gap."""
    gap = item.gap
    if gap is None:
        return "Product against Tech: too few answers of one side to tell."
    sides = f"{gap.product} of Product and {gap.tech} of Tech, in {counted(gap.squads, 'squad')}"
    between = f"95 % interval {_end(gap.low)} to {_end(gap.high)}"
    drawn = "all" if gap.exact else f"{gap.draws}"
    how = f"labels shuffled within squads, {drawn} of them; corrected for all questions p {amounts_to(gap.corrected)}"
    if gap.corrected > MOST_P:
        return f"Product against Tech: no sign at this size ({gap.value:+.1f} levels, {between}; {sides}; {how})."
    higher = "Product answers" if gap.value > 0 else "Tech answers"
    return f"{higher} {abs(gap.value):.1f} levels higher ({between}; {sides}; {how})."


def _end(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f}"


@sentence
def apart_words(item: OfItem) -> str:
    """Whether answers tell squads apart."""
    told = item.apart
    if told is None or told.icc2 is None or told.icc1 is None:
        return "Squad against squad: too few answers to tell."
    reliable = told.icc2 >= RELIABLE
    verdict = (
        "the answers tell squads apart" if reliable else "differences between squads are not reliable at this size"
    )
    size = f"{counted(told.squads, 'squad')} whose answers are shown, {counted(told.n, 'answer')}"
    return f"Squad against squad: {verdict} (ICC(1) {told.icc1:.2f}, ICC(2) {told.icc2:.2f}, {size})."


@sentence
def closed_words(answers: int, snapshot: Snapshot) -> str:
    """What became of the answers of a survey."""
    shown = sum(map(len, snapshot.teams.values()))
    return (
        f"{counted(answers, 'answer')}: of squads and questions {counted(shown, 'count')} shown, {snapshot.hidden} not, for few or no "
        "answers or for another's sake. The answers themselves are not kept."
    )
