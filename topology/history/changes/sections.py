"""What changed in the other sections of the file: interactions, groupings, people, roadmap, indicators, the header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from topology.history.changes.compared import Change, Compared, Sign
from topology.history.changes.words import different, dump, fields, period, sign_of, turned
from topology.history.matching import matched
from topology.model import Interaction, Organisation


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
    noun = {"groups": "the grouping ", "people": "", "kpis": "the indicator "}[section]
    for id_ in dict.fromkeys([*after, *before]):
        if id_ not in before:
            yield Change(kind, "+", f"{noun}{new_name(id_)} ({id_}) is new", (), both.at((section, id_)))
        elif id_ not in after:
            yield Change(kind, "−", f"{noun}{old_name(id_)} ({id_}) is gone", (), both.was_at((section, id_)))
        elif before[id_] != after[id_]:
            text = f"{noun}{new_name(id_)}: {fields(before[id_], after[id_])}"
            yield Change(kind, "~", text, (), both.at((section, id_)))


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
        mode, pair = tie.interaction.mode, tie.pair
        words = _WORDS[mode].format(both.name(pair[0]), both.name(pair[1]))
        place = both.at(("interactions", tie.index)) if new else both.was_at(("interactions", tie.index))
        if old is None:
            sign: Sign = "+"
            text = words + period(tie.interaction.since, tie.interaction.until)
        elif new is None:
            sign = "−"
            hint = "" if tie.interaction.ended or mode == "x-as-a-service" else "; what ends gets `ended`"
            text = f"{words}{period(tie.interaction.since, tie.interaction.until)}: gone from the file{hint}"
        else:
            sign, text = "~", f"{words}: {different(_dated(old), _dated(new))}"
        yield Change("interaction", sign, text, pair, place, pair=pair, mode=mode)


_WORDS = {
    "collaboration": "{0} and {1} collaborate",
    "x-as-a-service": "{0} serves {1}",
    "facilitating": "{0} helps {1}",
}


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
            yield Change("roadmap", "−", f"“{old[1].title}” is gone", _ids(old[1].team), None)
            continue
        index, item = new
        due = f", due {item.due}" if item.due else ""
        text = (
            f"“{item.title}” ({item.category}{due}) is new"
            if old is None
            else f"“{item.title}”: {fields(old[1], item)}"
        )
        yield Change("roadmap", "+" if old is None else "~", text, _ids(item.team), both.at(("roadmap", index)))


def of_header(both: Compared) -> Iterator[Change]:
    """The organisation itself, and keys of its own at the top of the file."""
    if both.old.organisation != both.new.organisation:
        text = f"the organisation: {fields(both.old.organisation, both.new.organisation)}"
        yield Change("other", "~", text, (), both.at(("organisation",)))
    first, second = both.old.model_extra or {}, both.new.model_extra or {}
    for key in dict.fromkeys([*first, *second]):
        if first.get(key) != second.get(key):
            text = turned(key, first.get(key), second.get(key))
            yield Change("other", sign_of(first.get(key), second.get(key)), text, (), both.at((key,)))


def _ids(team: str | None) -> tuple[str, ...]:
    return (team,) if team else ()
