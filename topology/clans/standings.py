"""Where each team stands towards other value streams: whom it meets, which bridges it carries, which are missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from topology.clans.pairs import PairRow
from topology.clans.partitions import partition_of
from topology.model import Organisation


@dataclass(frozen=True, slots=True)
class Standing:
    """A team's ties to teams of any value stream; `missing` are needed teams of other streams that it was not seen with."""

    ties: int
    across: int
    missing: tuple[str, ...]
    share: float | None
    """Of all bridges between value streams, those it takes part in; None where there is none."""


def standings(
    organisation: Organisation, pairs: Sequence[PairRow], day: dt.date, small: Collection[str]
) -> dict[str, Standing]:
    """{team: standing} of the teams of the day that have a value stream and are not among the `small` (`Window.small`).

    Empty where no contact was observed at all.
    """
    streams = partition_of("value-stream").labels(organisation)
    told = [row for row in pairs if all(streams.get(team) for team in row.teams)]
    seen = [row for row in told if row.tied]
    if not seen:
        return {}
    bridges = sum(_crosses(row, streams) for row in seen)
    found = {}
    for id_ in organisation.teams_on(day):
        if streams[id_] is None or id_ in small:
            continue
        own = [row for row in seen if id_ in row.teams]
        across = sum(_crosses(row, streams) for row in own)
        missing = tuple(_other(row, id_) for row in told if id_ in row.teams and row.missing and _crosses(row, streams))
        found[id_] = Standing(len(own), across, missing, across / bridges if bridges else None)
    return found


def _crosses(row: PairRow, streams: dict[str, str | None]) -> bool:
    return streams[row.teams[0]] != streams[row.teams[1]]


def _other(row: PairRow, team: str) -> str:
    return row.teams[1] if row.teams[0] == team else row.teams[0]
