"""What is needed when a survey closes: the ids that its teams have now, and which answers may be known to somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from topology.maturity.voices.asking import Asked, AskedTeam
from topology.maturity.voices.closing import Beside
from topology.model import Organisation
from topology.store.tables import LINKS, POSITIONS
from topology.store.values import Kind


def now_called(team: str, organisation: Organisation) -> str:
    """The id that a team has now."""
    return organisation.current_id(team) or team


def renamed(asked: Asked, organisation: Organisation) -> Asked:
    """The survey with the ids that its teams have now; two that became one are one."""
    teams: dict[str, AskedTeam] = {}
    for id_, team in asked.teams.items():
        known = teams.get(current := now_called(id_, organisation))
        teams[current] = team.model_copy(update={"people": team.people + known.people}) if known else team
    return asked.model_copy(update={"teams": teams})


def beside_of(
    connection: Connection, name: str, asked: Asked, tallies: Iterable[RowMapping], organisation: Organisation
) -> Beside:  # fmt: skip
    """What a survey knows beside the answers: which levels are signed, and which answers may be somebody's second."""
    signed: dict[str, Counter[str]] = {}
    for row in connection.execute(sa.select(POSITIONS).where(POSITIONS.c.survey == name)).mappings():
        count = sum(row[kind] is not None for kind in (Kind.PM, Kind.EM))
        signed.setdefault(row["dimension"], Counter())[now_called(row["team"], organisation)] += count
    doubtful: Counter[str] = Counter()
    for one in tallies:
        doubtful[now_called(one["team"], organisation)] += one["moved"]
    voided = (LINKS.c.survey == name) & LINKS.c.void & (LINKS.c.kind == Kind.ANSWER.value)
    doubtful.update(
        now_called(team, organisation) for team in connection.scalars(sa.select(LINKS.c.team).where(voided))
    )
    return Beside(asked.items, tuple(asked.teams), asked.least, signed, doubtful)
