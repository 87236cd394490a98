"""The formats of a check: each says everything, and no name can break out of it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from tests.conftest import DAY, ROOT
from topology.manifest import formats_of
from topology.report.findings import Report, render
from topology.rules import Finding, check, rules
from topology.rules.selection import selection
from topology.source import Place, load, load_texts
from topology.source.settings import RuleSettings


@pytest.fixture(scope="module")
def report() -> Report:
    loaded = load(ROOT / "squads.yaml")
    found = check(loaded, DAY, selection(RuleSettings()))
    return Report(found.findings, found.suppressed, found.known, loaded.texts)


def finding(message: str = "m", *, severity: str = "warning", file: str = "f.yaml") -> Finding:
    return Finding(
        "TT201", "team-too-small", severity, message, Place(file, 2, 3, 2, 5), "help", ("teams", "a"), ("a",)
    )  # type: ignore[arg-type]


def test_every_format_names_every_finding(report: Report) -> None:
    for format_ in set(formats_of("findings")) - {"github"}:  # which shows ten of a kind
        shown = render(format_, report)
        for code in {one.code for one in report.findings}:
            assert code in shown, (format_, code)


def test_sarif_is_valid_against_the_published_schema(report: Report) -> None:
    """pydantic-sarif's models are generated from OASIS's sarif-schema-2.1.0.json and refuse what it does not know."""
    value = json.loads(render("sarif", report))
    Sarif.model_validate(value)
    (run,) = value["runs"]
    results = run["results"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(rules())
    assert len(results) == len(report.findings) + len(report.suppressed)
    assert results[-1]["suppressions"] == [
        {"kind": "inSource", "justification": "since summer; the squad looks for one"}
    ]
    for result in results:
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["endColumn"] > region["startColumn"]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["topology/v1"].startswith(result["ruleId"])


def test_sarif_of_nothing_and_of_an_unreadable_file_is_valid() -> None:
    Sarif.model_validate(json.loads(render("sarif", Report(()))))
    loaded = load_texts({"a b%.yaml": "version: 1\nteams: ["})
    found = check(loaded, DAY, selection(RuleSettings()))
    value = json.loads(render("sarif", Report(found.findings)))
    Sarif.model_validate(value)
    assert (
        value["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b%25.yaml"
    )


def test_github_shows_ten_of_a_kind_and_counts_the_rest() -> None:
    many = (
        [finding(str(i)) for i in range(25)]
        + [finding("e", severity="error")] * 10
        + [finding("n", severity="info")] * 3
    )
    lines = render("github", Report(tuple(many))).splitlines()
    kinds = [line.split(" ")[0] for line in lines]
    assert (kinds.count("::error"), kinds.count("::warning"), kinds.count("::notice")) == (10, 10, 3)
    assert "16 more of this kind" in next(line for line in lines if line.startswith("::warning title"))


def test_github_escapes_what_would_end_a_command() -> None:
    shown = render("github", Report((finding("50 %\n::error::x", file="a,b:c\n.yaml"),)))
    assert (
        shown
        == "::warning file=a%2Cb%3Ac%0A.yaml,line=2,endLine=2,col=3,endColumn=5,title=TT201 team-too-small::50 %25%0A::error::x. help\n"
    )


def test_junit_fails_from_the_chosen_severity_on() -> None:
    findings = (finding("w"), finding("e", severity="error"), finding("n", severity="info"))
    for fail_on, failures in (("error", 1), ("warning", 2), ("info", 3), ("never", 0)):
        suite = ElementTree.fromstring(render("junit", Report(findings, fail_on=fail_on)))  # type: ignore[arg-type]
        assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == (
            "3",
            str(failures),
            str(3 - failures),
        )
        assert len(suite.findall(".//failure")) == failures
    assert ElementTree.fromstring(render("junit", Report(()))).get("tests") == "1"


def test_markdown_folds_the_notes_away(report: Report) -> None:
    shown = render("markdown", report)
    assert shown.startswith("**topology check**: 26 warnings, ")
    assert "<details>" in shown and "1 suppressed" in shown


@settings(max_examples=60)
@given(st.text(max_size=30), st.text(max_size=20))
def test_no_text_breaks_out_of_a_format(message: str, name: str) -> None:
    try:
        (message + name).encode()
    except UnicodeEncodeError:
        return
    made = Report((finding(message, file=name or "f"),), texts={name or "f": "a\nb\n"})
    ElementTree.fromstring(render("junit", made))
    Sarif.model_validate(json.loads(render("sarif", made)))
    assert len(render("github", made).splitlines()) == 1 or not re.search("[\n\r]", render("github", made).rstrip("\n"))
    assert len(render("text", made).split("\n")) == 2
    assert json.loads(render("json", made))["findings"][0]["message"] == message
    assert len([line for line in render("markdown", made).split("\n") if line.startswith("|")]) == 3
