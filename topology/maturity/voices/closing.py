"""Closing a survey: the rows become counts that show nobody, and the statistics that nobody can compute once the rows are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
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
    signed: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
    least: int = LEAST_ANSWERS,
) -> Snapshot:
    """What is written of a survey that closes on a day: counts a squad, grouping and organisation where they may be shown, and for each
    question the gap between the sides, the differences between squads, agreement and spread.

    `signed`: {dimension: {squad: how many leads signed}} beside what the file holds; `least`: see `hiding.shown`."""
    homes = _homes(organisation)
    teams: dict[str, dict[str, list[int]]] = {}
    groups: dict[str, dict[str, list[int]]] = {}
    hidden: dict[str, list[str]] = {}
    whole: dict[str, list[int]] = {}
    told: dict[str, OfItem] = {}
    items = [item for item in pack.items if item in by_item(answers)]
    for item in items:
        own = by_item(answers)[item]
        number = Counter(one.team for one in own)
        may = shown(number, _signed(organisation, pack.items[item], day, signed), homes, kept, least)
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


def kept_back(snapshot: Snapshot, organisation: Organisation, kept: Collection[str]) -> Snapshot:
    """The same without the answers of squads that keep them, and without what would then tell of them. Of a count that was hidden before no
    more is taken to be there than one answer, so that nothing is shown for its sake."""
    if not kept:
        return snapshot
    homes = _homes(organisation)
    teams = {team: dict(counts) for team, counts in snapshot.teams.items()}
    groups = {group: dict(counts) for group, counts in snapshot.groups.items()}
    whole, hidden = dict(snapshot.organisation), {team: list(items) for team, items in snapshot.hidden.items()}
    for item in dict.fromkeys(item for counts in [*teams.values(), *groups.values(), whole] for item in counts):
        numbers = {team: sum(counts[item]) for team, counts in teams.items() if item in counts}
        numbers |= {team: 1 for team, items in hidden.items() if item in items}
        may = shown(numbers, {}, homes, kept, 1)
        for team in [team for team in teams if item in teams[team] and team not in may.squads]:
            del teams[team][item]
            hidden.setdefault(team, []).append(item)
        for group in [group for group in groups if item in groups[group] and group not in may.groups]:
            del groups[group][item]
        if not may.whole:
            whole.pop(item, None)
    return snapshot.model_copy(
        update={
            "kept": sorted({*snapshot.kept, *kept}), "teams": {id_: own for id_, own in teams.items() if own},
            "groups": {id_: own for id_, own in groups.items() if own}, "organisation": whole, "hidden": hidden,
            "statistics": {item: one for item, one in snapshot.statistics.items() if item in whole},
        }
    )  # fmt: skip


def _homes(organisation: Organisation) -> dict[str, str]:
    """{squad: the outermost grouping that holds it}."""
    teams = organisation.teams.items()
    return {id_: lineage[-1] for id_, team in teams if (lineage := organisation.lineage(team.group))}


def _signed(
    organisation: Organisation, dimension: str, day: Day, beside: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:  # fmt: skip
    """{squad: how many of its leads signed a level of that dimension}."""
    found = dict(beside.get(dimension, {}))
    for id_, team in organisation.teams.items():
        for one in duo_positions(team, day):
            if one.dimension == dimension:
                found[id_] = max(found.get(id_, 0), sum(level is not None for level in (one.pm, one.em)))
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
