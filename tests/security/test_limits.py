"""Work grows with the size of a file and no faster; what has a limit says so (docs/security.md, 7).

Work is counted in calls of Python functions, which are the same on every machine; times are in benchmarks/bench_limits.py.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.commands.helpers import run
from tests.history.conftest import Repo
from topology.delivery import load_events
from topology.delivery.files import MAX_COLUMNS
from topology.interop import Imported, Who
from topology.rules import check
from topology.rules.selection import selection
from topology.source import load, load_texts
from topology.source.edit.fixes import fixed
from topology.source.files import MAX_BYTES
from topology.source.settings import RuleSettings, SettingsError, load_settings

DAY = dt.date(2026, 11, 25)


def calls(act: Callable[[], Any]) -> int:
    """How many functions are called; those of C too."""
    count = 0

    def note(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def checked(text: str) -> None:
    loaded = load_texts({"squads.yaml": text})
    check(loaded, DAY, selection(RuleSettings()))


def teams(count: int, entry: Callable[[int], str]) -> str:
    return "version: 1\nteams:\n" + "".join(entry(number) for number in range(count))


def suppressed(count: int) -> str:
    return teams(
        count,
        lambda i: (
            f"  # topology: ignore[TT701] none yet until 2027-01-01\n  t{i}:\n    type: stream-aligned\n    size: 6\n"
        ),
    )


def stacked(count: int) -> str:
    comments = "# topology: ignore[TT701, TT702] none yet until 2027-01-01\n" * count
    return (
        "version: 1\n"
        + comments
        + "teams:\n"
        + "".join(f"  t{i}: {{type: stream-aligned, size: 6}}\n" for i in range(count))
    )


GROWING: dict[str, tuple[Callable[[int], str], Callable[[str], Any]]] = {
    "suppressions": (suppressed, checked),
    "suppressions of one object": (stacked, checked),
    "references to nobody": (lambda n: teams(n, lambda i: f"  t{i}: {{size: 6, depends_on: [{{team: wrong{i}}}]}}\n"), checked),
    "wrong words": (lambda n: teams(n, lambda i: f"  t{i}: {{type: strim, size: 6, mision: x}}\n"), checked),
    "people": (lambda n: f"version: 1\npeople:\n{''.join(f'  p{i}: {{reports_to: p{max(0, i - 1)}x}}' + chr(10) for i in range(n))}teams: {{a: {{size: 6}}}}\n", checked),
    "members": (lambda n: f"version: 1\nteams: {{a: {{members: [{', '.join(f'p{i}' for i in range(n))}]}}}}\n", checked),
    "interactions": (lambda n: teams(n, lambda i: f"  t{i}: {{type: platform, size: 6}}\n") + "interactions:\n" + "".join(f"  - {{mode: collaboration, between: [t{i}, t{i + 1}]}}\n" for i in range(n - 1)), checked),
    "labels": (lambda n: teams(n, lambda i: f"  t{i}: {{size: 6, x-l{i}: v}}\n"), checked),
    "former ids": (lambda n: teams(n, lambda i: f"  t{i}: {{size: 6, was: [w{i}]}}\n"), checked),
    "fixes": (lambda n: teams(n, lambda i: f"  t{i}: {{typ: Stream-Aligned, size: 6}}\n"), lambda text: fixed({"squads.yaml": text})),
}  # fmt: skip


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_size_is_twice_the_work(name: str) -> None:
    text, act = GROWING[name]
    act(text(50))  # (what is made once)
    one, two, four = (calls(lambda n=n: act(text(n))) for n in (150, 300, 600))
    assert two - one > 0
    assert (four - two) / (two - one) < 2.6, (one, two, four)


def test_groupings_nest_fifty_deep_and_no_deeper() -> None:
    def nested(depth: int) -> tuple[str, ...]:
        text = (
            "version: 1\ngroups:\n  g0: {}\n"
            + "".join(f"  g{i}: {{group: g{i - 1}}}\n" for i in range(1, depth))
            + f"teams: {{a: {{group: g{depth - 1}, size: 6}}}}\n"
        )
        return tuple(one.message for one in load_texts({"squads.yaml": text}).problems)

    assert nested(50) == ()
    assert nested(51) == ("groupings are nested more than 50 deep",)
    assert nested(5_000) == ("groupings are nested more than 50 deep",)


def test_aliases_that_unfold_are_refused() -> None:
    members = ", ".join(f"p{i}" for i in range(1_000))
    text = f"version: 1\nteams:\n  t0: {{members: &m [{members}]}}\n" + "".join(
        f"  t{i}: {{members: *m}}\n" for i in range(1, 1_000)
    )
    (problem,) = load_texts({"squads.yaml": text}).problems
    assert "alias" in problem.message or "repeat" in problem.message


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "squads.yaml"
    with file.open("wb") as handle:
        handle.truncate(MAX_BYTES + 1)
    (problem,) = load(file).problems
    assert "the limit is 16 MB" in problem.message


@pytest.mark.parametrize("columns", [MAX_COLUMNS + 1, 100_000])
def test_a_table_with_too_many_columns_is_said(tmp_path: Path, columns: int) -> None:
    names = ["id", "service", "finished_at", "result", *(f"c{i}" for i in range(columns - 4))]
    (tmp_path / "deployments.csv").write_text(",".join(names) + "\n" + "1," * (columns - 1) + "1\n")
    (error,) = load_events(tmp_path).report.errors
    assert (f"it has {columns} columns; 1000 are read at most" in error) or ("its first line has more than" in error)


def test_a_line_without_an_end_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "deployments.csv").write_bytes(b"id," * 400_000)
    (error,) = load_events(tmp_path).report.errors
    assert "its first line has more than 1000000 bytes" in error


def test_finding_the_service_of_a_repository_does_not_walk_the_organisation() -> None:
    def counted(count: int) -> int:
        text = teams(count, lambda i: f"  t{i}: {{size: 6, services: {{s{i}: {{repositories: [lumio/r{i}]}}}}}}\n")
        organisation = load_texts({"squads.yaml": text}).organisation
        assert organisation is not None
        who, rows = Who(organisation), Imported()
        who.service_of("lumio/r1", rows)
        return calls(lambda: [who.service_of(f"https://x.example/lumio/r{count - 1}.git", rows) for _ in range(50)])

    assert counted(40) == counted(400)


@pytest.mark.parametrize(
    "text",
    [
        ".".join(["a"] * 40_000) + "=1", "[" + ".".join(["a"] * 20_000) + "]\n" + "".join(f"b{i}=1\n" for i in range(5_000)),
        "x = {" + ".".join(["a"] * 30_000) + " = 1}", "[[" + " . ".join(['"a"'] * 20_000) + "]]", "x = 1\n" + ".".join(["'a'"] * 5_000) + " = 2",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["topology.toml", "pyproject.toml"])
def test_settings_with_keys_of_many_parts_are_refused_unread(tmp_path: Path, text: str, name: str) -> None:
    """tomllib takes time and memory with the square of them: 80 kB took 6 GB."""
    (tmp_path / name).write_text(text)
    with pytest.raises(SettingsError, match="a key of more than 20 parts is not read"):
        load_settings(tmp_path / "squads.yaml")


def test_a_usual_pyproject_is_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\ndescription = "Version 1.2.3 of a thing. It does this. It does that."\n'
        'urls = {home = "https://a.b.c.example.org/d.e.f/g.h"}\n[tool.topology.rules.thresholds]\nteam-too-large = 10\n'
    )
    assert load_settings(tmp_path / "squads.yaml").rules.thresholds == {"team-too-large": 10}


def test_a_folder_has_a_limit_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from topology.source import files

    folder = tmp_path / "squads"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.yaml").write_text("teams: {}\n" + "# x" * 100)
    monkeypatch.setattr(files, "MAX_BYTES", 2_000)
    (problem,) = load(folder).problems
    assert "together" in problem.message
    monkeypatch.setattr(files, "MOST_FILES", 11)
    (problem,) = load(folder).problems
    assert "12 YAML files; the limit is 11" in problem.message


@pytest.mark.parametrize(
    ("names", "says"), [(200, "MB are read at most"), (2_500, "2500 YAML files there; 2000 are read at most")]
)
def test_a_tree_of_many_names_for_one_blob_is_not_unfolded(repo: Repo, names: int, says: str) -> None:
    """A few kilobytes of git may stand for gigabytes."""
    import subprocess

    repo.commit({"squads/a.yaml": "version: 1\nteams: {a: {size: 6}}\n"})
    blob = subprocess.run(
        ["git", "-C", str(repo.root), "hash-object", "-w", "--stdin"], input=b"# x" * (30_000 if names < 1_000 else 1), capture_output=True, check=True
    ).stdout.decode().strip()  # fmt: skip
    tree = "".join(f"100644 blob {blob}\t{i}.yaml\n" for i in range(names))
    made = (
        subprocess.run(["git", "-C", str(repo.root), "mktree"], input=tree.encode(), capture_output=True, check=True)
        .stdout.decode()
        .strip()
    )
    above = (
        subprocess.run(
            ["git", "-C", str(repo.root), "mktree"],
            input=f"040000 tree {made}\tsquads\n".encode(),
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .strip()
    )
    commit = repo.git("commit-tree", above, "-p", "HEAD", "-m", "many")
    repo.git("update-ref", "refs/heads/main", commit)
    for arguments in (
        ["diff", "HEAD~1..HEAD", "--model", "squads"],
        ["check", "squads", "--against", "HEAD"],
        ["history", "squads", "--every", "commit"],
    ):
        assert says in run(*arguments).output


def test_a_parquet_file_of_more_rows_than_bytes_is_not_unfolded(tmp_path: Path) -> None:
    file = tmp_path / "changes.parquet"
    duckdb.sql(
        f"COPY (SELECT 'c1' AS id, 's1' AS service, 'never' AS merged_at FROM range(3000000)) TO '{file}' (COMPRESSION zstd)"
    )
    (error,) = load_events(tmp_path).report.errors
    assert "3000000 rows in" in error
    duckdb.sql(
        f"COPY (SELECT 'c' || i AS id, 's1' AS service, 'never' AS merged_at FROM range(3000) t(i)) TO '{file}' (COMPRESSION zstd)"
    )
    (report,) = load_events(tmp_path).report.files
    assert (report.rows, report.missing_rows, len(report.left_out)) == (3_000, 3_000, 1_000)
