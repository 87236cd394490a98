"""Edits: they do what was asked, touch only the lines they must, and can be taken back to the byte."""

from __future__ import annotations

import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from topology.source import load_texts
from topology.source.comments import comments_of
from topology.source.edit import Edit, EditError, Splice, add, remove, rename_id, rename_key, set_value
from topology.source.edit.fixes import fixed
from topology.source.edit.splices import patch_text
from topology.source.edit.values import plain
from topology.source.lines import lines_of
from topology.source.load import tree_of
from topology.source.tree import Mapping, Sequence

load_module = import_module("topology.source.load")
EXAMPLE = (ROOT / "squads.yaml").read_text("utf-8")
STARTER = (ROOT / "topology" / "source" / "starter.yaml").read_text("utf-8")
STYLES = """# top
version: 1
teams: {a: {size: 5, was: []}, b: {}}   # flow
interactions:
- mode: collaboration   # at the parent's column
  between:
    - a
    - b
  purpose: >
    folded text
    over lines

# between
- {mode: x-as-a-service, provider: a, consumer: [a,
     b]}
x-note: "quoted # not a comment"
kpis:
    k:
        name: 'single ''quoted'''
        unit:
"""
VARIANTS = {
    "starter": STARTER,
    "styles": STYLES,
    "crlf": STARTER.replace("\n", "\r\n"),
    "bom": "\ufeff" + STARTER,
    "no-last-line-break": STYLES.rstrip("\n"),
}
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff"), max_size=12
)
WORDS = (
    st.sampled_from(
        ["2026-01-01", "50%", "null", "~", "a: b", "#x", "- a", "[", "no", "é", "", " a", "a,b", "it's", '"', "\\"]
    )
    | TEXTS
)
VALUES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS.filter(bool), inner, max_size=3),
    max_leaves=5,
)


