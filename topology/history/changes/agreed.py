"""What changed of what was agreed: actions by their status, agreements, workshops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from topology.history.changes.compared import Change, Compared, Sign, dump, how_of
from topology.language import Told, told
from topology.model import Action, Agreement, Workshop
from topology.words import changes as words

Entry = TypeVar("Entry", Action, Agreement, Workshop)


def of_actions(both: Compared) -> Iterator[Change]:
    """Actions that are new, gone, closed, opened again, or different."""
    for id_, old, new in _entries(both, both.old.actions, both.new.actions):
        one = new or old
        assert one is not None
        how, sign = how_of(old, new)
        closed = new is not None and new.status != "open" and (old is None or old.status != new.status)
        fields = words.different(_without_owners(old, both), _without_owners(new, both)) if old and new else ""
        said = told(words.action, one.title, how, one.status if closed else "", one.outcome or "", one.due, fields)
        yield _change("action", "actions", both, id_, new, said, "−" if closed else sign, one.teams)


def of_agreements(both: Compared) -> Iterator[Change]:
    """Agreements that are new, gone or different."""
    for id_, old, new in _entries(both, both.old.agreements, both.new.agreements):
        one = new or old
        assert one is not None
        how, sign = how_of(old, new)
        fields = words.different(dump(old), dump(new)) if old and new else ""
        said = told(words.agreement, one.kind, one.text or id_, how, one.until, fields)
        yield _change("agreement", "agreements", both, id_, new, said, sign, one.teams)


def of_workshops(both: Compared) -> Iterator[Change]:
    """Workshops that are new, gone or different."""
    for id_, old, new in _entries(both, both.old.workshops, both.new.workshops):
        one = new or old
        assert one is not None
        how, sign = how_of(old, new)
        fields = words.different(dump(old), dump(new)) if old and new else ""
        said = told(words.workshop, one.name or id_, how, one.held, fields)
        yield _change("workshop", "workshops", both, id_, new, said, sign, one.teams)


def _entries(
    both: Compared, before: dict[str, Entry], after: dict[str, Entry]
) -> Iterator[tuple[str, Entry | None, Entry | None]]:
    """(id, before, after) of the entries that differ; teams by their later ids."""
    for id_ in dict.fromkeys([*after, *before]):
        old, new = before.get(id_), after.get(id_)
        if old is not None:
            old = _by_later_ids(old, both)
        if old != new:
            yield id_, old, new


def _by_later_ids(one: Entry, both: Compared) -> Entry:
    """An entry with the later ids of its teams."""
    changed: dict[str, Any] = {"teams": [both.later(team) for team in one.teams]}
    if isinstance(one, Workshop):
        changed["offers"] = [
            offer.model_copy(update={"team": both.later(offer.team), "wanted_by": [both.later(team) for team in offer.wanted_by]})
            for offer in one.offers
        ]  # fmt: skip
    return one.model_copy(update=changed)


def _without_owners(one: Action | None, both: Compared) -> dict[str, Any]:
    """What an action says, its owners by name."""
    found = dump(one)
    for key in ("product_owner", "tech_owner"):
        if found.get(key):
            found[key] = both.new.person_name(found[key])
    return found


def _change(
    kind: str, section: str, both: Compared, id_: str, new: object, said: Told, sign: Sign, teams: list[str]
) -> Change:
    place = both.at((section, id_)) if new is not None else both.was_at((section, id_))
    known = tuple(team for team in map(both.later, teams) if team in both.new.teams or team in both.old.teams)
    return Change(kind, sign, said, known, place)
