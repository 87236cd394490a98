"""Closing a survey: the rows become counts that show nobody, and the statistics that nobody can compute once the rows are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import overload

from topology.maturity.pack import Pack
from topology.maturity.positions import duo_positions
from topology.maturity.statistics.agreement import polarisation, within_group_agreement
from topology.maturity.statistics.sides import SEED, Answers, gap_of, holm
from topology.maturity.statistics.squads import reliability
from topology.maturity.statistics.trend import pooled_deviation
from topology.maturity.voices.answers import Answer, by_item, counts_of
from topology.maturity.voices.hiding import LEAST_ANSWERS, shown
from topology.maturity.voices.snapshot import GapOfSides, OfItem, Snapshot
from topology.model import Organisation
from topology.model.values import Day


def closed(
    answers: Sequence[Answer],
    organisation: Organisation,
    pack: Pack,
    name: str,
    day: Day,
    kept: Collection[str] = (),
    seed: int = SEED,
) -> Snapshot:
    """What is written of a survey that closes on a day: counts a squad, grouping and organisation where they may be shown, and for each
    question the gap between the sides, the differences between squads, agreement and spread."""
    homes = {
        id_: lineage[-1] for id_, team in organisation.teams.items() if (lineage := organisation.lineage(team.group))
    }
    teams: dict[str, dict[str, list[int]]] = {}
    groups: dict[str, dict[str, list[int]]] = {}
    hidden: dict[str, list[str]] = {}
    whole: dict[str, list[int]] = {}
    told: dict[str, OfItem] = {}
    items = [item for item in pack.items if item in by_item(answers)]
    for item in items:
        own = by_item(answers)[item]
        number = Counter(one.team for one in own)
        signed = _signed(organisation, pack.items[item], day)
        may = shown(number, signed, homes, kept)
        for team in organisation.teams:
            if team in may.squads:
                teams.setdefault(team, {})[item] = list(counts_of(one for one in own if one.team == team))
            elif number[team]:
                hidden.setdefault(team, []).append(item)
        for group in sorted(may.groups):
            groups.setdefault(group, {})[item] = list(counts_of(one for one in own if homes.get(one.team) == group))
        if may.whole:
            whole[item] = list(counts_of(own))
            told[item] = _of_item(own, seed)
    corrected = _corrected(told)
    return Snapshot(
        snapshot=name, closed=day, pack=pack.about.name, pack_version=pack.about.version, kept=sorted(kept), teams=teams, groups=groups,
        organisation=whole, hidden=hidden, statistics=corrected,
    )  # fmt: skip


def _signed(organisation: Organisation, dimension: str, day: Day) -> dict[str, int]:
    """{squad: how many of its leads signed a level of that dimension}."""
    found = {}
    for id_, team in organisation.teams.items():
        for one in duo_positions(team, day):
            if one.dimension == dimension:
                found[id_] = sum(level is not None for level in (one.pm, one.em))
    return found


def _of_item(own: Sequence[Answer], seed: int) -> OfItem:
    squads: dict[str, list[Answer]] = {}
    for one in own:
        squads.setdefault(one.team, []).append(one)
    values = [[one.value for one in listed] for listed in squads.values()]
    every = [one.value for one in own]
    told = reliability(values)
    return OfItem(
        n=len(own), squads=len(squads), mean=_coarse(sum(every) / len(every)), deviation=_coarse(pooled_deviation(values)),
        agreement=_coarse(within_group_agreement(every)), polarisation=_coarse(polarisation(counts_of(own))),
        icc1=_coarse(told.of_one) if told else None, icc2=_coarse(told.of_mean) if told else None, gap=_gap(list(squads.values()), seed),
    )  # fmt: skip


@overload
def _coarse(value: float, digits: int = 2) -> float: ...
@overload
def _coarse(value: None, digits: int = 2) -> None: ...
@overload
def _coarse(value: float | None, digits: int = 2) -> float | None: ...
def _coarse(value: float | None, digits: int = 2) -> float | None:
    """A number as it is shown and no finer: with six digits the answers that make it could be worked out."""
    return None if value is None else round(value, digits)


def _gap(squads: Sequence[Sequence[Answer]], seed: int) -> GapOfSides | None:
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
        squads=found.squads, product=product, tech=tech, exact=found.exact, draws=found.draws, seed=found.seed,
    )  # fmt: skip


def _corrected(told: Mapping[str, OfItem]) -> dict[str, OfItem]:
    """The same with each p of a gap corrected for all questions (Holm)."""
    asked = [(item, one.gap) for item, one in told.items() if one.gap is not None]
    corrected = zip(asked, holm([gap.p for _, gap in asked]), strict=True)
    gaps = {item: gap.model_copy(update={"p": _to_two(gap.p), "corrected": _to_two(p)}) for (item, gap), p in corrected}
    return {item: one.model_copy(update={"gap": gaps.get(item)}) for item, one in told.items()}


def _to_two(p: float) -> float:
    """Two digits of a p."""
    return float(f"{p:.2g}")
