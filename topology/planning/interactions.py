"""Interactions as a draft names them, and the ways to end them: what others share of one entry stays as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from topology.model.values import one_or_several
from topology.planning.editor import Editor
from topology.planning.verb import InteractionRef
from topology.source.edit import EditError
from topology.source.edit.values import plain

Pair = tuple[str, str]


@dataclass(frozen=True)
class Found:
    """An entry of `interactions` with one of its pairs."""

    index: int
    entry: dict[str, Any]
    pair: Pair

    @property
    def alone(self) -> bool:
        """Whether the entry has no other pair."""
        return len(pairs(self.entry)) == 1


def pairs(entry: dict[str, Any]) -> list[Pair]:
    """(the one that provides or helps, the other) for each pair of an entry; of a collaboration in the order of the file."""
    match entry["mode"]:
        case "collaboration":
            return [tuple(entry["between"])]
        case "x-as-a-service":
            return [(entry["provider"], one) for one in one_or_several(entry["consumer"])]
        case _:
            return [(entry["facilitator"], entry["team"])]


def entry_of(mode: str, teams: tuple[str, ...], **more: Any) -> dict[str, Any]:
    """An entry as the format orders its keys, without what is None."""
    match mode:
        case "collaboration":
            who: dict[str, Any] = {"between": list(teams)}
        case "x-as-a-service":
            who = {"provider": teams[0], "consumer": list(teams[1:])}
        case _:
            who = {"facilitator": teams[0], "team": teams[1]}
    return {"mode": mode, **who, **{key: value for key, value in more.items() if value is not None}}


def every(editor: Editor) -> Iterator[Found]:
    """Each pair of each entry, in the order of the file."""
    for index, entry in editor.items("interactions"):
        for pair in pairs(entry):
            yield Found(index, entry, pair)


def found(editor: Editor, ref: InteractionRef) -> Found:
    """The interaction that is meant: of several of one kind one that has not ended. Raises EditError where none is, or several are."""
    teams = in_order(ref.mode, ref.teams)
    same = [one for one in every(editor) if one.entry["mode"] == ref.mode and in_order(ref.mode, one.pair) == teams]
    if ref.since is not None:
        same = [one for one in same if one.entry.get("since") == ref.since.isoformat()]
    meant = [one for one in same if "ended" not in one.entry] or same[-1:]
    if not meant:
        raise EditError(f"there is no {ref.mode} of `{ref.teams[0]}` and `{ref.teams[1]}`")
    if len(meant) > 1:
        raise EditError(f"there are several of `{ref.teams[0]}` and `{ref.teams[1]}` in this mode; say `since`")
    return meant[0]


def running(editor: Editor, ref: InteractionRef) -> Found:
    """The same. Raises EditError for one that has ended: what was stays as it was."""
    one = found(editor, ref)
    if "ended" in one.entry:
        raise EditError(f"the {ref.mode} of `{ref.teams[0]}` and `{ref.teams[1]}` ended on {one.entry['ended']}")
    return one


def in_order(mode: str, pair: Pair) -> Pair:
    """A pair as it is compared: collaboration has no direction."""
    return (min(pair), max(pair)) if mode == "collaboration" else pair


def on_its_own(editor: Editor, one: Found) -> int:
    """The index of an entry that has this pair alone: a consumer among several gets an entry of its own, which says the same."""
    if one.alone:
        return one.index
    where = one_or_several(one.entry["consumer"]).index(one.pair[1])
    editor.remove(("interactions", one.index, "consumer", where))
    editor.append(("interactions",), {**one.entry, "consumer": [one.pair[1]]})
    return len(editor.get("interactions")) - 1


def end(editor: Editor, one: Found, day: dt.date) -> None:
    """Writes the day on which an interaction ended; one that was planned for later ends as it would have begun. One that has ended by
    then stays as it is."""
    if is_open(one.entry, day):
        editor.set(("interactions", on_its_own(editor, one), "ended"), last_day(one.entry, day))


def end_entry(editor: Editor, index: int, ending: list[Pair], day: dt.date) -> None:
    """Ends some pairs of an entry: with one date where they are all of its pairs."""
    if len(ending) == len(pairs(editor.get("interactions", index))):
        editor.set(("interactions", index, "ended"), last_day(editor.get("interactions", index), day))
        return
    for pair in ending:
        end(editor, Found(index, editor.get("interactions", index), pair), day)


def of_team(editor: Editor, team: str, day: dt.date) -> Iterator[tuple[int, dict[str, Any], list[Pair]]]:
    """(index, entry, pairs of the team) of the entries that run, or are planned, after a day. (New ones are added behind, so that the
    indexes hold while they are ended.)"""
    for index, entry in list(editor.items("interactions")):
        mine = [pair for pair in pairs(entry) if team in pair]
        if mine and is_open(entry, day):
            yield index, entry, mine


def last_day(entry: dict[str, Any], day: dt.date) -> str:
    """The day that is written as the end."""
    return max(day.isoformat(), str(entry.get("since", "")))


def is_open(entry: dict[str, Any], day: dt.date) -> bool:
    """Whether it still runs, or is planned, after a day."""
    ended, since = entry.get("ended"), entry.get("since", "")
    return ended is None or (ended > day.isoformat() and ended > since)


def says(editor: Editor, entry: dict[str, Any]) -> bool:
    """Whether the file has exactly this entry."""
    return plain(entry) in [one for _, one in editor.items("interactions")]
