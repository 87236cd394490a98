"""A draft's cursor, its text, and what is no draft."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.organisations import ONE, TEXT
from topology.planning import Draft, OperationError, draft_of, letter, plan
from topology.planning.draft import MOST_OPERATIONS, mark_of
from topology.planning.operation import operation
from topology.source import load_texts

MOVES = [operation("move", team="cart", group=group) for group in ("pay", None, "shop")]


def test_undo_and_redo_move_the_cursor_and_a_new_operation_cuts_what_lies_behind() -> None:
    draft = Draft()
    for one in MOVES:
        draft = draft.adding(one)
    assert draft.undo().undo().made == (MOVES[0],)
    assert draft.undo().undo().redo().made == (MOVES[0], MOVES[1])
    assert draft.undo().undo().undo().undo().made == ()
    assert draft.redo() == draft
    assert draft.undo().undo().adding(MOVES[2]).operations == (MOVES[0], MOVES[2])


def test_one_taken_out_of_the_middle_leaves_the_others_and_one_that_is_gone_changes_nothing() -> None:
    draft = Draft().adding(MOVES[0]).adding(MOVES[1]).adding(MOVES[2])
    assert draft.without(MOVES[1]).made == (MOVES[0], MOVES[2])
    assert draft.without(MOVES[1]).without(MOVES[1]) == draft.without(MOVES[1])
    assert draft.undo().without(MOVES[2]) == draft.undo()  # (it is undone, and no part of what is made)
    assert draft.undo().without(MOVES[0]).undone == (MOVES[2],)


def test_what_fails_after_one_is_taken_out_is_marked() -> None:
    new = operation("new-team", id="help")
    moved = operation("move", team="help", group="pay")
    base = load_texts(ONE)
    assert [step.state for step in plan(base, [new, moved]).steps] == ["applied", "applied"]
    (left,) = plan(base, [moved]).steps
    assert (left.state, left.counts) == ("cannot", False)


def test_a_draft_is_what_was_kept() -> None:
    draft = (
        Draft()
        .adding(MOVES[0])
        .adding(MOVES[1])
        .undo()
        .called("Näher „zusammen“")
        .based_on("abc")
        .described("T", "D\n- x")
    )
    assert draft_of(draft.text, "x") == draft


@given(st.lists(st.sampled_from(MOVES), max_size=6), st.integers(0, 6), st.text(max_size=20))
def test_any_draft_is_what_was_kept(several: list[Any], undone: int, name: str) -> None:
    draft = Draft(called := tuple(several), len(called), name)
    for _ in range(undone):
        draft = draft.undo()
    assert draft_of(draft.text, "x") == draft


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "expected a list of operations"),
        ("{", "draft.yaml:1:2: this is neither YAML nor JSON"),
        ("- 5", "operation 1: expected a mapping with `verb` and `args`"),
        ("- {verb: mvoe}", "there is no verb `mvoe`. Did you mean `move`?"),
        ("- {verb: move, args: {team: cart}}", "`group` is missing"),
        ("- {verb: move, args: {team: cart, group: pay, gruop: x}}", "there is no argument `gruop`"),
        ("- {verb: move, args: {team: Cart X, group: pay}}", "team"),
        ("- {verb: move, args: [1]}", "operation 1"),
        ("- {verb: move, args: {}, colour: red}", "there is no key `colour`"),
        ("- {verb: end-team, args: {team: cart, day: 2026-13-40}}", "2026-13-40 is not a day of the calendar"),
        ("- {verb: interaction, args: {mode: collaboration, teams: [a, a]}}", "does not interact with itself"),
        ("- {verb: interaction, args: {mode: collaboration, teams: [a, b, c]}}", "is of two teams"),
        ("- {verb: interaction, args: {mode: collaboration, teams: [a, b], since: 2026-02-01, until: 2026-01-01}}", "not after since"),
        ("- {verb: seat, args: {team: a, seat: pm, status: acting}}", "a seat that is vacant has no person"),
        ("- {verb: rename, args: {team: a}}", "say name, id or both"),
        ("- {verb: merge, args: {team: a, other: a, day: 2026-01-01}}", "not merged with itself"),
        ("- {verb: date-interaction, args: {interaction: {mode: collaboration, teams: [a, b]}}}", "say since, until or both"),
        ("operations: []\nopertions: 1", "there is no key `opertions`"),
        ("a: &a [x]\noperations: [*a]", "neither YAML nor JSON"),
        ("- &a [*a]", "neither YAML nor JSON"),
        ("!!python/object/apply:os.system [id]", "neither YAML nor JSON"),
        ("[" * 5_000, "neither YAML nor JSON"),
    ],
)  # fmt: skip
def test_what_is_no_draft_is_said_with_its_place(text: str, words: str) -> None:
    with pytest.raises(OperationError) as raised:
        draft_of(text, "draft.yaml")
    assert words in str(raised.value)
    assert "draft.yaml" in str(raised.value)


def test_a_draft_has_bounds() -> None:
    one = MOVES[0].data()
    with pytest.raises(OperationError, match="at most"):
        draft_of(json.dumps([one] * (MOST_OPERATIONS + 1)), "x")
    with pytest.raises(OperationError, match="at most"):
        draft_of("#" * 600_000, "x")
    draft = draft_of(json.dumps([one] * MOST_OPERATIONS), "x")
    with pytest.raises(OperationError, match="at most"):
        draft.adding(MOVES[1])


def test_letters_go_on_after_z() -> None:
    assert [letter(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_the_mark_of_a_version_tells_any_change() -> None:
    assert mark_of(ONE) == mark_of(dict(ONE)) != mark_of({"squads.yaml": TEXT + "\n"})


# -- the file changed meanwhile -------------------------------------------------------------------------------------------


def test_on_another_version_each_operation_applies_is_there_already_or_meets_another_change() -> None:
    base = load_texts(ONE)
    draft = Draft()
    for new in (
        operation("move", team="cart", group="pay"),
        operation("type", team="cart", type="platform"),
        operation("seat", team="cart", seat="pm", status="vacant"),
        operation("move", team="bank", group="shop"),
    ):
        draft = draft.adding(plan(base, [*draft.made, new]).steps[-1].stamped)
    theirs = (
        TEXT.replace("type: stream-aligned   # for now", "type: platform")
        .replace("pm: nadia", "pm: ede")
        .replace("  bank:", "  bnak:")
    )
    theirs = theirs.replace("bank", "bnak")
    found = plan(load_texts({"squads.yaml": theirs}), draft.made, moved=True)
    assert [step.state for step in found.steps] == ["applied", "there already", "meets", "cannot"]
    assert (found.steps[2].operation.was, found.steps[2].now) == ({"value": "nadia"}, {"value": "ede"})
    # Theirs is kept by taking it out, mine by making it again on what the file says now.
    mine = draft.with_other(draft.made[2], found.steps[2].stamped)
    assert plan(load_texts({"squads.yaml": theirs}), mine.made, moved=True).steps[2].state == "applied"
    # On the version that it was made on, nothing of this is asked.
    assert [step.state for step in plan(base, draft.made).steps] == ["applied"] * 4
