"""What maturity says: levels, what was seen, what a criterion asks, the next step."""

from __future__ import annotations

from collections.abc import Sequence

from topology.language import Terms, sentence
from topology.maturity.levels import Judged, Rating, State
from topology.maturity.measure import Found, Measure, Seen, Unknown
from topology.maturity.measures import MEASURES
from topology.maturity.pack import Criterion
from topology.model import Organisation
from topology.words.lists import counted
from topology.words.numbers import plain

STATES = Terms(
    "maturity.STATES",
    {
        State.MET: "met",
        State.NOT_MET: "not met",
        State.NOT_APPLICABLE: "does not apply",
        State.NOT_MEASURED: "not measured",
    },
)
WHY = Terms(
    "maturity.WHY",
    {Unknown.NO_DATA: "no data", Unknown.NOT_APPLICABLE: "does not apply", Unknown.TOO_OLD: "too old"},
)
BOUNDS = Terms(
    "maturity.BOUNDS", {"at_least": "at least", "at_most": "at most", "above": "more than", "below": "under"}
)


@sentence
def purpose() -> str:
    """What levels are for and not for: on every page and in every export."""
    return (
        "For conversations about how we work. Not for appraisal, pay, ranking or headcount. "
        "A level is a description, not a grade: nobody has to reach 5."
    )


@sentence
def level_words(rating: Rating) -> str:
    """`4`, `4+`, `?` where too little is measured, `exempt`."""
    if rating.exempt is not None:
        return "exempt"
    return "?" if rating.level is None else f"{rating.level}{'+' if rating.plus else ''}"


def level_meaning() -> str:
    """What `4+` and `?` mean."""
    return _meaning()


@sentence
def _meaning() -> str:
    return (
        "4+: nothing that is measured blocks the next level, and too little of it is measured. "
        "?: too little is measured to name a level. –: not for this kind of team."
    )


@sentence
def seen_words(measure: Measure, found: Found) -> str:
    """What was seen: `2 of 6`, `52 %`, `15 days`; else why nothing was."""
    if not isinstance(found, Seen):
        return WHY[found]
    if found.count is not None and found.of is not None:
        return f"{found.count} of {found.of}"
    return _amount(measure, found.value)


def _amount(measure: Measure, value: float) -> str:
    match measure.unit:
        case "yes":
            return "yes" if value else "no"
        case "share":
            return f"{plain(100 * value)} %"
        case "days" | "minutes" | "points":
            return f"{plain(value)} {measure.unit[:-1] if plain(value) == '1' else measure.unit}"
    return plain(value) if measure.unit == "count" else f"{value:.2f}".rstrip("0").rstrip(".")


@sentence
def need_words(criterion: Criterion) -> str:
    """What a criterion asks: `at least 70 %`, `at most 16 days`; "" of one that is yes or no."""
    measure = MEASURES[criterion.measure]
    return " and ".join(f"{BOUNDS[name]} {_amount(measure, bound)}" for name, bound in criterion.bounds.items())


@sentence
def criterion_words(criterion: Criterion) -> str:
    """`Duo rituals held, of those planned: at least 70 %`."""
    need = need_words(criterion)
    return f"{MEASURES[criterion.measure].name}{f': {need}' if need else ''}"


@sentence
def step_words(rating: Rating) -> str:
    """`Duo rituals held, of those planned: 2 of 6, at least 70 % for level 3`; else why there is no step to name."""
    step = rating.next_step
    if rating.exempt is not None:
        signed = f", signed by {rating.exempt.signed}" if rating.exempt.signed else ""
        return f"exempt until {rating.exempt.until}: {rating.exempt.reason}{signed}"
    if step is None:
        lacking = _lacking(rating)
        return f"not measured: {', '.join(lacking)}" if lacking else ""
    need = need_words(step.criterion)
    asked = f"{need} for level {step.level}" if need else f"needed for level {step.level}"
    measure = MEASURES[step.criterion.measure]
    return f"{measure.name}: {seen_words(measure, step.found)}, {asked}"


def _lacking(rating: Rating) -> list[str]:
    """What is not measured of the level that is looked at next."""
    after = (rating.level or 1) + 1
    return [
        MEASURES[one.criterion.measure].name
        for one in rating.criteria
        if one.level == after and one.state == State.NOT_MEASURED
    ]


@sentence
def judged_words(one: Judged) -> str:
    """`met: 4 of 6`, `not measured: no data`."""
    return f"{STATES[one.state]}: {seen_words(MEASURES[one.criterion.measure], one.found)}"


def whose(organisation: Organisation, team: str) -> str:
    """The name of a team, or of the organisation."""
    return organisation.team_name(team) if team else organisation.title


@sentence
def cell_words(team: str, dimension: str, rating: Rating, counts: Sequence[int] | None = None) -> str:
    """`Checkout, Duo: evidence level 4, aims at 5; answers 0 0 3 2 2. Next: …`, as a cell of the grid is spoken."""
    if rating.exempt is not None:
        return f"{team}, {dimension}: {step_words(rating)}"
    told = "too little measured to rate" if rating.level is None else f"evidence level {level_words(rating)}"
    aim = f", aims at {rating.aim}" if rating.aim else ""
    said = f"; answers {' '.join(map(str, counts))}" if counts else ""
    step = step_words(rating)
    return f"{team}, {dimension}: {told}{aim}{said}{f'. Next: {step}' if step and rating.next_step else f'. {step}' if step else ''}"


@sentence
def view_words(view: str) -> str:
    """What the tabs of a view of the grid are."""
    match view:
        case "belief":
            return (
                "Tab: the mean of the answers minus the level of the evidence, in levels; positive where people see it higher. "
                "–: no level, or no answers that are shown."
            )
        case "since":
            return (
                "Tab: by how many levels the evidence moved since then. Arrow: the answers moved, by more than the chance of who answered; "
                "a dot: no detectable change; nothing: not shown then or now."
            )
    return level_meaning()


@sentence
def aim_words(level: int) -> str:
    """`aims at 4`."""
    return f"aims at {level}"


@sentence
def level_heading(level: int) -> str:
    """`Level 3`."""
    return f"Level {level}"


@sentence
def next_step_pill() -> str:
    """What marks the next step."""
    return "← next step"


@sentence
def seen_and_asked(one: Judged) -> str:
    """`Duo rituals held, of those planned: 2 of 6, at least 70 %`."""
    measure, need = MEASURES[one.criterion.measure], need_words(one.criterion)
    seen = "" if measure.unit == "yes" and isinstance(one.found, Seen) else f": {seen_words(measure, one.found)}"
    return f"{measure.name}{seen}{f', {need}' if need and isinstance(one.found, Seen) else ''}"


@sentence
def level_wordy(rating: Rating) -> str:
    """Why there is no level."""
    if rating.exempt is not None:
        return f"exempt until {rating.exempt.until}"
    return "too little measured" if any(one.measured for one in rating.criteria) else "not measured"


@sentence
def source_words(day: str, tables: int) -> str:
    """From when and what the evidence is."""
    return f"Evidence to {day}, from {counted(tables, 'table')} and the file. In the order of the file. No totals, no ranking."
