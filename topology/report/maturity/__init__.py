"""Levels → rows for a table, and further formats of their own: one file each, with `render(organisation, pack, ratings)`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from topology.report.formats import renderer

if TYPE_CHECKING:
    from topology.maturity.levels import Rating
    from topology.maturity.pack import Pack
    from topology.model import Organisation

render = renderer(__name__)
COLUMNS = ("team", "dimension", "level", "aims_at", "next_step")
MORE_COLUMNS = ("level_number", "exempt_until", "purpose")
CRITERIA = ("team", "dimension", "level", "criterion", "asks", "state", "seen")
MORE_CRITERIA = ("purpose",)


def rows(ratings: Sequence[Rating]) -> list[Mapping[str, object]]:
    """A row for each team and dimension, teams in the order of the file."""
    from topology.words.maturity import level_words, purpose, step_words

    return [
        {
            "team": one.team or "(organisation)", "dimension": one.dimension, "level": level_words(one), "level_number": one.level,
            "aims_at": one.aim, "next_step": step_words(one), "exempt_until": one.exempt.until if one.exempt else None,
            "purpose": purpose(),
        }
        for one in ratings
    ]  # fmt: skip


def criteria_rows(ratings: Sequence[Rating]) -> list[Mapping[str, object]]:
    """A row for each criterion of each of them."""
    from topology.maturity.measures import MEASURES
    from topology.words.maturity import STATES, need_words, purpose, seen_words

    return [
        {
            "team": one.team or "(organisation)", "dimension": one.dimension, "level": judged.level,
            "criterion": MEASURES[judged.criterion.measure].name, "asks": need_words(judged.criterion) or "yes",
            "state": STATES[judged.state], "seen": seen_words(MEASURES[judged.criterion.measure], judged.found),
            "purpose": purpose(),
        }
        for one in ratings
        for judged in one.criteria
    ]  # fmt: skip


def grid(
    organisation: Organisation, pack: Pack, ratings: Sequence[Rating]
) -> tuple[list[str], list[Mapping[str, str]]]:
    """(columns, a row a team): the level on each dimension that any team is looked at by; no total."""
    from topology.words.maturity import level_words, whose

    there = [name for name in pack.dimensions if any(one.team and one.dimension == name for one in ratings)]
    names: dict[str, str] = {}
    for name in there:  # (two dimensions may be called the same)
        shown = str(pack.dimensions[name].name)
        names[name] = f"{shown} ({name})" if shown in ("team", *names.values()) else shown
    found: dict[str, dict[str, str]] = {}
    for one in ratings:
        if one.team:
            found.setdefault(one.team, {})[names[one.dimension]] = level_words(one)
    columns = ["team", *names.values()]
    return columns, [{"team": whose(organisation, team), **{name: told.get(name, "–") for name in columns[1:]}}
                     for team, told in found.items()]  # fmt: skip


def commonest_step(ratings: Sequence[Rating]) -> tuple[str, int, int] | None:
    """(the criterion that is the next step of most teams, of how many, of how many rated); it says what to do and ranks nobody."""
    rated = [one for one in ratings if one.level is not None]
    from topology.words.maturity import criterion_words

    steps = Counter(criterion_words(one.next_step.criterion) for one in rated if one.next_step is not None)
    if not steps:
        return None
    (words, count), *_ = steps.most_common(1)
    return words, count, len(rated)
