"""`topology what-if`: the same as the map's draft, without a browser."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import topology
from tests.conftest import DAY, ROOT
from topology.cli import cli

MODEL = str(ROOT / "squads.yaml")
DRAFT = """
- verb: move
  args: {team: first-order, group: payments}
- {verb: end-interaction, args: {interaction: {mode: collaboration, teams: [search, catalogue]}, day: 2026-11-20}}
"""


@pytest.fixture
def draft(tmp_path: Path) -> str:
    (tmp_path / "draft.yaml").write_text(DRAFT)
    return str(tmp_path / "draft.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["what-if", *arguments], catch_exceptions=False)


def test_it_says_what_comes_goes_and_touches(draft: str) -> None:
    done = run(MODEL, "--ops", draft, "--as-of", str(DAY))
    assert done.exit_code == 0
    assert "2 changes touch 3 teams · 4 findings go, 1 comes. Judged on 2026-11-22." in done.output
    assert "A First order → Payments" in done.output
    assert "B TT504 warning Search depends on Catalogue" in done.output
    assert "nobody talks more because a line is written" in done.output


def test_the_patch_is_one_that_git_applies(draft: str, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_bytes((ROOT / "squads.yaml").read_bytes())
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    done = run(
        str(tmp_path / "squads.yaml"), "--ops", draft, "--format", "patch", "--output", str(tmp_path / "draft.patch")
    )
    assert done.exit_code == 0
    subprocess.run(["git", "apply", "draft.patch"], cwd=tmp_path, check=True)
    after = topology.load(tmp_path / "squads.yaml")
    assert after.teams["first-order"].group == "payments"


def test_json_and_the_library_say_the_same(draft: str) -> None:
    told = json.loads(run(MODEL, "--ops", draft, "--as-of", str(DAY), "--format", "json").output)
    change = topology.open(MODEL, today=DAY).what_if(
        [
            {"verb": "move", "args": {"team": "first-order", "group": "payments"}},
            {"verb": "end-interaction", "args": {"interaction": {"mode": "collaboration", "teams": ["search", "catalogue"]}, "day": "2026-11-20"}},
        ],
        DAY,
    )  # fmt: skip
    assert told["patch"] == change.patch
    assert [one["message"] for one in told["come"]] == [one.message for one in change.difference.introduced]
    assert sorted(one["message"] for one in told["go"]) == sorted(one.message for one in change.difference.resolved)
    assert [(one["letter"], one["state"]) for one in told["operations"]] == [("A", "applied"), ("B", "applied")]
    assert {one["team"] for one in told["teams"]} == {"first-order", "search", "catalogue"}


def test_markdown_is_a_title_and_a_description(draft: str) -> None:
    text = run(MODEL, "--ops", draft, "--as-of", str(DAY), "--format", "markdown").output
    assert text.startswith("# Payments and Discovery: a move and an end\n\n**Why.**")


def test_what_cannot_be_made_is_said_and_the_rest_is_made(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(
        '[{"verb": "move", "args": {"team": "nobody", "group": null}}, {"verb": "type", "args": {"team": "search", "type": "platform"}}]'
    )
    done = run(MODEL, "--ops", str(tmp_path / "d.json"))
    assert done.exit_code == 1
    assert "A nobody → no grouping — cannot be made: there is no team `nobody`" in done.output
    assert "B Search becomes a platform team" in done.output
    patch = run(MODEL, "--ops", str(tmp_path / "d.json"), "--format", "patch")
    assert patch.exit_code == 1
    assert "A nobody → no grouping: it cannot be made: there is no team `nobody`" in patch.stderr
    assert "+    type: platform" in patch.stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- {verb: mvoe}", "operation 1: there is no verb `mvoe`. Did you mean `move`?"),
        ("{", "this is neither YAML nor JSON"),
        ("[]", None),
        ("\x1b]0;title\x07", "neither YAML nor JSON"),
    ],
)
def test_what_is_no_draft_is_a_wrong_use(tmp_path: Path, text: str, words: str | None) -> None:
    (tmp_path / "d.yaml").write_text(text)
    done = run(MODEL, "--ops", str(tmp_path / "d.yaml"))
    assert done.exit_code == (2 if words else 0)
    assert (words or "No change yet") in done.output
    assert "\x1b]" not in done.output


def test_it_never_writes_over_the_organisation(tmp_path: Path, draft: str) -> None:
    (tmp_path / "squads.yaml").write_bytes((ROOT / "squads.yaml").read_bytes())
    done = run(str(tmp_path / "squads.yaml"), "--ops", draft, "--output", str(tmp_path / "squads.yaml"))
    assert done.exit_code == 2
    assert (tmp_path / "squads.yaml").read_bytes() == (ROOT / "squads.yaml").read_bytes()


def test_a_file_that_is_not_there_or_no_text_is_a_wrong_use(tmp_path: Path) -> None:
    assert run(MODEL, "--ops", str(tmp_path / "nothing.yaml")).exit_code == 2
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    done = run(MODEL, "--ops", str(tmp_path / "x.yaml"))
    assert done.exit_code == 2
    assert "is not UTF-8 text" in done.output
