"""Rituals of Product and Tech: those that were planned, those that were held, and those of which it is known who spoke."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.scope import Scope


def planned(scope: Scope) -> Any:
    """Rituals that were planned for the window, with their team; the leaders' own count for the organisation."""
    found = scope.of_team(telling(scope.events.tables["rituals"], "held"))
    found = found.filter(scope.within(found.planned_at_day))
    return found.mutate(was_held=found.held.fill_null(False))


def telling(rows: Any, *columns: str) -> Any:
    """The rows of teams that ever fill each of these columns: of others a blank does not mean "no", it is not known."""
    told = {f"told_{name}": rows[name].count().over(ibis.window(group_by="team")) for name in columns}
    marked = rows.mutate(**told)
    return marked.filter(*(marked[name] > 0 for name in told)).drop(*told)


def held(scope: Scope) -> Any:
    """Those that were held, and whether both sides were there; a blank counts as absent for a team that tells of both."""
    found = telling(scope.events.tables["rituals"], "held", "product_present", "tech_present")
    found = scope.of_team(found.filter(scope.within(found.planned_at_day) & found.held.fill_null(False)))
    return found.mutate(both=found.product_present.fill_null(False) & found.tech_present.fill_null(False))


def spoken(scope: Scope) -> Any:
    """Those that were held and of which the speaking minutes of both sides are known. Not the leaders' own: there each side is one
    person, who could be told from a total too."""
    rituals = scope.events.tables["rituals"]
    found = scope.of_team(
        rituals.filter(scope.within(rituals.planned_at_day) & rituals.team.notnull() & rituals.held.fill_null(False))
    )
    minutes = found.product_speaking_minutes + found.tech_speaking_minutes
    spoke = (found.product_speaking_minutes >= 0) & (found.tech_speaking_minutes >= 0)
    return found.filter(spoke & (minutes > 0)).mutate(both_minutes=minutes)


def speakers(scope: Scope) -> Any:
    """Table (team, day, person): for each team one, since on a side of a squad's ritual there may be no more."""
    found = spoken(scope.each_team())
    return found.select("team", day="planned_at_day", person="team")
