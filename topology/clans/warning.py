"""Early: pairs that need each other, were in contact, and fell silent across one border. A warning of its own, never a finding.

Twelve weeks of proof come late; this asks for five. It goes by itself when the pairs meet again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from topology.clans.partitions import Partition, partitions_of
from topology.clans.silence import Pair, fisher
from topology.graph.observed import CONTACT_KINDS

if TYPE_CHECKING:
    from topology.clans.window import Window

WEEKS, LEAST_SEEN = 12, 6  # a pair that was seen in so many weeks of so many was in contact
LATELY, MOST_LATELY = 5, 1  # and one that was seen in so many of the last at most has fallen silent
MOST_P, LEAST_GAP = 0.01, 0.30


@dataclass(frozen=True)
class FellSilent:
    """A border of a partition across which pairs fell silent: `pairs` of `lively` that had been in contact, and so many elsewhere."""

    partition: Partition
    groups: tuple[str, str]
    pairs: tuple[Pair, ...]
    lively: int
    elsewhere: int
    elsewhere_lively: int
    p: float


def warnings_of(window: Window) -> list[FellSilent]:
    """The warnings of a window's last day, whatever its length, the partitions in their order.

    Of the needed pairs that were seen in contact in at least 6 of 12 weeks, those seen in at most one of the last 5: across one border
    against everywhere else, Fisher's exact p ≤ .01 ÷ the number of borders that have such pairs, and 30 points more.
    """
    whole, last = window.at(weeks=WEEKS), window.at(weeks=LATELY)
    if not whole.weeks_seen:
        return []
    lost = last.unseen(CONTACT_KINDS)  # (a source that stopped is no silence)
    needed = {pair for pair in whole.asked_needs if lost.isdisjoint(pair)}
    lively = sorted(pair for pair in needed if whole.weeks_seen.get(pair, 0) >= LEAST_SEEN)
    silent = {pair for pair in lively if last.weeks_seen.get(pair, 0) <= MOST_LATELY}
    every = [one for one in partitions_of(window.organisation).values() if not one.of_people]
    by = {one.id: _borders(lively, window.labels(one)) for one in every}
    most = MOST_P / max(1, sum(map(len, by.values())))
    found = []
    for one in every:
        for groups, pairs in by[one.id].items():
            fallen, others = tuple(pair for pair in pairs if pair in silent), len(lively) - len(pairs)
            rest = len(silent) - len(fallen)
            if not others or len(fallen) / len(pairs) - rest / others < LEAST_GAP:
                continue
            p = fisher(len(fallen), len(pairs), rest, others)
            if p <= most:
                found.append(FellSilent(one, groups, fallen, len(pairs), rest, others, p))
    return found


def _borders(pairs: list[Pair], labels: Mapping[str, str | None]) -> dict[tuple[str, str], list[Pair]]:
    """{border: the pairs across it}."""
    found: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        first, second = (labels.get(team) for team in pair)
        if first and second and first != second:
            found.setdefault((min(first, second), max(first, second)), []).append(pair)
    return found
