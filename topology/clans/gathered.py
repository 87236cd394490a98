"""Everything that is read for clans on a day, together: what the rules on clans and the pages look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from topology.clans.pairs import PairRow, pair_table
from topology.clans.reading import ClanReading, read_source
from topology.clans.shuffles import SEED
from topology.clans.ties import Source


@dataclass(frozen=True)
class Clans:
    """The readings of a day and the pairs of teams."""

    readings: tuple[ClanReading, ...]
    pairs: tuple[PairRow, ...]


def gather(source: Source, day: dt.date, groupings: Iterable[str] = (), *, seed: int = SEED) -> Clans:
    """Reads an organisation for clans; all groupings where none is named. Raises ValueError for an unknown one."""
    readings = read_source(source, day, groupings=tuple(groupings) or None, seed=seed)
    return Clans(tuple(readings), tuple(pair_table(source, day)))
