"""A made-up past of an organisation file: its text as it may have been before teams joined, for pictures and tests of the app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from topology.source.edit import remove
from topology.source.load import tree_of
from topology.source.references import REFERENCES, matches
from topology.source.shape import Path
from topology.source.tree import Mapping

MONTH = dt.timedelta(days=30)


def past(text: str, joined: Sequence[str], last: dt.date) -> list[tuple[dt.date, str]]:
    """(day, text) oldest first: a month before `last` the last of the teams was not there, a month earlier the one before, …"""
    versions = [(last, text)]
    for team in reversed(joined):
        last -= MONTH
        text = without_team(text, team)
        versions.append((last, text))
    return versions[::-1]


def without_team(text: str, team: str) -> str:
    """The text without a team and everything that names it."""
    texts = {"squads.yaml": text}
    while (path := _mention(texts, team)) is not None:
        texts = remove(texts, path).apply(texts)
    return remove(texts, ("teams", team)).apply(texts)["squads.yaml"]


def _mention(texts: dict[str, str], team: str) -> Path | None:
    """The last place that names a team: the item of a list, or the whole entry where the team is all it is about."""
    tree = tree_of(texts)
    found = [
        path
        for pattern, section in REFERENCES
        if section == "teams"
        for path, value in matches(tree, pattern)
        if value == team
    ]
    if not found:
        return None
    path = found[-1]
    if path[0] == "interactions":
        consumers = tree["interactions"][path[1]].get("consumer")
        several = isinstance(consumers, list) and len(consumers) > 1
        return path if path[2] == "consumer" and several else path[:2]
    holder = path[:-1]
    assert isinstance(tree, Mapping)
    return holder
