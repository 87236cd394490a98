"""Closing a survey: the answers become counts that show nobody, and the statistics that nobody can compute once they are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from topology.maturity.pack import Pack
from topology.maturity.positions import duo_positions
from topology.maturity.statistics.sides import SEED
from topology.maturity.voices.answers import Answer, by_item, by_squad, counts_of
from topology.maturity.voices.computed import apart_of, bias_of, corrected, gap_of_sides, whole_of
from topology.maturity.voices.hiding import LEAST_ANSWERS, homes_of, shown
from topology.maturity.voices.snapshot import OfItem, Snapshot
from topology.model import Organisation
from topology.model.values import Day


@dataclass(frozen=True)
class Beside:
    """What a survey knows of itself beside the answers: an import knows nothing of it."""

    items: Sequence[str] = ()
    """The questions that were asked [default: those that somebody answered]."""
    asked: Sequence[str] = ()
    """The squads that were asked [default: those of the day]."""
    least: int = LEAST_ANSWERS
    """From how many answers on a squad is shown; see `hiding.shown`."""
    signed: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """{dimension: {squad: how many leads signed it}}, beside what the file holds."""
    doubtful: Mapping[str, int] = field(default_factory=dict)
    """{squad: answers that may not be another person's}: of links that were replaced, or that were another squad's."""


def closed(
    answers: Sequence[Answer], organisation: Organisation, pack: Pack, name: str, day: Day, kept: Collection[str] = (), seed: int = SEED,
    beside: Beside | None = None,
) -> Snapshot:  # fmt: skip
    """What is written of a survey that closes on a day: counts a squad, grouping and organisation where they may be shown, and for each
    question the gap between the sides, the differences between squads, agreement and spread. `beside`: what the survey itself knows."""
    homes, beside = homes_of(organisation), beside or Beside()
    answered = by_item(answers)
    teams: dict[str, dict[str, list[int]]] = {}
    groups: dict[str, dict[str, list[int]]] = {}
    whole: dict[str, list[int]] = {}
    told: dict[str, OfItem] = {}
    items = [item for item in pack.questions if item in (beside.items or answered)]
    for item in items:
        own = answered.get(item, [])
        number = Counter(one.team for one in own)
        may = shown(number, _known(organisation, pack.items.get(item, ""), day, beside), homes, kept, beside.least)
        for team in [team for team in organisation.teams if team in may.squads]:
            teams.setdefault(team, {})[item] = list(counts_of(one for one in own if one.team == team))
        for group in sorted(may.groups):
            groups.setdefault(group, {})[item] = list(counts_of(one for one in own if homes.get(one.team) == group))
        if may.whole:
            whole[item] = list(counts_of(own))
        squads = by_squad(own)
        told[item] = OfItem(
            whole=whole_of(own) if may.whole else None,
            apart=apart_of(squads, may.squads),
            gap=gap_of_sides(list(squads.values()), seed),
        )
    return Snapshot(
        snapshot=name, closed=day, pack=pack.about.name, pack_version=pack.about.version, items=items,
        asked=list(beside.asked or organisation.teams_on(day)), kept=sorted(kept), teams=teams, groups=groups, organisation=whole,
        statistics=corrected(told, pack.items), words={item: pack.questions[item].digest for item in items},
        bias=bias_of(answers, pack),
    )  # fmt: skip


def _known(organisation: Organisation, dimension: str, day: Day, beside: Beside) -> dict[str, int]:
    """{squad: how many of its answers somebody may know}: levels that its leads signed, and what the survey says of its links."""
    found = dict(beside.signed.get(dimension, {}))
    for id_, team in organisation.teams.items():
        for one in duo_positions(team, day):
            if one.dimension == dimension:
                found[id_] = max(found.get(id_, 0), sum(level is not None for level in (one.pm, one.em)))
    return {team: found.get(team, 0) + beside.doubtful.get(team, 0) for team in {*found, *beside.doubtful}}
