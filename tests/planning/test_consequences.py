"""What follows from a draft: findings by the operation that causes them, what teams take on, and what contact does not do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import DAY, ROOT
from topology.clans.moves import moves
from topology.clans.partitions import partition_of
from topology.planning import Operation, Plan, draft_of, plan
from topology.planning.bridges import fates
from topology.planning.consequences import Outcome, outcome
from topology.planning.operation import operation
from topology.planning.proposals import operation_of
from topology.planning.pull_request import Counted, branch_of, description_of, patch_of, title_of
from topology.rules.selection import selection
from topology.source import load, load_texts
from topology.source.settings import RuleSettings
from topology.view.whatif_clans import clans_of
from topology.workspace import Workspace

STORY = list(draft_of((ROOT / "docs" / "draft.yaml").read_text("utf-8"), "docs/draft.yaml").made)
BASE = load(ROOT / "squads.yaml")


def followed(*several: Operation) -> Outcome:
    return outcome(plan(BASE, several), DAY, selection(RuleSettings()))


@pytest.fixture(scope="module")
def story() -> Outcome:
    """The draft of docs/what-if.md."""
    return followed(*STORY)


def test_each_finding_stands_by_the_first_operation_after_which_it_is_so(story: Outcome) -> None:
    come = [(one.letter, one.finding.code) for one in story.come]
    go = Counter((one.letter, one.finding.code) for one in story.go)
    assert come == [("A", "TT303"), ("A", "TT110"), ("C", "TT504")]
    assert go == {("A", "TT504"): 4, ("B", "TT504"): 1, ("C", "TT102"): 1, ("C", "TT103"): 1, ("D", "TT505"): 2}
    assert {one.finding.key for one in story.come} == {one.key for one in story.difference.introduced}


def test_both_versions_are_judged_on_the_first_day_of_all_of_it_and_at_most_a_quarter_ahead(story: Outcome) -> None:
    assert story.day == dt.date(2026, 11, 30)
    assert followed(operation("end-team", team="search", day="2030-01-01")).day == DAY + dt.timedelta(weeks=13)
    assert followed(operation("move", team="search", group="payments")).day == DAY
    # (the first day of an interaction that is only named is no day on which anything of the draft begins)
    named = {"mode": "collaboration", "teams": ["order-tracking", "returns"], "since": "2026-12-07"}
    assert followed(operation("date-interaction", interaction=named, until="2027-03-26")).day == DAY


def test_teams_take_on_what_the_modes_ask_and_load_is_never_moved(story: Outcome) -> None:
    added = {one.consequence.team: one.added for one in story.teams}
    assert added == {
        "identity-checks": 1, "checkout": 0.25, "payment-methods": 0.25, "refunds": 0.25, "invoicing": 1,
        "merchant-onboarding": 1, "search": -1, "catalogue": -1, "first-order": 0,
    }  # fmt: skip
    letters = {one.consequence.team: one.letters for one in story.teams}
    assert letters["merchant-onboarding"] == ("B", "E")
    for one in story.teams:
        assert one.consequence.before is not None and one.consequence.after is not None
        assert one.consequence.before.load == one.consequence.after.load


def test_a_rename_keeps_the_letters_of_a_team() -> None:
    found = plan(BASE, [STORY[3], operation("rename", team="first-order", id="start")])
    assert found.letters == {"start": ("A", "B")}


def test_what_cannot_be_made_causes_nothing() -> None:
    wrong = operation("move", team="nobody", group="payments")
    with_wrong, without = followed(wrong, *STORY), followed(*STORY)
    assert [(one.finding.key) for one in with_wrong.go] == [(one.finding.key) for one in without.go]
    assert {one.letter for one in with_wrong.go} == {"B", "C", "D", "E"}
    assert [step.letter for step in with_wrong.plan.counting] == ["B", "C", "D", "E", "F"]


# -- contact ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lumio() -> Workspace:
    return Workspace.open(ROOT / "squads.yaml", DAY)


def test_each_silent_pair_says_what_the_draft_does_about_it(lumio: Workspace, story: Outcome) -> None:
    told = clans_of(lumio, story, DAY)
    assert told is not None
    fate = {row.names: (row.letter, row.fate) for row in told.fates}
    assert fate == {
        ("Checkout", "First order"): ("D", "only relabelled"),
        ("Checkout", "Sign-up"): ("", "untouched"),
        ("Identity checks", "Payment methods"): ("A", "served"),
        ("Identity checks", "Refunds and disputes"): ("A", "served"),
        ("Invoicing", "Merchant onboarding"): ("B", "would talk"),
        ("Merchant onboarding", "Refunds and disputes"): ("", "untouched"),
        ("Payment methods", "Sign-up"): ("", "untouched"),
    }
    assert told.before.startswith("Finding")
    assert told.after.startswith("Not enough data")
    assert told.why.startswith("D moves labels")
    assert told.again == dt.date(2027, 2, 22)


def test_a_relabelling_that_another_operation_takes_back_is_none(lumio: Workspace) -> None:
    pair = [("checkout", "first-order")]
    there, back = STORY[3], operation("move", team="first-order", group="onboarding")
    assert [one.fate for one in fates(plan(BASE, [there]), pair, DAY)] == ["only relabelled"]
    assert [one.fate for one in fates(plan(BASE, [there, back]), pair, DAY)] == ["untouched"]


def test_help_and_a_renamed_team_are_followed() -> None:
    pair = [("checkout", "first-order")]
    helped = [operation("rename", team="first-order", id="start"),
              operation("interaction", mode="facilitating", teams=["checkout", "start"], since="2026-11-23")]  # fmt: skip
    (one,) = fates(plan(BASE, helped), pair, DAY)
    assert (one.fate, one.letter) == ("helped", "B")


def test_a_proposal_of_the_clans_page_becomes_exactly_its_lines(lumio: Workspace) -> None:
    window = lumio.window(DAY)
    reading = next(
        one
        for one in lumio.clans(DAY).readings
        if (one.partition, one.layer) == (partition_of("value-stream"), "observed")
    )
    (move, *_) = moves(window, reading)
    made = plan(BASE, [operation_of(lumio.organisation, move)])
    assert made.after.organisation is not None
    added = made.after.organisation.interactions[-1]
    assert (added.mode, {*added.pairs[0]}, added.since, added.until) == (
        move.mode,
        {*move.teams},
        move.begins,
        move.ends,
    )
    assert made.steps[0].operation.source == "clans"


# -- a pull request -----------------------------------------------------------------------------------------------------


def test_title_description_and_patch(story: Outcome) -> None:
    assert (
        title_of(story.plan)
        == "Onboarding, Payments and Discovery: a service, a collaboration, an end, a move and a seat"
    )
    text = description_of(story, "They depend on each other.")
    assert "**Why.** They depend on each other." in text
    assert "- **E** Merchant onboarding: felix acts as EM" in text
    assert "3 findings come (TT110, TT303, TT504). 9 findings go (TT102, TT103, TT504 × 5, TT505 × 2)." in text
    assert "nobody talks more because a line is written" in text
    assert Counted.of(patch_of(story.plan, ROOT / "squads.yaml")) == Counted(12, 2)
    assert patch_of(story.plan, ROOT / "squads.yaml").startswith("--- a/squads.yaml\n+++ b/squads.yaml\n")


def test_an_empty_draft_says_so() -> None:
    empty = followed()
    assert title_of(empty.plan) == "An empty draft"
    assert "No finding comes. None goes." in description_of(empty)
    assert patch_of(empty.plan, ROOT / "squads.yaml") == ""


@pytest.mark.parametrize(
    ("name", "branch"),
    [
        ("Payments and Onboarding: a service", "payments-and-onboarding"),
        ("Näher!", "n-her"),
        ("…", "draft"),
        ("x" * 90, "x" * 40),
    ],
)
def test_a_branch_has_a_name_that_git_takes(name: str, branch: str) -> None:
    assert branch_of(name) == branch


def test_without_a_repository_paths_are_those_below_the_organisation_s_folder(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text((ROOT / "squads.yaml").read_text())
    found: Plan = plan(load(tmp_path / "squads.yaml"), STORY[3:4])
    assert patch_of(found, tmp_path / "squads.yaml").startswith("--- a/squads.yaml\n")


def test_an_organisation_without_data_tells_nothing_of_contact(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text((ROOT / "squads.yaml").read_text())
    bare = Workspace.open(tmp_path / "squads.yaml", DAY)
    assert clans_of(bare, outcome(plan(bare.loaded, STORY), DAY, bare.selection), DAY) is None


def test_an_empty_organisation_can_be_begun_in_a_draft() -> None:
    base = load_texts({"squads.yaml": "version: 1\n"})
    found = plan(base, [operation("new-team", id="first", name="First"), operation("new-team", id="second"),
                        operation("interaction", mode="collaboration", teams=["first", "second"])])  # fmt: skip
    assert [step.state for step in found.steps] == ["applied"] * 3
    assert found.after.texts["squads.yaml"] == (
        "version: 1\nteams:\n  first: {name: First, type: stream-aligned}\n  second: {type: stream-aligned}\n"
        "interactions:\n  - mode: collaboration\n    between: [first, second]\n"
    )
