"""Which team of the later version is which of the earlier one: as declared by `was`, else as its content suggests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from topology.model import Organisation, Team
from topology.words.changes import came_along, in_common

SAME_TEAM = 0.5  # share of services, people and leads that two ids must have in common to be taken for one team
SPLIT_SHARE = 0.5  # of a new team's people or services, to say that it was split from another
LEAST_SHARED_PEOPLE = 2


@dataclass(frozen=True, slots=True)
class Rename:
    """A team under two ids."""

    before: str
    after: str
    inferred: bool
    """Whether `was` does not say it: then `evidence` does."""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Descent:
    """A new team that came out of another (split), or a team that went into another (merged)."""

    team: str
    other: str
    evidence: str
    """Why it is thought so; "" when `was` declares it."""


def renames(before: Organisation, after: Organisation) -> tuple[list[Rename], dict[str, str]]:
    """(renames, declared first and each id once; {earlier id: later id} of teams that `was` declares as merged into another)."""
    declared = _declarations(before, after)
    found, merged = [], {}
    for id_, former in declared:
        # An id that was there before is the same team, unless another team declares that it was this one (two swap ids).
        if id_ not in before.teams or any(other == id_ for _, other in declared):
            found.append(Rename(former, id_, inferred=False))
        else:
            merged[former] = id_
    known = {one.before for one in found} | merged.keys()
    gone = [id_ for id_ in before.teams if id_ not in after.teams and id_ not in known]
    new = [id_ for id_ in after.teams if id_ not in before.teams and id_ not in {one.after for one in found}]
    return found + _inferred(before, after, gone, new), merged


def _declarations(before: Organisation, after: Organisation) -> list[tuple[str, str]]:
    """(later id, earlier id) that `was` newly declares; an earlier team is claimed once."""
    claimed: dict[str, str] = {}
    for id_, team in after.teams.items():
        known = before.teams[id_].was if id_ in before.teams else []
        for former in reversed(team.was):
            if former in before.teams and former not in known and former != id_ and former not in claimed:
                claimed[former] = id_
                if id_ not in before.teams:
                    break  # of a new id's former ids only the last one was renamed; the others it had before
    return [(id_, former) for former, id_ in claimed.items()]


def _inferred(before: Organisation, after: Organisation, gone: list[str], new: list[str]) -> list[Rename]:
    """The likeliest pairs first. Only ids that share a person or a service are compared, so that many do not take long."""
    holders: dict[str, list[str]] = {}
    for id_ in new:
        for part in _parts(after.teams[id_]):
            holders.setdefault(part, []).append(id_)
    pairs = {(old, id_) for old in gone for part in _parts(before.teams[old]) for id_ in holders.get(part, ())}
    likely = [(_likeness(before.teams[old], after.teams[id_]), old, id_) for old, id_ in pairs]
    found: list[Rename] = []
    taken: set[str] = set()
    for (score, evidence), old, id_ in sorted(likely, key=lambda one: (-one[0][0], one[1], one[2])):
        if score >= SAME_TEAM and old not in taken and id_ not in taken:
            found.append(Rename(old, id_, inferred=True, evidence=evidence))
            taken |= {old, id_}
    return found


def _parts(team: Team) -> set[str]:
    """What a team can share with another: people and services, told apart."""
    return {f"person:{one}" for one in team.people()} | {f"service:{one}" for one in team.services}


def _likeness(old: Team, new: Team) -> tuple[float, str]:
    """(0 to 1, in words): the mean over services, members, leads and name, where both teams have them."""
    parts: list[tuple[float, tuple[str, int, int]]] = []
    for what, first, second in (
        ("services", set(old.services), set(new.services)),
        ("members", {one.person for one in old.members}, {one.person for one in new.members}),
        ("leads", _leads(old), _leads(new)),
    ):
        if first and second:
            shared, whole = len(first & second), len(first | second)
            parts.append((shared / whole, (what, shared, whole)))
    if not parts:
        return 0.0, ""
    scores = [share for share, _ in parts]
    if old.name and new.name:
        scores.append(SequenceMatcher(None, old.name, new.name).ratio())
    return sum(scores) / len(scores), in_common([part for _, part in parts])


def _leads(team: Team) -> set[str]:
    return {seat.person for seat in (team.pm, team.em) if seat is not None and seat.person}


def descents(here: Organisation, teams: Iterable[str], there: Organisation) -> list[Descent]:
    """For each of the teams `here`, the team `there` that has most of its people or services, if one has enough of them."""
    holders: dict[str, list[str]] = {}
    for id_, team in there.teams.items():
        for part in _parts(team):
            holders.setdefault(part, []).append(id_)
    found = []
    for id_ in teams:
        people, services = len(here.teams[id_].people()), len(here.teams[id_].services)
        shared = Counter(
            (other, part.partition(":")[0]) for part in _parts(here.teams[id_]) for other in holders.get(part, ())
        )
        best: tuple[int, str, str] | None = None
        for other in sorted({other for other, _ in shared}):
            with_people, with_services = shared[other, "person"], shared[other, "service"]
            enough = (
                with_people >= max(LEAST_SHARED_PEOPLE, SPLIT_SHARE * people)
                or 0 < SPLIT_SHARE * services <= with_services
            )
            if enough and (best is None or with_people + with_services > best[0]):
                evidence = came_along([("people", with_people, people), ("services", with_services, services)])
                best = (with_people + with_services, other, evidence)
        if best is not None:
            found.append(Descent(id_, best[1], best[2]))
    return found
