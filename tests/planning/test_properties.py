"""Any list of operations: undone it is the same bytes, redone too; the file says what they say; comments stay; git applies the patch."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.organisations import EVERY, GROUPS, PEOPLE, TEAMS
from topology.planning import Draft, Operation, OperationError, draft_of, plan
from topology.planning.operation import operation
from topology.planning.plan import Step
from topology.planning.pull_request import patch_of
from topology.source import load, load_texts
from topology.source.comments import comments_of
from topology.source.edit.splices import patch_text

DAYS = st.dates(dt.date(2026, 10, 1), dt.date(2027, 3, 1)).map(dt.date.isoformat)
TEAM = st.sampled_from([*TEAMS, "front", "fresh"])
PERSON = st.sampled_from([*PEOPLE, "somebody"])
WORDS = st.sampled_from(["One basket", "a: b #c", "it's", "-", "é“ü", "null", "2026-01-01", "[x]"])
MODE = st.sampled_from(["collaboration", "x-as-a-service", "facilitating"])
PAIR = st.lists(TEAM, min_size=2, max_size=2, unique=True)
SEAT = st.one_of(st.just({"status": "vacant"}), st.builds(lambda person, status: {"person": person, "status": status}, PERSON, st.sampled_from(["acting", "filled"])))  # fmt: skip
THERE = [
    ("collaboration", "cart", "search"),
    ("facilitating", "tools", "bank"),
    *(("x-as-a-service", "tools", one) for one in TEAMS[:3]),
]
REF = st.sampled_from([{"mode": mode, "teams": pair} for mode, *pair in THERE]) | st.builds(
    lambda mode, teams: {"mode": mode, "teams": teams}, MODE, PAIR
)
ARGS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "interaction": st.fixed_dictionaries({"mode": MODE, "teams": PAIR, "since": DAYS, "why": WORDS}),
    "end-interaction": st.fixed_dictionaries({"interaction": REF, "day": DAYS}, optional={"provider": TEAM}),
    "date-interaction": st.fixed_dictionaries({"interaction": REF, "until": DAYS}),
    "change-mode": st.builds(lambda ref, mode, day: {"interaction": ref, "mode": mode, "teams": ref["teams"][::-1], "day": day}, REF, MODE, DAYS),
    "move": st.fixed_dictionaries({"team": TEAM, "group": st.sampled_from([*GROUPS, None])}),
    "type": st.fixed_dictionaries({"team": TEAM, "type": st.sampled_from(["platform", "enabling", "undefined"])}),
    "seat": st.builds(lambda team, seat, who: {"team": team, "seat": seat, **who}, TEAM, st.sampled_from(["pm", "em"]), SEAT),
    "rename": st.fixed_dictionaries({"team": TEAM, "name": WORDS}, optional={"id": st.sampled_from(["fresh", "other"])}),
    "new-team": st.fixed_dictionaries({"id": st.sampled_from(["fresh", "third"]), "name": WORDS, "since": DAYS}, optional={"em": SEAT}),
    "end-team": st.fixed_dictionaries({"team": TEAM, "day": DAYS}),
    "depend": st.fixed_dictionaries({"team": TEAM, "on": TEAM, "kind": st.sampled_from(["ok", "blocking"]), "reason": WORDS}),
    "no-dependency": st.fixed_dictionaries({"team": TEAM, "on": TEAM}),
    "split": st.fixed_dictionaries({"team": TEAM, "id": st.just("front"), "day": DAYS, "name": WORDS},
                                   optional={"members": st.just(["sam"]), "services": st.just(["cart-api"]),
                                             "dependencies": st.just(["bank"])}),
    "merge": st.fixed_dictionaries({"team": TEAM, "other": TEAM, "day": DAYS}),
}  # fmt: skip
EXPECTED = {"cannot", "there already", "applied"}


@st.composite
def operations(draw: st.DrawFn) -> list[Operation]:
    """A list of operations, most of which can be made."""
    found = []
    for verb in draw(st.lists(st.sampled_from(list(ARGS)), min_size=1, max_size=6)):
        try:
            found.append(operation(verb, **draw(ARGS[verb])))
        except OperationError:  # (two teams that are one, an end before the beginning)
            continue
    return found


@pytest.mark.parametrize("name", EVERY)
@given(several=operations())
@settings(max_examples=60)
def test_any_list_applied_undone_and_redone_gives_the_same_bytes(name: str, several: list[Operation]) -> None:
    base = load_texts(EVERY[name])
    assert base.organisation is not None, base.problems
    draft = Draft()
    texts = [base.texts]
    for one in several:
        draft = draft.adding(one)
        texts.append(plan(base, draft.made).after.texts)
    kept = draft
    for expected in reversed(texts):
        assert plan(base, draft.made).after.texts == expected
        draft = draft.undo()
    for expected in texts[1:]:
        draft = draft_of(draft.redo().text, "x")
        assert plan(base, draft.made).after.texts == expected
    assert draft == kept


@pytest.mark.parametrize("name", EVERY)
@given(several=operations())
@settings(max_examples=60)
def test_the_file_says_what_each_operation_says_and_every_comment_stays(name: str, several: list[Operation]) -> None:
    found = plan(load_texts(EVERY[name]), several)
    for step in found.steps:
        assert step.state in EXPECTED
        assert step.text
        if step.counts:
            again = load_texts(step.after.texts)
            assert again.organisation is not None
            says(step)
    before = sorted(remarks(found.base.texts))
    after = sorted(remarks(found.after.texts))
    for comment in after:
        assert comment in before
        before.remove(comment)
    # What goes are remarks that silenced an empty seat, and those on the line of an entry that goes.
    assert all(one.startswith(("# topology: ignore[TT702]", "# every day")) for one in before)


def remarks(texts: dict[str, str]) -> list[str]:
    return [comment.text for file, text in texts.items() for comment in comments_of(text, file)]


def says(step: Step) -> None:  # noqa: C901 (a case a verb)
    """What the organisation says after an operation, read apart from what wrote it."""
    assert step.after.organisation is not None and step.before.organisation is not None
    after, args = step.after.organisation, step.operation.args
    day = dt.date.fromisoformat(args["day"]) if "day" in args else None
    match step.operation.verb:
        case "move":
            assert after.teams[args["team"]].group == args["group"]
        case "type":
            assert after.teams[args["team"]].type == args["type"]
        case "seat":
            lead = getattr(after.teams[args["team"]], args["seat"])
            assert (lead.person, lead.status) == (
                args.get("person"),
                {"filled": "permanent"}.get(args.get("status", "filled"), args.get("status")),
            )
        case "rename":
            team = after.teams[args.get("id", args["team"])]
            assert team.name == args["name"]
            assert "id" not in args or args["team"] in (*team.was, args["id"])
        case "new-team":
            assert (after.teams[args["id"]].name, str(after.teams[args["id"]].since)) == (args["name"], args["since"])
        case "end-team":
            assert after.teams[args["team"]].until == day
            assert not running(after, args["team"], day)
        case "merge":
            assert after.teams[args["other"]].until == day
            assert not running(after, args["other"], day)
            assert not [one for team in after.teams.values() for one in team.depends_on
                        if one.team == args["other"] and team is not after.teams[args["other"]]]  # fmt: skip
        case "split":
            assert str(after.teams["front"].since) == args["day"]
            assert set(after.teams["front"].services) == set(args.get("services", ()))
        case "depend":
            assert [
                (one.kind, one.reason) for one in after.teams[args["team"]].depends_on if one.team == args["on"]
            ] == [(args["kind"], args["reason"])]
        case "no-dependency":
            assert args["on"] not in [one.team for one in after.teams[args["team"]].depends_on]
        case "interaction":
            told = [
                one for one in after.interactions if one.mode == args["mode"] and {*one.pairs[0]} == {*args["teams"]}
            ]
            assert args["since"] in [str(one.since) for one in told]
        case "end-interaction" | "change-mode":
            pair = {*args["interaction"]["teams"]}
            ended = [one for one in after.interactions
                     if one.mode == args["interaction"]["mode"] and one.ended and pair in [{*ends} for ends in one.pairs]]  # fmt: skip
            assert ended


def running(organisation: Any, team: str, day: dt.date | None) -> list[Any]:
    """The interactions of a team that go on after a day."""
    assert day is not None
    return [one for one in organisation.interactions
            if any(team in pair for pair in one.pairs) and (one.ended is None or (one.ended > day and one.ended > (one.since or dt.date.min)))]  # fmt: skip


@given(several=operations())
@settings(max_examples=60)
def test_an_operation_changes_no_other_file_and_no_line_twice(several: list[Operation]) -> None:
    base = load_texts(EVERY["a folder"])
    found = plan(base, several)
    patch = patch_text(base.texts, found.after.texts)
    assert bool(patch) == (found.after.texts != base.texts)


SAMPLE = [
    operation("move", team="cart", group="pay"),
    operation("seat", team="cart", seat="em", person="ede"),
    operation("split", team="cart", id="front", name="Front", day="2026-12-07", services=["cart-web"], members=["sam"]),
    operation("merge", team="search", other="bank", day="2026-12-14"),
    operation("rename", team="tools", id="platform"),
    operation("end-interaction", interaction={"mode": "collaboration", "teams": ["cart", "search"]}, day="2026-12-01"),
]


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("inside", ["", "deep/er"])
def test_the_patch_applies_with_git_in_a_real_repository(tmp_path: Path, name: str, inside: str) -> None:
    home = tmp_path / inside
    home.mkdir(parents=True, exist_ok=True)
    folder = home / "squads" if len(EVERY[name]) > 1 else home
    folder.mkdir(exist_ok=True)
    for file, text in EVERY[name].items():
        (folder / file).write_bytes(text.encode())
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "core.autocrlf", "false")
    git(tmp_path, "add", "-A")
    path = folder if len(EVERY[name]) > 1 else folder / "squads.yaml"
    from topology.planning.base import base_of

    found = plan(base_of(load(path), path), SAMPLE)
    assert [step.state for step in found.steps] == ["applied"] * len(SAMPLE)
    (tmp_path / "draft.patch").write_bytes(patch_of(found, path).encode())
    git(tmp_path, "apply", "draft.patch")
    for file, text in found.after.texts.items():
        assert Path(file).read_bytes() == text.encode()
    assert load(path).organisation == found.after.organisation


def git(folder: Path, *arguments: str) -> None:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
