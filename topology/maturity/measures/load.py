"""What a team holds in its head: domains, its own assessment of the load, its size."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, yes
from topology.model.domains import too_many


def _age(asked: Asked) -> Found:
    load = asked.team.cognitive_load
    if load is None or load.assessed is None or load.assessed > asked.day:
        return Unknown.NO_DATA
    return Seen((asked.day - load.assessed).days)


def _part(asked: Asked, part: str) -> Found:
    load = asked.team.cognitive_load
    if load is None or (load.assessed is not None and load.assessed > asked.day):
        return Unknown.NO_DATA
    return Seen(getattr(load, part), newest=load.assessed)


def _size(asked: Asked) -> Found:
    """As written, else those who are listed; where only the two seats are, nobody knows who else is there."""
    team = asked.team
    count = team.head_count(asked.day) if team.size is not None or team.members else None
    return Unknown.NO_DATA if count is None else Seen(count)


MEASURES = (
    Measure("domains-declared", Text("Domains and their complexity are declared"), "yes", lambda asked: yes(bool(asked.team.domains))),
    Measure("load-age", Text("Days since the load was assessed"), "days", _age),
    Measure("domains-within-limits", Text("No more domains than a team can hold"), "yes",
            lambda asked: yes(not too_many(asked.team.domains)) if asked.team.domains else Unknown.NO_DATA),
    Measure("extraneous-load", Text("Extraneous load, of 10"), "number", lambda asked: _part(asked, "extraneous")),
    Measure("load", Text("Load, of 30"), "number", lambda asked: _part(asked, "total")),
    Measure("people", Text("People in the team"), "count", _size),
)  # fmt: skip
