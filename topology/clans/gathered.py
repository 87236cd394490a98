"""Everything that is read for clans on a day, together: what the rules on clans and the pages look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from topology.clans.brokers import Broker, brokers_of
from topology.clans.pairs import PairRow, pair_table
from topology.clans.reading import ClanReading, read_clans
from topology.clans.shuffles import SEED
from topology.clans.ties import Source


@dataclass(frozen=True)
class Clans:
    """The readings of a day, the pairs of teams, and for each reading with enough data who carries its bridges."""

    readings: tuple[ClanReading, ...]
    pairs: tuple[PairRow, ...]
    brokers: Mapping[tuple[str, str], tuple[Broker, ...]] = field(default_factory=dict)


def gather(source: Source, day: dt.date, groupings: Iterable[str] = (), *, seed: int = SEED) -> Clans:
    """Reads an organisation for clans; all groupings where none is named. Raises ValueError for an unknown one."""
    readings = read_clans(
        source.organisation,
        source.rows,
        day,
        groupings=tuple(groupings) or None,
        seed=seed,
        weeks=source.weeks,
        floor=source.floor,
    )
    told = [one for one in readings if one.grade != "not enough data" and one.layer != "declared"]
    brokers: dict[tuple[str, str], tuple[Broker, ...]] = {
        (one.grouping, one.layer): tuple(brokers_of(source, one, day, seed=seed)) for one in told
    }
    return Clans(tuple(readings), tuple(pair_table(source, day)), brokers)
