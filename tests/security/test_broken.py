"""No file ends in a traceback (docs/security.md, 8): a thousandth of what benchmarks/fuzz.py does, and what broke us before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.fuzz import KINDS, run
from tests.commands.helpers import run as command
from tests.history.conftest import Repo
from topology.delivery import load_events

COUNTS = {"yaml": 100, "imports": 40, "settings": 20, "tables": 10}
ORG = "version: 1\nteams: {a: {name: Alpha, size: 6}}\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_thousandth_of_the_fuzzing(kind: str) -> None:
    counts, told = run(kind, range(COUNTS[kind]), seed=20_261_125)
    assert not counts, "\n".join(told)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "",
        "null",
        "[]",
        "x",
        "{version: 1}",
        "teams:",
        "version: 1\nteams: {}\n",
        "--- {}\n",
        "{teams: null}",
        "? {}\n",
    ],
)
def test_a_version_that_holds_nothing(repo: Repo, text: str) -> None:
    repo.commit({"squads.yaml": ORG})
    repo.commit({"squads.yaml": text}, day="2026-02-05")
    repo.commit({"squads.yaml": ORG}, day="2026-03-05")
    for arguments in (
        ["diff", "HEAD~1..HEAD"], ["diff", "HEAD~2..HEAD~1"], ["history", "--every", "commit"], ["check", "--against", "HEAD~1"], ["check"],
    ):  # fmt: skip
        result = command(*arguments)
        assert result.exit_code in (0, 1, 2)
        assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "header",
    ["self", "cls", "name", "topology_row_number", "args", "bad_", "ID,Id", "", "a.b", 'q"uote', "sélf", "select", "0"],
)
def test_a_column_of_any_name(tmp_path: Path, header: str) -> None:
    quoted = '"' + header.replace('"', '""') + '"' if '"' in header else header
    cells = ",".join("x" for _ in header.split(","))
    (tmp_path / "deployments.csv").write_text(
        f"id,service,finished_at,result,{quoted}\n1,s,2026-01-06T10:00:00Z,success,{cells}\n"
    )
    (report,) = load_events(tmp_path).report.files
    assert report.error or report.rows == 1


@pytest.mark.parametrize(
    "value",
    [
        '"\\ud800"',
        "9" * 5_000,
        "1e999",
        "-" + "9" * 5_000,
        '"0001-01-01T00:00:00+14:00"',
        '"9999-12-31T23:59:59-14:00"',
        "[" * 3_000,
        '{"self": 1}',
        "NaN",
        "true",
    ],
)
@pytest.mark.parametrize("importer", ["github", "gitlab", "webhook", "datadog"])
def test_json_of_any_kind(tmp_path: Path, importer: str, value: str) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {a: {size: 6, services: {s: {}}}}\n")
    documents = [
        f'{{"id": {value}, "finishedDate": "2026-01-12T15:45:00Z", "name": {value}}}',
        f'{{"number": {value}, "merged_at": "2026-01-12T15:45:00Z", "user": {{"login": {value}}}, "labels": [{{"name": {value}}}]}}',
        f'{{"iid": {value}, "merged_at": {value}, "references": {{"full": {value}}}}}',
        f'{{"attributes": {{"service": {value}, "finished_at": {value}}}}}',
        value,
    ]
    for number, document in enumerate(documents):
        (tmp_path / f"{number}.json").write_text(document)
        result = command(
            "import",
            importer,
            str(tmp_path / f"{number}.json"),
            "--model",
            str(tmp_path / "squads.yaml"),
            "--into",
            str(tmp_path / "data"),
        )
        assert result.exit_code in (0, 1, 2), result.output
        assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5_000,
        '{"topology-baseline": ' + "9" * 5_000 + "}",
        '{"topology-baseline": 1, "findings": [{"finding": "\\ud800", "message": 1}]}',
        "[" * 5_000,
    ],
)
def test_a_baseline_of_any_kind(tmp_path: Path, text: str) -> None:
    (tmp_path / "squads.yaml").write_text(ORG)
    (tmp_path / "baseline.json").write_text(text)
    result = command("check", str(tmp_path / "squads.yaml"), "--baseline", str(tmp_path / "baseline.json"))
    assert result.exit_code in (0, 1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "[data]\nsource = " + "9" * 5_000,
        "x = " + "[" * 5_000,
        "[rules.thresholds]\nTT101 = 1e999",
        "[data]\ntimezone = '\\u0000'",
        '"\\ud800" = 1',
    ],
)
def test_settings_of_any_kind(tmp_path: Path, text: str) -> None:
    (tmp_path / "squads.yaml").write_text(ORG)
    (tmp_path / "topology.toml").write_text(text)
    for arguments in (["check"], ["metrics"]):
        result = command(arguments[0], str(tmp_path / "squads.yaml"))
        assert result.exit_code in (0, 1, 2)
        assert "Traceback" not in result.output
    assert json.dumps(result.exit_code)
