"""What a pull request is shown: a real repository, a branch of four commits, and the comment."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.helpers import run
from tests.conftest import ROOT
from tests.history.conftest import Repo
from tests.history.walk import BEFORE, STEPS, after, last
from topology.history.changes import compare
from topology.history.consequences import Difference, difference
from topology.report.diff import render
from topology.report.diff.as_markdown import MARK, MOST_CHARACTERS
from topology.report.mermaid import mermaid
from topology.rules.selection import selection
from topology.source import load_texts
from topology.source.settings import RuleSettings

pytestmark = pytest.mark.english

DAY = dt.date(2026, 11, 23)
COMMENT = ROOT / "docs" / "pull-request-comment.md"


def of(before: str, after_: str) -> Difference:
    loaded = [load_texts({"squads.yaml": text}) for text in (before, after_)]
    return difference(loaded[0], loaded[1], DAY, selection(RuleSettings()))


def branch(repo: Repo) -> None:
    """main has the organisation; the branch walks through the four steps."""
    repo.commit({"squads.yaml": BEFORE})
    repo.git("switch", "-qc", "change")
    text = BEFORE
    for step in STEPS:
        text = after(text, step)
        repo.commit({"squads.yaml": text}, message=step)


def test_a_branch_is_walked_through_and_told(repo: Repo) -> None:
    branch(repo)
    told = json.loads(run("diff", "main...HEAD", "--as-of", "2026-11-23", "--format", "json").stdout)
    texts = {(one["kind"], one["sign"], one["text"]) for one in told["changes"]}
    assert ("team", "~", "Cart (cart) is now Checkout (checkout)") in texts
    assert any(
        kind == "team"
        and sign == "+"
        and "split from Search: 3 of its 5 people and all its services were there (inferred)" in text
        for kind, sign, text in texts
    )
    assert ("lead", "−", "Catalogue, engineering manager: vacant, before: ines") in texts
    assert ("interaction", "~", "Catalogue and Search collaborate: until 2026-10-30, before: 2026-11-30") in texts
    assert ("ownership", "−", "Search no longer lists ranking-api") in texts
    assert {one["code"] for one in told["introduced"]} == {"TT102", "TT502", "TT504", "TT702"}
    assert told["resolved"] == []
    assert all(one["place"]["line"] > 0 for one in told["changes"] if one["sign"] == "+")


def test_a_renamed_team_brings_no_finding_and_no_other_change(repo: Repo) -> None:
    repo.commit({"squads.yaml": BEFORE})
    repo.commit({"squads.yaml": after(BEFORE, "Rename Cart to Checkout")})
    told = json.loads(run("diff", "HEAD~1..HEAD", "--as-of", "2026-11-23", "--format", "json").stdout)
    assert [one["kind"] for one in told["changes"]] == ["team"]
    assert (told["introduced"], told["resolved"]) == ([], [])


def test_the_comment_reads_well_and_is_the_example_of_the_docs(repo: Repo) -> None:
    branch(repo)
    shown = run("diff", "main...HEAD", "--as-of", "2026-11-23", "--format", "markdown").stdout
    assert shown.startswith(MARK)
    assert COMMENT.read_text("utf-8") == shown, "write it again: python -m tests.history.write_comment"


def test_a_rename_without_was_is_inferred_and_said_to_be(repo: Repo) -> None:
    found = of(BEFORE, last().replace("    was: [cart]\n", ""))
    (rename,) = found.compared.renamed
    assert (rename.before, rename.after, rename.inferred) == ("cart", "checkout", True)
    assert (
        "inferred, in common: 1 of 1 services, 4 of 4 members, 2 of 2 leads; `was: [cart]` would make it certain"
        in found.changes[0].text
    )
    assert "inferred" in render("markdown", found)


def test_teams_with_nothing_in_common_are_not_taken_for_one() -> None:
    text = (
        BEFORE.replace("  cart:\n    name: Cart", "  lending:\n    name: Lending")
        .replace("[cart, ", "[lending, ")
        .replace("team: cart", "team: lending")
    )
    other = (
        text.replace("abel", "zoe")
        .replace("ada\n", "zed\n")
        .replace("[adel, aino, alba, alix]", "[x1, x2]")
        .replace("basket-api", "loans")
    )
    assert of(BEFORE, other).compared.renamed == ()


def test_two_teams_become_one_and_the_merge_is_inferred() -> None:
    merged = last()
    back = of(merged, BEFORE)
    assert any(
        "is gone from the file; merged into Search: 3 of its 5 people and all its services are there (inferred)"
        in one.text
        for one in back.changes
    )


def test_equal_versions_have_no_change_whatever_their_layout() -> None:
    found = of(BEFORE, "# moved\n\n" + BEFORE.replace("{name: Payments}", "{ name:  'Payments' }"))
    assert (found.changes, found.introduced, found.resolved) == ((), (), ())
    assert "nothing changed" in render("text", found).casefold()


def test_every_field_of_a_team_is_told_when_it_changes() -> None:
    """Nothing changes in silence: each key of the format, one after the other."""
    base = "version: 1\nteams:\n  a: {type: platform%s}\n  b: {}\n"
    for key, value in {
        "mission": "go", "since": "2026-01-01", "until": "2027-01-01", "name": "A", "pm": "x", "em": "vacant", "members": "[q]",
        "size": "7", "domains": "[{name: d, complexity: simple}]", "services": "{s: {}}", "depends_on": "[{team: b}]",
        "cognitive_load": "{intrinsic: 1, extraneous: 1, germane: 1}", "objectives": "[{title: t}]", "positions": "{duo: {pm: 1}}",
        "targets": "{tech_investment: 20%}", "api": "{docs: d}", "x-note": "n",
    }.items():  # fmt: skip
        found = of(base % "", base % f", {key}: {value}")
        assert len(found.changes) == 1, (key, found.changes)


def test_other_sections_are_told_too() -> None:
    before = "version: 1\nteams: {a: {}, b: {}}\n"
    after_ = (
        "version: 1\norganisation: {name: X}\npeople: {p: {role: designer}}\ngroups: {g: {}}\nteams: {a: {}, b: {}}\n"
        "interactions: [{mode: facilitating, facilitator: a, team: b}]\nkpis: {k: {}}\nroadmap: [{title: t, category: debt}]\n"
    )
    assert [one.kind for one in of(before, after_).changes] == [
        "grouping",
        "interaction",
        "people",
        "roadmap",
        "indicator",
        "other",
    ]
    assert {one.sign for one in of(after_, before).changes} == {"−", "~"}


def test_what_follows_is_told_with_before_and_after() -> None:
    found = of(BEFORE, last())
    (ranking,) = [one for one in found.consequences if one.team == "ranking"]
    assert ranking.before is None
    assert ranking.after is not None
    assert (ranking.after.interactions, ranking.after.needed) == ({"x-as-a-service": 1}, ("Search",))
    assert "Search | 1 collaboration, 1 x-as-a-service | 22 of 30 | nobody" in render("markdown", found)


def test_the_comment_never_grows_beyond_what_a_code_host_takes() -> None:
    teams = "".join(f"  team-{i}: {{name: 'Team {i} {'x' * 200}', type: stream-aligned}}\n" for i in range(900))
    shown = render("markdown", of("version: 1\nteams: {}\n", f"version: 1\nteams:\n{teams}"))
    assert len(shown) <= MOST_CHARACTERS
    assert "more" in shown
    assert shown.count("<details>") == shown.count("</details>")


def test_a_picture_has_at_most_sixty_teams_and_a_hundred_and_fifty_lines() -> None:
    names = [f"t{i}" for i in range(90)]
    teams = "".join(f"  {name}: {{}}\n" for name in names)
    ties = "".join(
        f"  - {{mode: collaboration, between: [{a}, {b}]}}\n"
        for i, a in enumerate(names[:60])
        for b in names[i + 1 : i + 9]
    )
    picture = mermaid(of(f"version: 1\nteams:\n{teams}", f"version: 1\nteams:\n{teams}interactions:\n{ties}"))
    assert picture.count('["') == 60
    assert sum(1 for line in picture.splitlines() if "---" in line or "===" in line) == 150


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_name_can_end_a_label_or_add_markup(name: str) -> None:
    quoted = json.dumps(name, ensure_ascii=False)
    loaded = load_texts({"f": f"version: 1\nteams: {{a: {{name: {quoted}}}}}\n"})
    if loaded.organisation is None:
        return
    found = difference(load_texts({"f": "version: 1\n"}), loaded, DAY, selection(RuleSettings()))
    lines = mermaid(found).splitlines()
    assert lines[1].startswith('  t1["') and lines[1].endswith('"]')
    assert not set('"`<>') & set(lines[1][6:-2])
    assert "<script" not in render("markdown", found).casefold()


def test_a_hostile_name_calls_nobody_in_the_comment() -> None:
    found = of("version: 1\n", "version: 1\nteams: {a: {name: '@channel #1 <img src=x> [a](http://b) | `c`\u202e'}}\n")
    shown = render("markdown", found)
    for harmful in ("@channel", "#1 ", "<img", "](http://", "\u202e"):
        assert harmful not in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere...HEAD",), "there is no revision `nowhere`"),
        (("a", "b"), "there is no file or folder a"),
        (("a", "b", "c"), "give one range"),
        (("--", "--output=x...HEAD"), "there is no revision `--output=x`"),
        (("--", "-p"), "there is no revision `-p`"),
        (("HEAD", "--as-of", "soon"), "not a date"),
        (("main...HEAD", "--model", "/etc/hostname"), "not in a git repository"),
    ],
)
def test_wrong_use_is_said_in_one_line(repo: Repo, arguments: tuple[str, ...], words: str) -> None:
    repo.commit({"squads.yaml": BEFORE})
    result = run("diff", *arguments)
    assert (result.exit_code, words in result.output) == (2, True), result.output


def test_no_argument_compares_the_last_commit_with_the_files(repo: Repo) -> None:
    repo.commit({"squads.yaml": BEFORE})
    (repo.root / "squads.yaml").write_text(last(), "utf-8")
    assert "Cart (cart) is now Checkout" in run("diff", "--as-of", "2026-11-23").stdout


def test_a_broken_base_is_read_as_far_as_it_goes(repo: Repo) -> None:
    repo.commit({"squads.yaml": BEFORE.replace("type: platform", "type: platfrom")})
    repo.commit({"squads.yaml": BEFORE})
    result = run("diff", "HEAD~1..HEAD")
    assert result.exit_code == 0
    assert "is read as far as it goes: squads.yaml:" in result.stderr
    assert "Developer platform is platform, before: undefined" in result.stdout


def test_check_against_a_branch_shows_only_what_the_branch_introduces(repo: Repo) -> None:
    branch(repo)
    every = run("check", "--as-of", "2026-11-23", "--format", "text").stdout.splitlines()
    new = run("check", "--as-of", "2026-11-23", "--format", "text", "--against", "main").stdout.splitlines()
    assert {line.split()[1] for line in new} == {"TT102", "TT502", "TT504", "TT702"}
    assert set(new) < set(every)


def test_renames_are_compared_once_each() -> None:
    both = compare(load_texts({"f": BEFORE}), load_texts({"f": last()}))
    assert dict(both.now) == {"search": "search", "catalogue": "catalogue", "platform": "platform", "cart": "checkout"}
