"""What a draft does about the silent pairs across a border: who would be served, helped, or would talk if it is lived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from topology.history.changes import compare
from topology.model import Mode, Organisation
from topology.planning.plan import Plan

Fate = Literal["served", "helped", "would talk", "only relabelled", "untouched"]
FATES: Mapping[Mode, Fate] = {"x-as-a-service": "served", "facilitating": "helped", "collaboration": "would talk"}
Pair = tuple[str, str]


@dataclass(frozen=True)
class BridgeFate:
    """A silent pair across, by ids before the draft, and what the draft does about it."""

    pair: Pair
    fate: Fate
    letter: str = ""


def fates(plan: Plan, missing: Iterable[Pair], day: dt.date) -> list[BridgeFate]:
    """What a draft does about each of these pairs: the first operation that covers it, or after which it is not across any more."""
    return [_fate(plan, pair, day) for pair in missing]


def _fate(plan: Plan, pair: Pair, day: dt.date) -> BridgeFate:
    both, relabelled = pair, ""
    for step in plan.counting:
        moved = compare(step.before, step.after)
        before, after = moved.old, moved.new
        later = (moved.later(both[0]), moved.later(both[1]))
        new = _open(after, later, day) - _open(before, both, day)
        if mode := next((mode for mode in FATES if mode in new), None):
            return BridgeFate(pair, FATES[mode], step.letter)
        if _across(before, both) and not _across(after, later):
            relabelled = step.letter
        elif _across(after, later):
            relabelled = ""
        both = later
    return BridgeFate(pair, "only relabelled", relabelled) if relabelled else BridgeFate(pair, "untouched")


def _open(organisation: Organisation, pair: Pair, day: dt.date) -> set[Mode]:
    """The modes in which two teams interact on a day, or plan to."""
    return {
        one.mode
        for one in organisation.interactions_on(day)
        for ends in one.pairs
        if frozenset(ends) == frozenset(pair)
    }


def _across(organisation: Organisation, pair: Pair) -> bool:
    """Whether two teams are in two value streams."""
    there = [team for team in pair if team in organisation.teams]
    return len(there) == 2 and organisation.value_stream(pair[0]) != organisation.value_stream(pair[1])
