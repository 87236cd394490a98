"""What was agreed in workshops, as the Overview and the squads' pages list it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from topology.model import Organisation
from topology.words.agreed import action_sentence, agreement_sentence, workshop_heading

RECENT = dt.timedelta(weeks=13)  # how long a closed action is still shown
OTHER = "Outside of a workshop"


def agreed(organisation: Organisation, day: dt.date, team: str = "") -> dict[str, list[str]]:
    """{workshop: its actions that are open, or were closed within a quarter, and its agreements that hold}, the last workshop first; of
    one team where one is named."""
    found: dict[str, list[str]] = {}
    for workshop, said in [*_actions(organisation, day, team), *_agreements(organisation, day, team)]:
        found.setdefault(workshop, []).append(said)
    order = sorted(organisation.workshops, key=lambda id_: organisation.workshops[id_].held, reverse=True)
    known = {workshop_heading(organisation, id_): found[id_] for id_ in order if id_ in found}
    return known | ({OTHER: found[""]} if "" in found else {})


def _actions(organisation: Organisation, day: dt.date, team: str) -> Iterator[tuple[str, str]]:
    for one in organisation.actions.values():
        recent = one.closed is not None and day - RECENT <= one.closed <= day
        if (one.open_on(day) or recent) and (not team or team in one.teams):
            yield one.workshop or "", action_sentence(organisation, one, day)


def _agreements(organisation: Organisation, day: dt.date, team: str) -> Iterator[tuple[str, str]]:
    for one in organisation.agreements.values():
        if one.covers(day) and (not team or team in one.teams):
            yield one.workshop or "", agreement_sentence(one)
