"""A squad that keeps its answers to itself once it has read them: they go, and whatever would tell of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from topology.maturity.pack import LEVELS
from topology.maturity.voices.answers import Answer
from topology.maturity.voices.computed import apart_of
from topology.maturity.voices.snapshot import Snapshot


def kept_back(snapshot: Snapshot, kept: Collection[str]) -> Snapshot:
    """The same without the answers of squads that keep them, and without any total in which they may be (of a question that they answered:
    of all groupings, since a squad may have moved): every other squad has read its own by now, so that no hiding of another would do.
    What is told of the squads apart is computed again from those that are left; the gap of the sides, over five squads and more, stays."""
    gone = {team for team in kept if team not in snapshot.kept}
    if not gone:
        return snapshot
    withheld = {item for team in gone for item in snapshot.teams.get(team, {})}
    teams = {team: own for team, own in snapshot.teams.items() if team not in gone}
    groups = {
        group: {item: counts for item, counts in own.items() if item not in withheld}
        for group, own in snapshot.groups.items()
    }
    statistics = {
        item: one.model_copy(update={"whole": None, "apart": apart_of(_from_counts(teams, item), teams)})
        if item in withheld
        else one
        for item, one in snapshot.statistics.items()
    }
    return snapshot.model_copy(
        update={
            "kept": sorted({*snapshot.kept, *gone}), "teams": teams, "groups": {group: own for group, own in groups.items() if own},
            "organisation": {item: counts for item, counts in snapshot.organisation.items() if item not in withheld},
            "statistics": statistics,
        }
    )  # fmt: skip


def _from_counts(teams: Mapping[str, Mapping[str, Sequence[int]]], item: str) -> dict[str, list[Answer]]:
    """The answers of squads whose counts are shown, without their sides."""
    return {
        team: [Answer(team, "other", item, level) for level, count in zip(LEVELS, own[item], strict=True) for _ in range(count)]
        for team, own in teams.items() if item in own
    }  # fmt: skip
