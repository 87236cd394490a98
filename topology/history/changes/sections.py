"""What changed in the other sections of the file: interactions, groupings, people, roadmap, indicators, the header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from topology.history.changes.compared import Change, Compared, dump, how_of, sign_of
from topology.history.matching import matched
from topology.language import told
from topology.model import Interaction, Organisation
from topology.words import changes as words


def of_groups(both: Compared) -> Iterator[Change]:
    """Groupings that are new, gone or different."""
    yield from _entries(both, "groups", "grouping", both.old.group_name, both.new.group_name)


def of_people(both: Compared) -> Iterator[Change]:
    """People that are new, gone or different."""
    yield from _entries(both, "people", "people", both.old.person_name, both.new.person_name)


def of_indicators(both: Compared) -> Iterator[Change]:
    """Indicators that are new, gone or different."""
    yield from _entries(
        both,
        "kpis",
        "indicator",
        lambda id_: both.old.kpis[id_].name or id_,
        lambda id_: both.new.kpis[id_].name or id_,
    )


def _entries(
    both: Compared, section: str, kind: str, old_name: Callable[[str], str], new_name: Callable[[str], str]
) -> Iterator[Change]:
    before, after = getattr(both.old, section), getattr(both.new, section)
    for id_ in dict.fromkeys([*after, *before]):
        if id_ not in before:
            said = told(words.entry, section, new_name(id_), id_, "new", "")
            yield Change(kind, "+", said, (), both.at((section, id_)))
        elif id_ not in after:
            said = told(words.entry, section, old_name(id_), id_, "gone", "")
            yield Change(kind, "−", said, (), both.was_at((section, id_)))
        elif before[id_] != after[id_]:
            fields = words.different(dump(before[id_]), dump(after[id_]))
            said = told(words.entry, section, new_name(id_), id_, "changed", fields)
            yield Change(kind, "~", said, (), both.at((section, id_)))


@dataclass(frozen=True)
class _Tie:
    """One pair of an interaction, with later ids."""

    index: int
    pair: tuple[str, str]
    interaction: Interaction


def of_interactions(both: Compared) -> Iterator[Change]:
    """Interactions by mode and pair of teams."""
    before, after = list(_ties(both.old, both.later)), list(_ties(both.new, lambda team: team))
    for old, new in matched(before, after, key=lambda one: (one.interaction.mode, one.pair), fields=_dated):
        tie = new or old
        assert tie is not None
        one, pair = tie.interaction, tie.pair
        place = both.at(("interactions", tie.index)) if new else both.was_at(("interactions", tie.index))
        how, sign = how_of(old, new)
        goes_on = not one.ended and one.mode != "x-as-a-service"
        fields = words.different(_dated(old), _dated(new)) if old and new else ""
        names = (both.name(pair[0]), both.name(pair[1]))
        said = told(words.interaction, one.mode, names, how, one.since, one.until, goes_on, fields)
        yield Change("interaction", sign, said, pair, place, pair=pair, mode=one.mode)


def _ties(organisation: Organisation, later: Callable[[str], str]) -> Iterator[_Tie]:
    for index, one in enumerate(organisation.interactions):
        for first, second in dict.fromkeys(one.pairs):
            ends = (later(first), later(second))
            yield _Tie(index, (min(ends), max(ends)) if one.mode == "collaboration" else ends, one)


def _dated(one: _Tie) -> dict[str, Any]:
    """What an interaction says beside its mode and teams."""
    of_teams = ("mode", "between", "provider", "consumer", "facilitator", "team")
    return {key: value for key, value in dump(one.interaction).items() if key not in of_teams}


def of_roadmap(both: Compared) -> Iterator[Change]:
    """Roadmap items by title."""
    before = [(-1, item.model_copy(update={"team": item.team and both.later(item.team)})) for item in both.old.roadmap]
    after = list(enumerate(both.new.roadmap))
    for old, new in matched(before, after, key=lambda one: one[1].title, fields=lambda one: dump(one[1])):
        if new is None:
            assert old is not None
            said = told(words.roadmap_item, old[1].title, "gone", "", None, "")
            yield Change("roadmap", "−", said, _ids(old[1].team), None)
            continue
        index, item = new
        how, sign = how_of(old, new)
        fields = words.different(dump(old[1]), dump(item)) if old else ""
        said = told(words.roadmap_item, item.title, how, item.category, item.due, fields)
        yield Change("roadmap", sign, said, _ids(item.team), both.at(("roadmap", index)))


def of_header(both: Compared) -> Iterator[Change]:
    """The organisation itself, and keys of its own at the top of the file."""
    if both.old.organisation != both.new.organisation:
        fields = words.different(dump(both.old.organisation), dump(both.new.organisation))
        yield Change("other", "~", told(words.header, fields), (), both.at(("organisation",)))
    first, second = both.old.model_extra or {}, both.new.model_extra or {}
    for key in dict.fromkeys([*first, *second]):
        if first.get(key) != second.get(key):
            said = told(words.turned_field, "", key, first.get(key), second.get(key))
            yield Change("other", sign_of(first.get(key), second.get(key)), said, (), both.at((key,)))


def _ids(team: str | None) -> tuple[str, ...]:
    return (team,) if team else ()
