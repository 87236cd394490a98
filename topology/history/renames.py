"""Which team of the later version is which of the earlier one: as declared by `was`, else as its content suggests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from topology.model import Organisation, Team

SAME_TEAM = 0.5  # share of services, people and leads that two ids must have in common to be taken for one team
SPLIT_SHARE = 0.5  # of a new team's people or services, to say that it was split from another
LEAST_PEOPLE = 2


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
    """A new team that came out of another (split), or a team that went into another (merged). Always inferred."""

    team: str
    other: str
    evidence: str


def renames(before: Organisation, after: Organisation) -> list[Rename]:
    """Declared renames, then inferred ones (the nearest pairs first), each id once."""
    gone = [id_ for id_ in before.teams if id_ not in after.teams]
    new = [id_ for id_ in after.teams if id_ not in before.teams]
    found = []
    for id_ in list(new):
        former = next((one for one in reversed(after.teams[id_].was) if one in gone), None)
        if former is not None:
            found.append(Rename(former, id_, inferred=False))
            gone.remove(former)
            new.remove(id_)
    likely = sorted(
        ((-_likeness(before.teams[old], after.teams[id_])[0], old, id_) for old in gone for id_ in new),
        key=lambda one: one[0],
    )
    for score, old, id_ in likely:
        if -score >= SAME_TEAM and old in gone and id_ in new:
            evidence = _likeness(before.teams[old], after.teams[id_])[1]
            found.append(Rename(old, id_, inferred=True, evidence=evidence))
            gone.remove(old)
            new.remove(id_)
    return found


def _likeness(old: Team, new: Team) -> tuple[float, str]:
    """(0 to 1, in words): the mean over services, members, leads and name, where both teams have them."""
    parts: list[tuple[float, str]] = []
    for words, first, second in (
        ("services", set(old.services), set(new.services)),
        ("members", {one.person for one in old.members}, {one.person for one in new.members}),
        ("leads", _leads(old), _leads(new)),
    ):
        if first and second:
            parts.append(
                (len(first & second) / len(first | second), f"{len(first & second)} of {len(first | second)} {words}")
            )
    if not parts:
        return 0.0, ""
    if old.name and new.name:
        parts.append((SequenceMatcher(None, old.name, new.name).ratio(), ""))
    shared = ", ".join(words for share, words in parts if words and share)
    return sum(share for share, _ in parts) / len(parts), f"in common: {shared}"


def _leads(team: Team) -> set[str]:
    return {seat.person for seat in (team.pm, team.em) if seat is not None and seat.person}


def splits(before: Organisation, after: Organisation, now: dict[str, str]) -> list[Descent]:
    """New teams whose people or services were another team's. `now` gives the later id of an earlier team."""
    new = [id_ for id_ in after.teams if id_ not in now.values()]
    return list(_descents(after, new, before, before.teams, lambda id_: now.get(id_, id_)))


def merges(before: Organisation, after: Organisation, now: dict[str, str]) -> list[Descent]:
    """Teams that are gone, and whose people or services are another team's now."""
    gone = [id_ for id_ in before.teams if id_ not in now]
    return list(_descents(before, gone, after, after.teams, lambda id_: id_))


def _descents(
    here: Organisation, teams: Iterable[str], there: Organisation, others: Iterable[str], named: object
) -> Iterable[Descent]:
    rename = named if callable(named) else str
    for id_ in teams:
        people, services = set(here.teams[id_].people()), set(here.teams[id_].services)
        best: tuple[int, str, str] | None = None
        for other in others:
            with_people = len(people & set(there.teams[other].people()))
            with_services = len(services & set(there.teams[other].services))
            enough = (with_people >= max(LEAST_PEOPLE, SPLIT_SHARE * len(people))) or (
                with_services and with_services >= SPLIT_SHARE * len(services)
            )
            if enough and (best is None or with_people + with_services > best[0]):
                words = [_share(with_people, len(people), "people"), _share(with_services, len(services), "services")]
                best = (with_people + with_services, other, " and ".join(word for word in words if word))
        if best is not None:
            yield Descent(id_, rename(best[1]), best[2])


def _share(count: int, whole: int, noun: str) -> str:
    if not count:
        return ""
    return f"all its {noun}" if count == whole else f"{count} of its {whole} {noun}"
