"""What is computed of the answers to a question, and told no finer than it is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import overload

from topology.maturity.pack import Pack
from topology.maturity.statistics.agreement import polarisation, within_group_agreement
from topology.maturity.statistics.sides import Answers, gap_of, holm, in_group_bias
from topology.maturity.statistics.squads import reliability
from topology.maturity.statistics.trend import pooled_deviation
from topology.maturity.voices.answers import Answer, counts_of
from topology.maturity.voices.hiding import LEAST_ANSWERS, LEAST_SQUADS
from topology.maturity.voices.snapshot import Apart, Bias, GapOfSides, OfItem, Whole


def whole_of(own: Sequence[Answer]) -> Whole:
    """What is told of all answers to a question, where their total is shown."""
    every = [one.value for one in own]
    return Whole(
        n=len(own), mean=_coarse(sum(every) / len(every)),
        agreement=_coarse(within_group_agreement(every)), polarisation=_coarse(polarisation(counts_of(own))),
    )  # fmt: skip


def apart_of(squads: Mapping[str, Sequence[Answer]], shown_squads: Collection[str]) -> Apart | None:
    """Squad against squad, of those whose counts are shown."""
    values = [[one.value for one in own] for team, own in squads.items() if team in shown_squads]
    if len(values) < LEAST_SQUADS:
        return None
    told = reliability(values)
    return Apart(
        n=sum(map(len, values)), squads=len(values), deviation=_coarse(pooled_deviation(values)),
        icc1=_coarse(told.of_one) if told else None, icc2=_coarse(told.of_mean) if told else None,
    )  # fmt: skip


@overload
def _coarse(value: float, digits: int = 2) -> float: ...
@overload
def _coarse(value: None, digits: int = 2) -> None: ...
@overload
def _coarse(value: float | None, digits: int = 2) -> float | None: ...
def _coarse(value: float | None, digits: int = 2) -> float | None:
    """A number as it is shown and no finer: with six digits the answers that make it could be worked out."""
    return None if value is None else round(value, digits) + 0.0  # (no −0)


def gap_of_sides(squads: Sequence[Sequence[Answer]], seed: int) -> GapOfSides | None:
    """The gap between Product and Tech over squads; nothing where either side gave fewer than five answers in those that count, or where
    these are so few that the sides of each could be worked out from its bars."""
    sides = [
        Answers(tuple(one.value for one in own if one.side == "product"), tuple(one.value for one in own if one.side == "tech"))
        for own in squads
    ]  # fmt: skip
    both = [one for one in sides if one.product and one.tech]
    product, tech = sum(len(one.product) for one in both), sum(len(one.tech) for one in both)
    found = gap_of(sides, seed=seed) if min(product, tech, len(both)) >= LEAST_ANSWERS else None
    if found is None:
        return None
    return GapOfSides(
        value=_coarse(found.value, 1), p=found.p, corrected=found.p, low=_coarse(found.low, 1), high=_coarse(found.high, 1),
        squads=found.squads, product=product, tech=tech, exact=found.exact, draws=0 if found.exact else found.draws, seed=found.seed,
    )  # fmt: skip


def bias_of(answers: Sequence[Answer], pack: Pack) -> Bias | None:
    """How much higher each side regards itself than the other, over all statements of mutual regard; nothing from fewer than five people of
    a side, or five squads of each."""
    if pack.short is None or not pack.short.regard:
        return None
    means: dict[tuple[str, str], float] = {}
    people: dict[str, int] = {}
    for whose in ("product", "tech"):
        for about in ("product", "tech"):
            items = {one.about(about).item for one in pack.short.regard}
            own = [one for one in answers if one.side == whose and one.item in items]
            number = min((sum(one.item == item for one in own) for item in items), default=0)
            if number < LEAST_ANSWERS or len({one.team for one in own}) < LEAST_ANSWERS:
                return None
            means[whose, about] = sum(one.value for one in own) / len(own)
            people[whose] = min(number, people.get(whose, number))
    value = in_group_bias(
        (means["product", "product"], means["product", "tech"]), (means["tech", "product"], means["tech", "tech"])
    )
    return Bias(value=_coarse(value, 1), product=people["product"], tech=people["tech"])


def corrected(told: Mapping[str, OfItem], questions: Collection[str]) -> dict[str, OfItem]:
    """The same with each p of a gap corrected (Holm) for all `questions`; the short form's statements for themselves."""
    own = {item: one for item, one in told.items() if item in questions}
    return _family(own) | _family({item: one for item, one in told.items() if item not in questions})


def _family(told: Mapping[str, OfItem]) -> dict[str, OfItem]:
    asked = [(item, one.gap) for item, one in told.items() if one.gap is not None]
    pairs = zip(asked, holm([gap.p for _, gap in asked]), strict=True)
    gaps = {item: gap.model_copy(update={"p": _to_two(gap.p), "corrected": _to_two(p)}) for (item, gap), p in pairs}
    return {item: one.model_copy(update={"gap": gaps.get(item)}) for item, one in told.items()}


def _to_two(p: float) -> float:
    """Two digits of a p."""
    return float(f"{p:.2g}")
