"""An organisation of which only git tells: 25 teams, 15 000 changes in two years, few reviews across, a quarter of the authors unknown."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pytest

import topology
from tests.clans.saying import said
from topology.clans.codes import Grade
from topology.clans.reading import ClanReading, read_window
from topology.clans.ties import Layer

TEAMS, CHANGES, LAST = 25, 15_000, dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def git_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder."""
    folder, random = tmp_path_factory.mktemp("git-only"), np.random.default_rng(7)
    teams = "".join(
        f"  t{t}: {{name: Team {t}, group: g{t % 3}, services: {{s{t}: {{}}}}, members: [{', '.join(f'p{t}-{i}' for i in range(6))}]}}\n"
        for t in range(TEAMS)
    )
    groups = "".join(f"  g{g}: {{name: Stream {g}, kind: value-stream}}\n" for g in range(3))
    (folder / "squads.yaml").write_text(f"version: 1\ngroups:\n{groups}teams:\n{teams}", "utf-8")
    (folder / "data").mkdir()

    def somebody(team: int) -> str:
        return f"p{team}-{random.integers(6)}" if random.random() < 0.75 else f"stranger-{random.integers(200)}"

    with (folder / "data" / "changes.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "service", "merged_at", "author", "reviewers"])
        for number in range(CHANGES):
            owner = int(random.integers(TEAMS))
            author = owner if random.random() > 0.004 else int(random.integers(TEAMS))
            reviewer = owner if random.random() > 0.008 else int(random.integers(TEAMS))
            at = dt.datetime.combine(LAST, dt.time(12)) - dt.timedelta(hours=float(random.random() * 24 * 728))
            out.writerow([f"c{number}", f"s{owner}", f"{at:%Y-%m-%dT%H:%M:%SZ}", somebody(author), somebody(reviewer)])
    return folder


def readings(folder: Path, *layers: Layer, weeks: int = 12) -> list[ClanReading]:
    window = topology.open(folder).window(LAST, weeks)
    return read_window(window, partitions=["value-stream"], layers=layers, draws=199)


def test_each_source_says_what_would_be_enough(git_only: Path) -> None:
    reviews, changes = readings(git_only, "observed", "cross-changes")
    assert reviews.grade == changes.grade == Grade.TOO_LITTLE
    assert reviews.suffices is not None
    assert changes.suffices is not None
    assert changes.unseen  # (the teams that wrote in no other's service are named)
    for reading in (reviews, changes):
        (enough,) = readings(git_only, reading.suffices.layer, weeks=reading.suffices.weeks)
        assert enough.tests[0].passed, "what is said to be enough is"
        assert reading.coverage is not None


def test_what_is_said_is_said_of_weeks_and_of_ties(git_only: Path) -> None:
    organisation = topology.load(git_only)
    words = {one.layer: said(organisation, one) for one in readings(git_only, "observed", "cross-changes")}
    assert "Too few to tell" in words["observed"]
    assert "would be enough: " in words["observed"]
    assert "would be enough: " in words["cross-changes"]


def test_contact_and_changes_together_say_what_each_saw(git_only: Path) -> None:
    (together,) = readings(git_only, "together", weeks=52)
    apart = readings(git_only, "observed", "cross-changes", weeks=52)
    assert set(together.channels) == {"review", "cross-change"}
    assert together.bridges.ties >= max(one.bridges.ties for one in apart if one.bridges)
    words = said(topology.load(git_only), together)
    assert (
        f"Seen through reviews: {together.channels['review']} pairs of teams; cross-changes: {together.channels['cross-change']}."
        in words
    )
    assert together.grade == Grade.NO_SIGN


def test_without_one_of_the_two_there_is_nothing_to_read_together(git_only: Path, tmp_path: Path) -> None:
    shutil.copytree(git_only, tmp_path / "copy")
    file = tmp_path / "copy" / "data" / "changes.csv"
    rows = list(csv.reader(file.read_text().splitlines()))
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([*row[:4], "" if row[0] != "id" else row[4]] for row in rows)  # (nobody reviews)
    (together,) = readings(tmp_path / "copy", "together", weeks=52)
    assert together.silence is not None