def paths(node: Any, prefix: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every path of a tree."""
    keys: list[str | int] = (
        list(node) if isinstance(node, Mapping) else list(range(len(node))) if isinstance(node, Sequence) else []
    )
    return [path for key in keys for path in ((*prefix, key), *paths(node[key], (*prefix, key)))]


def data(texts: dict[str, str]) -> Any:
    return plain(tree_of(texts))


def at(found: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        found = found[part]
    return found


@pytest.mark.parametrize("name", VARIANTS)
@settings(max_examples=120)
@given(choice=st.integers(0, 10_000), value=VALUES, operation=st.sampled_from(["set", "remove", "append", "new key"]))
def test_an_edit_does_what_was_asked_and_undo_gives_the_same_bytes(
    name: str, choice: int, value: Any, operation: str
) -> None:
    texts = {"f.yaml": VARIANTS[name]}
    tree = tree_of(texts)
    every = paths(tree)
    path = every[choice % len(every)]
    node = at(tree, path)
    try:
        if operation == "set":
            edit = set_value(texts, path, value)
        elif operation == "remove":
            edit = remove(texts, path)
        elif operation == "append" and isinstance(node, Sequence):
            path = (*path, len(node))
            edit = add(texts, path, value)
        elif operation == "new key" and isinstance(node, Mapping):
            path = (*path, "x-new")
            edit = add(texts, path, value)
        else:
            return
    except EditError:
        return  # said, and nothing lost
    after = edit.apply(texts)
    if operation == "remove":
        assert len(at(data(after), path[:-1])) == len(at(data(texts), path[:-1])) - 1
    else:
        assert at(data(after), path) == plain(value)
    assert edit.inverse().apply(after) == texts


@settings(max_examples=60)
@given(choice=st.integers(0, 10_000), value=WORDS)
def test_setting_one_scalar_changes_one_line_and_no_comment(choice: int, value: str) -> None:
    texts = {"squads.yaml": EXAMPLE}
    tree = tree_of(texts)
    scalars = [path for path in paths(tree) if isinstance(at(tree, path), str)]
    after = set_value(texts, scalars[choice % len(scalars)], value).apply(texts)
    before_lines, after_lines = lines_of(EXAMPLE), lines_of(after["squads.yaml"])
    assert len(before_lines) == len(after_lines)
    assert sum(1 for old, new in zip(before_lines, after_lines, strict=True) if old != new) <= 1
    assert [one.text for one in comments_of(EXAMPLE, "f")] == [
        one.text for one in comments_of(after["squads.yaml"], "f")
    ]


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "styles"])
def test_adding_then_removing_gives_the_same_bytes(name: str) -> None:
    texts = {"f.yaml": VARIANTS[name]}
    for path, value in (
        (("teams", "new"), {"type": "platform", "size": "4"}),
        (("interactions", len(tree_of(texts)["interactions"])), {"mode": "facilitating"}),
    ):
        after = add(texts, path, value).apply(texts)
        gone = remove(after, path).apply(after)
        assert gone["f.yaml"].rstrip("\n") == texts["f.yaml"].rstrip("\n")


def test_every_scalar_of_the_example_can_be_set_and_every_entry_removed() -> None:
    texts = {"squads.yaml": EXAMPLE}
    tree = tree_of(texts)
    for path in paths(tree)[::7]:
        remove(texts, path)
        try:
            set_value(texts, path, "x")
        except EditError as error:  # a block with comments inside is not thrown away for one line
            assert "comments stand" in str(error)
            assert isinstance(at(tree, path), Mapping | Sequence)


def test_renaming_a_team_follows_every_reference_and_keeps_the_old_id() -> None:
    texts = {"squads.yaml": EXAMPLE}
    edit = rename_id(texts, "teams", "checkout", "pay")
    loaded = load_texts(edit.apply(texts))
    assert loaded.organisation is not None, loaded.problems
    assert loaded.organisation.teams["pay"].was == ["cart", "checkout"]
    assert loaded.organisation.current_id("checkout") == "pay"
    changed = [line for line in patch_text(texts, edit.apply(texts)).splitlines() if line.startswith("+ ")]
    assert len(changed) == 15
    assert edit.inverse().apply(edit.apply(texts)) == texts


@pytest.mark.parametrize(
    ("section", "old"), [("people", "abel"), ("groups", "payments"), ("kpis", "refund-days"), ("teams", "refunds")]
)
def test_renaming_there_and_back_gives_the_same_bytes(section: str, old: str) -> None:
    texts = {"squads.yaml": EXAMPLE}
    there = rename_id(texts, section, old, "new-id").apply(texts)
    assert load_texts(there).organisation is not None
    back = rename_id(there, section, "new-id", old).apply(there)
    if section == "teams":  # nothing is deleted: both former ids stay
        back = remove(back, ("teams", old, "was")).apply(back)
    assert back == texts


def test_an_edit_of_a_folder_touches_the_file_that_has_the_entry() -> None:
    texts = {"a.yaml": "version: 1\nteams:\n  a: {size: 5}\n", "b.yaml": "version: 1\nteams:\n  b: {size: 6}\n"}
    assert set_value(texts, ("teams", "a", "size"), 7).apply(texts)["a.yaml"].endswith("a: {size: 7}\n")
    after = add(texts, ("teams", "c"), {"size": 8}).apply(texts)
    assert (after["a.yaml"], after["b.yaml"]) == (texts["a.yaml"], texts["b.yaml"] + "  c: {size: 8}\n")
    assert remove(texts, ("teams", "a")).apply(texts) == {**texts, "a.yaml": "version: 1\nteams: {}\n"}


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda texts: set_value(texts, ("teams", "zz", "size"), 1), "there is no `teams.zz`"),
        (lambda texts: set_value(texts, ("teams", "a", "size", "x"), 1), "single value"),
        (lambda texts: add(texts, ("teams", "a"), {}), "is there already"),
        (lambda texts: remove(texts, ("teams", "a", "pm")), "there is no"),
        (lambda texts: rename_id(texts, "teams", "a", "b"), "is there already"),
        (lambda texts: set_value(texts, ("teams", "a", "size"), True), "no value such as"),
        (lambda texts: set_value(texts, (), 1), "empty"),
        (lambda texts: rename_key(texts, ("teams", "a"), "b"), "cannot be renamed"),
        (lambda texts: set_value({"f": "version: 1\nteams:\n  a: &x {size: 5}\n  b: *x\n"}, ("teams", "b", "size"), 7), "by hand"),
        (lambda texts: Edit((Splice("f", 0, "nothing", ""),)).apply(texts), "not the version"),
    ],
)  # fmt: skip
def test_what_cannot_be_edited_is_said(edit: Any, words: str) -> None:
    with pytest.raises(EditError, match=words):
        edit({"f": "version: 1\nteams: {a: {size: 5}, b: {}}\n"})


def test_fixes_mend_spellings_dates_and_old_keys_and_nothing_else() -> None:
    before = (
        "version: 1\nteams:\n  a:\n    type: Stream Aligned   # keep me\n    since: 28.09.2026\n"
        "    dependencies: [{team: b, kind: Blocking}]\n  b: {headcount: 5, from: 2026/9/1, until: 03/04/2027}\n"
        "interactions: [{mode: xaas, provider: b, consumer: a}]\n"
    )
    after, count = fixed({"f": before})
    assert count == 8
    assert after["f"] == (
        "version: 1\nteams:\n  a:\n    type: stream-aligned   # keep me\n    since: 2026-09-28\n"
        "    depends_on: [{team: b, kind: blocking}]\n  b: {size: 5, since: 2026-09-01, until: 03/04/2027}\n"
        "interactions: [{mode: x-as-a-service, provider: b, consumer: a}]\n"
    )
    assert [one.code for one in load_texts(after).problems] == ["TT004"]  # a date that could be in March or in April


def test_what_could_have_been_meant_in_two_ways_is_left_to_a_person() -> None:
    before = (
        "version: 1\nteams: {a: {positions: {duo: {m_note: x}}}, b: {}}\n"
        "interactions: [{mode: collaboration, between: [a, b], end: 2025-03-01}]\n"
    )
    assert fixed({"f": before}) == ({"f": before}, 0)


def test_many_fixes_read_the_file_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    original = load_module.parse
    monkeypatch.setattr(load_module, "parse", lambda text, file: read.append(1) or original(text, file))
    text = "version: 1\nteams:\n" + "".join(f"  t{i}: {{type: Platform}}\n" for i in range(500))
    assert fixed({"f": text})[1] == 500
    assert len(read) < 10


def test_two_keys_that_would_become_one_are_left_to_a_person() -> None:
    after, _ = fixed({"f": "version: 1\nteams: {a: {from: 2026-01-01, start: 2026-02-01}}\n"})
    assert load_texts(after).problems
    assert "TT002" not in {one.code for one in load_texts(after).problems}


@given(
    st.lists(
        st.sampled_from(
            [
                "version: 1\n",
                "teams:\n",
                "  a:\n",
                "    type: Platform\n",
                "    typ: x\n",
                "  b: {from: 1.1.2026}\n",
                "[",
                "\t",
                "# c\n",
            ]
        ),
        max_size=9,
    ).map("".join)
)
def test_fixing_any_text_never_raises_and_is_done_in_one_go(text: str) -> None:
    after, _ = fixed({"f": text})
    assert fixed(after) == (after, 0)


SMALL = "version: 1\nteams:\n  # keep me\n  a: {name: A}   # mine\n"


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("teams:\n  a:\n    mission: |\n      text\n    # about size\n    size: 3\n", lambda t: set_value(t, ("teams", "a", "mission"), "new"),
         "teams:\n  a:\n    mission: new\n    # about size\n    size: 3\n"),
        (SMALL, lambda t: remove(t, ("teams", "a")), "version: 1\nteams: {}\n  # keep me\n"),
        ("teams: {c: {was: [a], size: 5}}\n", lambda t: rename_id(t, "teams", "c", "a"), "teams: {a: {was: [c], size: 5}}\n"),
        ("teams: {a: {members: [x]}}\n", lambda t: set_value(t, ("teams", "a", "members", 1), "y"), "teams: {a: {members: [x, y]}}\n"),
        ("teams: {a: {}}\n", lambda t: set_value(t, ("teams", "a", "name"), "%a"), 'teams: {a: {name: "%a"}}\n'),
        ("teams: {a: {}}\n", lambda t: set_value(t, ("teams", "a", "name"), "yes: no"), 'teams: {a: {name: "yes: no"}}\n'),
    ],
)  # fmt: skip
def test_an_edit_gives_exactly_this_text(before: str, edit: Any, after: str) -> None:
    assert edit({"f": before}).apply({"f": before}) == {"f": after}


@pytest.mark.parametrize(
    ("before", "edit"),
    [
        ("teams: {a: {members: [x]}}\n", lambda t: set_value(t, ("teams", "a", "members", 7), "y")),
        ("teams: {a: {members: [x]}}\n", lambda t: set_value(t, ("teams", "a", "members", "word"), "y")),
        ("teams: {a: {}}\n", lambda t: rename_id(t, "teams", "a", "Not An Id")),
        ("teams: {a: {}}\n", lambda t: set_value(t, ("teams", "a", "size"), float("nan"))),
        ("", lambda t: set_value(t, ("version",), "1")),
        ("a: [", lambda t: set_value(t, ("version",), "1")),
        ("version: 1\n", lambda t: remove(t, ("version",))),
        ("teams: {}\n...\n", lambda t: add(t, ("interactions",), [{"mode": "x"}])),
        ("a:\n  - x: 1   # why\n    # note\n    y: 2\n", lambda t: remove(t, ("a", 0, "x"))),
        ("a: [ # c\n  ]\n", lambda t: add(t, ("a", 0), "x")),
    ],
)  # fmt: skip
def test_what_would_lose_something_is_refused(before: str, edit: Any) -> None:
    with pytest.raises(EditError):
        edit({"f": before})


def test_a_patch_is_one_that_git_applies(tmp_path: Path) -> None:
    before = 'version: 1\nteams:\n  a:\n    typ: platform\n    mission: "x\u2028y"\n    name: b'
    after, _ = fixed({"f.yaml": before})
    (tmp_path / "f.yaml").write_bytes(before.encode())
    patch = patch_text({"f.yaml": before}, after)
    done = subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "f.yaml").read_bytes() == after["f.yaml"].encode()
