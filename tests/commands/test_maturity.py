"""`topology maturity` and `topology pack`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from tests.naming import people_named
from topology.cli import cli
from topology.model import Organisation

EXAMPLE = str(ROOT / "squads.yaml")
PURPOSE = "Not for appraisal, pay, ranking or headcount."
PAIRING = "order: 5\nname: {en: Pairing}\nabout: {en: Together.}\napplies_to: squad\nlevels:\n  2:\n    - {measure: seats-filled}\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=False)


def test_the_grid_stands_in_the_order_of_the_file_and_says_what_it_is_for(example: Organisation) -> None:
    lines = run("maturity", EXAMPLE).stdout.splitlines()
    names = [example.team_name(id_) for id_ in example.teams]
    assert [line.split("  ")[0] for line in lines[2 : 2 + len(names)]] == names
    assert PURPOSE in lines[-1]


@pytest.mark.parametrize("more", [(), ("--show", "criteria"), ("--team", "order-tracking"), ("--dimension", "debt")])
@pytest.mark.parametrize("format_", ["csv", "json"])
def test_every_export_says_what_it_is_for(format_: str, more: tuple[str, ...]) -> None:
    text = run("maturity", EXAMPLE, "--format", format_, *more).stdout
    rows = json.loads(text) if format_ == "json" else list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert all(PURPOSE in row["purpose"] for row in rows)


def test_one_team_with_every_criterion(example: Organisation) -> None:
    found = run("maturity", EXAMPLE, "--team", "order-tracking").stdout
    assert "Duo rituals held, of those planned" in found
    assert "2 of 6" in found
    assert not people_named(example, found)


def test_a_dimension_prints_the_levels_of_the_grid_and_the_commonest_step() -> None:
    found = run("maturity", EXAMPLE, "--dimension", "debt").stdout
    assert "exempt until 2027-02-01" in found
    assert "Debt, the next step of 8 of 13 teams: A planned share of risk and debt is stated." in found


def test_as_markdown() -> None:
    found = run("maturity", EXAMPLE, "--format", "markdown").stdout
    assert found.startswith("# Maturity of Lumio\n\nFor conversations about how we work.")
    assert "- **Flow** 4, aims at 4" in found


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--team", "ordertracking"), "there is no team ordertracking"),
        (("--dimension", "dept"), "there is no dimension dept"),
        (("--team", "checkout", "--as-of", "1999-01-01"), "is not there on"),
    ],
)
def test_wrong_input_is_told(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {checkout: {since: 2020-01-01, type: stream-aligned}}\n")
    found = run("maturity", str(tmp_path / "squads.yaml"), *arguments)
    assert found.exit_code == 2
    assert said in found.output


def test_an_own_pack_by_the_settings(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {a: {type: stream-aligned}}\n")
    (tmp_path / "topology.toml").write_text('[maturity]\npack = "ours"\n')
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "pairing.yaml").write_text(PAIRING)
    file = str(tmp_path / "squads.yaml")
    assert "Pairing" in run("maturity", file).stdout
    assert "Pairing" in run("pack", "show", file).stdout
    (tmp_path / "ours" / "pairing.yaml").write_text(PAIRING.replace("seats-filled", "seats-full"))
    for command in (
        ("maturity", file),
        ("pack", "show", file),
        ("check", file, "--with-data"),
        ("baseline", file, "--with-data"),
    ):
        found = run(*command)
        assert found.exit_code == 2, command
        assert "pairing.yaml:7:" in found.output


def test_a_pack_outside_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {}\n")
    (tmp_path / "topology.toml").write_text('[maturity]\npack = "../elsewhere"\n')
    found = run("maturity", str(tmp_path / "squads.yaml"))
    assert found.exit_code == 2
    assert "expected a folder below the one of the settings" in found.output


def test_pack_check_says_where(tmp_path: Path) -> None:
    (tmp_path / "pairing.yaml").write_text(PAIRING)
    assert "the pack can be used" in run("pack", "check", str(tmp_path)).stdout
    (tmp_path / "pairing.yaml").write_text(PAIRING.replace("order: 5", "order: five"))
    found = run("pack", "check", str(tmp_path))
    assert found.exit_code == 1
    assert "pairing.yaml:1:8" in found.output
    assert "1 error; the pack cannot be used." in found.output


def test_pack_show() -> None:
    assert "Dette (debt)" in run("pack", "show", EXAMPLE, "--dimension", "debt", "--language", "fr").stdout
    assert "duo-rituals-held" in run("pack", "show", "--measures").stdout
    assert (
        json.loads(run("pack", "show", EXAMPLE, "--dimension", "debt", "--format", "json").stdout)[0]["measure"]
        == "debt-items-done"
    )
    assert run("pack", "show", EXAMPLE, "--dimension", "dept").exit_code == 2
