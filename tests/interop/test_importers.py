"""Importers: shapes made up after the real ones, bad input, and the same import twice."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.helpers import run
from tests.conftest import organisation_of
from topology.delivery import load_events
from topology.delivery.contacts import read_contacts
from topology.graph.observed import CHANNELS
from topology.interop import Imported, InputError, Who, merge
from topology.interop.documents import objects
from topology.interop.events import datadog, devlake, github, gitlab, jira, webhook
from topology.interop.events.github import Wanted

MODEL = """version: 1
people:
  ann: {accounts: {github: ann-dev, gitlab: anna}}
  bob: {}
teams:
  checkout:
    name: Checkout
    members: [ann, bob]
    services: {checkout-web: {repositories: [lumio/checkout]}}
"""
WHO = Who(organisation_of(MODEL))
API = "https://api.github.com/repos/lumio/checkout"
DEPLOYMENT = {"id": 42, "sha": "a84d", "environment": "production", "created_at": "2026-01-12T15:45:00Z", "statuses_url": f"{API}/deployments/42/statuses",
              "repository_url": API, "payload": "{}", "new_field": {"x": 1}}  # fmt: skip


def status(state: str, at: str) -> dict[str, Any]:
    return {"id": 1, "state": state, "created_at": at, "deployment_url": f"{API}/deployments/42", "log_url": ""}


PULL = {"number": 4, "state": "closed", "user": {"login": "ann-dev", "type": "User"}, "created_at": "2026-01-10T09:00:00Z",
        "merged_at": "2026-01-12T15:40:00Z", "merge_commit_sha": "a84d", "labels": [{"name": "bug"}], "url": f"{API}/pulls/4", "commits": 3,
        "base": {"repo": {"full_name": "lumio/checkout"}}}  # fmt: skip
REVIEW = {"id": 9, "user": {"login": "bob", "type": "User"}, "state": "APPROVED", "submitted_at": "2026-01-11T09:00:00Z", "pull_request_url": f"{API}/pulls/4"}  # fmt: skip
GH_PULL = {"number": 5, "state": "MERGED", "author": {"is_bot": True, "login": "app/dependabot"}, "createdAt": "2026-01-10T09:00:00Z",
           "mergedAt": "2026-01-11T15:40:00Z", "mergeCommit": {"oid": "ffff"}, "labels": [], "additions": 1, "deletions": 1,
           "commits": [{"oid": "5", "authoredDate": "2026-01-10T08:00:00Z"}], "reviews": [{"author": {"login": "ann-dev"}, "submittedAt": "2026-01-11T08:00:00Z", "state": "APPROVED"}]}  # fmt: skip


def write(folder: Path, *documents: Any, name: str = "saved.json") -> Path:
    file = folder / name
    file.write_text("\n".join(json.dumps(one) for one in documents), "utf-8")
    return file


def rows(imported: Imported, table: str) -> list[dict[str, str]]:
    return imported.tables.get(table, [])


def test_github_s_inactive_means_superseded_and_not_failed() -> None:
    found = github.read(
        [DEPLOYMENT, status("inactive", "2026-01-20T10:00:00Z"), status("success", "2026-01-12T15:50:00Z")], WHO
    )
    (deployment,) = rows(found, "deployments")
    assert (deployment["result"], deployment["finished_at"], deployment["service"]) == (
        "success",
        "2026-01-12T15:50:00Z",
        "checkout-web",
    )


def test_github_s_deployment_without_a_final_status_is_left_out_and_said() -> None:
    found = github.read([DEPLOYMENT, status("in_progress", "2026-01-12T15:50:00Z")], WHO)
    assert rows(found, "deployments") == []
    assert found.left_out == {
        "deployments without a final status (success, failure, error): import their statuses too": 1
    }


def test_github_accounts_become_people_and_programs_stay_what_they_are() -> None:
    found = github.read([PULL, REVIEW, GH_PULL], WHO, Wanted("lumio/checkout"))
    person, program = rows(found, "changes")
    assert (person["author"], person["reviewers"], person["first_review_at"]) == ("ann", "bob", "2026-01-11T09:00:00Z")
    assert (program["author"], program["reviewers"], program["first_commit_at"]) == (
        "dependabot",
        "ann",
        "2026-01-10T08:00:00Z",
    )


def test_a_squash_merge_keeps_the_first_commit_of_the_pull_request() -> None:
    found = github.read(
        [{**GH_PULL, "commits": [*GH_PULL["commits"], {"oid": "6", "authoredDate": "2026-01-09T08:00:00Z"}]}], WHO
    )
    assert rows(found, "changes")[0]["first_commit_at"] == "2026-01-09T08:00:00Z"


def test_pages_documents_after_each_other_and_slurped_pages_are_the_same(tmp_path: Path) -> None:
    runs = [{"id": i, "name": "Deploy", "run_number": i, "conclusion": "success", "updated_at": "2026-01-12T15:50:00Z", "html_url": "https://github.com/lumio/checkout/actions/1"} for i in (1, 2)]  # fmt: skip
    pages = [{"total_count": 2, "workflow_runs": [run]} for run in runs]
    for name, documents in (("one", [pages]), ("after", pages), ("flat", [runs]), ("pages of pages", [[runs]])):
        found = github.read(
            objects(write(tmp_path, *documents, name=f"{name}.json")), WHO, Wanted(deployments_from="runs")
        )
        assert [row["id"] for row in rows(found, "deployments")] == [
            "github:lumio/checkout/runs/1",
            "github:lumio/checkout/runs/2",
        ], name


def test_github_releases_and_labelled_issues() -> None:
    release = {
        "tagName": "v1",
        "isDraft": False,
        "isPrerelease": False,
        "publishedAt": "2026-01-12T15:50:00Z",
        "name": "v1",
        "createdAt": "2026-01-12T15:50:00Z",
    }
    draft = {**release, "publishedAt": "0001-01-01T00:00:00Z", "isDraft": True}
    issue = {
        "number": 7,
        "title": "down",
        "labels": [{"name": "Incident"}],
        "created_at": "2026-01-13T10:00:00Z",
        "closed_at": None,
        "url": f"{API}/issues/7",
    }
    found = github.read(
        [release, draft, issue, {**issue, "number": 8, "labels": []}],
        WHO,
        Wanted("lumio/checkout", deployments_from="releases"),
    )
    assert [row["id"] for row in rows(found, "deployments")] == ["github:lumio/checkout@v1"]
    assert [(row["id"], row.get("resolved_at")) for row in rows(found, "incidents")] == [
        ("github:lumio/checkout#7", None)
    ]


def test_gitlab() -> None:
    deployment = {"id": 41, "iid": 1, "ref": "main", "sha": "99d0", "status": "success", "updated_at": "2026-01-12T15:45:12.414Z", "environment": {"name": "production"},
                  "deployable": {"status": "failed", "finished_at": "2026-01-12T16:45:10.000+01:00", "pipeline": {"web_url": "https://gitlab.example/lumio/checkout/-/pipelines/36"}}}  # fmt: skip
    created = {**deployment, "id": 42, "deployable": None}
    change = {"iid": 1, "state": "merged", "author": {"username": "anna"}, "reviewers": [{"username": "bob"}, {"username": "anna"}], "created_at": "2026-01-11T10:00:00Z",
              "merged_at": "2026-01-12T10:00:00Z", "merge_commit_sha": None, "squash_commit_sha": "99d0", "labels": ["bug"], "references": {"full": "lumio/checkout!1"}}  # fmt: skip
    incident = {
        "iid": 3,
        "issue_type": "incident",
        "severity": "UNKNOWN",
        "created_at": "2026-01-12T18:00:00Z",
        "closed_at": None,
        "references": {"full": "lumio/checkout#3"},
    }
    found = gitlab.read(
        [deployment, created, {**deployment, "status": "canceled"}, change, incident, {"x": 1}],
        WHO,
        gitlab.Wanted("lumio/checkout"),
    )
    first, second = rows(found, "deployments")
    assert (first["finished_at"], first["result"], first["service"]) == (
        "2026-01-12T15:45:10Z",
        "success",
        "checkout-web",
    )
    assert second["finished_at"] == "2026-01-12T15:45:12Z"
    assert (rows(found, "changes")[0]["author"], rows(found, "changes")[0]["reviewers"]) == ("ann", "bob")
    assert rows(found, "incidents")[0]["service"] == "checkout-web"
    assert found.left_out == {
        "deployments that were canceled or are not over": 1,
        "objects of another kind (with x)": 1,
    }


JIRA = ('Summary,Issue key,Issue id,Issue Type,Status,Created,Resolved,Due date,Labels,Labels,Description,Component/s,Status Category\n'
        'Pay,SHOP-2,1,Story,Done,12/Jan/26 3:45 PM,13/janv./26 09:00,,api,web,"line 1\nline 2, ""q""",Checkout,Done\n'
        'Fix,SHOP-3,2,Bug,To Do,2026-01-12 16:38,,,,,,checkout,To Do\n'
        'Upgrade,SHOP-4,3,Task,To Do,14/Mär/26 08:00,,,tech-debt,,,Checkout,To Do,surplus\n'
        'Down,SHOP-5,4,Incident,Done,14/Mar/26 08:00 AM,14/Mar/26 09:00 AM,,,,,,Done\n'
        'Odd,SHOP-6,5,Task,To Do,tomorrow,,,,,,Checkout,To Do\n'
        'Other,SHOP-7,6,Task,To Do,14/Mar/26 08:00 AM,,,,,,Marketing,To Do\n')  # fmt: skip


def test_jira_with_repeated_headers_dates_of_three_languages_and_bad_rows(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(b"\xef\xbb\xbf" + JIRA.encode())
    found = jira.read(file, WHO, "Europe/Paris")
    assert [(r["id"], r["flow_type"], r["created_at"], r.get("done_at", "")) for r in rows(found, "work_items")] == [
        ("jira:SHOP-2", "feature", "2026-01-12T14:45:00Z", "2026-01-13T08:00:00Z"),
        ("jira:SHOP-3", "defect", "2026-01-12T15:38:00Z", ""),
        ("jira:SHOP-4", "debt", "2026-03-14T07:00:00Z", ""),
    ]
    assert [r["id"] for r in rows(found, "incidents")] == ["jira:SHOP-5"]
    assert sum(found.left_out.values()) == 2
    assert any("tomorrow" in reason for reason in found.left_out)
    assert any("Marketing" in reason for reason in found.left_out)


@pytest.mark.parametrize(
    "text", ["12/Jan/26 3:45 PM", "12/janv./26 15:45", "12. Jan. 2026 15:45", "2026-01-12 15:45", "12/JAN/2026 15:45"]
)
def test_one_moment_in_several_ways_of_writing(text: str) -> None:
    assert jira.parse_date(text, ZoneInfo("UTC")) == dt.datetime(2026, 1, 12, 15, 45, tzinfo=dt.UTC)


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = jira.parse_date(text, ZoneInfo("UTC"))
    assert found is None or found.tzinfo is not None


def test_datadog_events_as_sent_and_as_listed() -> None:
    sent = {
        "data": {
            "attributes": {
                "service": "checkout-web",
                "started_at": 1693491974000000000,
                "finished_at": 1693491984000000000,
                "git": {"commit_sha": "66ad"},
                "env": "production",
                "id": "0123456789abcdef",
            }
        }
    }
    listed = {"data": [{"id": "abc", "type": "dora_deployment", "attributes": {"service": "checkout-web", "started_at": "2023-08-31T14:26:14Z", "finished_at": "2023-08-31T14:26:24Z"}},
                       {"id": "f1", "type": "dora_failure", "attributes": {"services": ["checkout-web"], "started_at": 1693491974, "severity": "SEV-1"}}, {"id": "x", "type": "dora_deployment", "attributes": {"service": "s"}}]}  # fmt: skip
    found = datadog.read([one for document in (sent, listed) for one in _objects(document)], WHO)
    assert [r["finished_at"] for r in rows(found, "deployments")] == ["2023-08-31T14:26:24Z"] * 2
    assert rows(found, "incidents")[0]["opened_at"] == "2023-08-31T14:26:14Z"
    assert found.left_out == {"deployments without finished_at": 1}


def _objects(document: Any) -> list[dict[str, Any]]:
    from topology.interop.documents import _flat

    return list(_flat(document))


def test_devlake_s_webhook() -> None:
    deployment = {"id": "d1", "startedDate": "2026-01-12T15:40:00Z", "finishedDate": "2026-01-12T15:45:00Z", "environment": "PRODUCTION",
                  "deploymentCommits": [{"repoUrl": "https://x.example/lumio/checkout", "commitSha": "015e", "startedDate": "2026-01-12T15:40:00Z", "finishedDate": "2026-01-12T15:45:00Z"}]}  # fmt: skip
    issue = {
        "issueKey": "DLK-1",
        "title": "t",
        "type": "INCIDENT",
        "status": "DONE",
        "createdDate": "2026-01-12T15:00:00Z",
        "resolutionDate": None,
    }
    found = webhook.read(
        [
            deployment,
            issue,
            {**issue, "type": "TASK"},
            {"id": "x", "startedDate": "y", "deploymentCommits": []},
            {"z": 1},
        ],
        WHO,
    )
    assert [(r["service"], r["environment"]) for r in rows(found, "deployments")] == [("checkout-web", "production")]
    assert [r["id"] for r in rows(found, "incidents")] == ["webhook:DLK-1"]
    assert sum(found.left_out.values()) == 3


def test_a_database_of_devlake(tmp_path: Path) -> None:
    """A DuckDB file stands for the server: the same URL reader, the same tables."""
    file = tmp_path / "lake.duckdb"
    with duckdb.connect(str(file)) as lake:
        lake.execute(
            "CREATE TABLE cicd_deployment_commits AS SELECT * FROM (VALUES ('d1','SUCCESS','PRODUCTION',TIMESTAMP '2026-01-12 15:40',TIMESTAMP '2026-01-12 15:45','a84d','https://x.example/lumio/checkout'), ('d1','SUCCESS','PRODUCTION',TIMESTAMP '2026-01-12 15:40',TIMESTAMP '2026-01-12 15:45','b','https://x.example/lumio/checkout')) t(cicd_deployment_id,result,environment,started_date,finished_date,commit_sha,repo_url)"
        )
        lake.execute(
            "CREATE TABLE pull_requests AS SELECT 'p1' AS id, 'anna' AS author_name, TIMESTAMP '2026-01-10 10:00' AS created_date, TIMESTAMP '2026-01-12 10:00' AS merged_date, 'a84d' AS merge_commit_sha, 'https://x.example/lumio/checkout/pull/4' AS url"
        )
        lake.execute(
            "CREATE TABLE issues AS SELECT 'i1' AS id, 'INCIDENT' AS type, TIMESTAMP '2026-01-12 18:00' AS created_date, NULL::TIMESTAMP AS resolution_date, 'high' AS severity"
        )
    found = devlake.read(str(file), WHO)
    assert [(r["id"], r["service"]) for r in rows(found, "deployments")] == [("devlake:d1", "checkout-web")]
    assert (rows(found, "changes")[0]["author"], rows(found, "changes")[0]["service"]) == ("ann", "checkout-web")
    assert [r["id"] for r in rows(found, "incidents")] == ["devlake:i1"]
    with duckdb.connect(str(tmp_path / "other.duckdb")):
        pass
    with pytest.raises(InputError, match="no database of DevLake"):
        devlake.read(str(tmp_path / "other.duckdb"), WHO)


# -- into the folder -----------------------------------------------------------------------------------------------


def test_the_same_import_twice_changes_nothing(tmp_path: Path) -> None:
    documents = [DEPLOYMENT, status("success", "2026-01-12T15:50:00Z"), PULL, REVIEW, GH_PULL]
    merge(github.read(documents, WHO, Wanted("lumio/checkout")), tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    reports = merge(github.read(documents, WHO, Wanted("lumio/checkout")), tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    assert [(r.table, r.new, r.changed, r.same) for r in reports] == [("deployments", 0, 0, 1), ("changes", 0, 0, 2)]


def test_what_people_filled_in_stays(tmp_path: Path) -> None:
    (tmp_path / "deployments.csv").write_text(
        "id,service,finished_at,result,unplanned,mine\n42,checkout-web,2026-01-12T15:51:00Z,success,yes,x\n1,old,2026-01-01T00:00:00Z,success,,\n"
    )
    merge(github.read([DEPLOYMENT, status("failure", "2026-01-12T15:50:00Z")], WHO), tmp_path)
    with (tmp_path / "deployments.csv").open() as handle:
        first, second = csv.DictReader(handle)
    # (An earlier version wrote the id 42; a file that is not in the order of its times keeps its own.)
    assert (first["id"], first["unplanned"], first["mine"], first["result"], second["id"]) == (
        "github:lumio/checkout/deployments/42", "yes", "x", "failure", "1",
    )  # fmt: skip


def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "deployments.csv").write_bytes(b"id,service\n1,caf\xe9\n")
    with pytest.raises(InputError, match="nothing is added"):
        merge(github.read([DEPLOYMENT, status("success", "2026-01-12T15:51:00Z")], WHO), tmp_path)
    assert (tmp_path / "deployments.csv").read_bytes() == b"id,service\n1,caf\xe9\n"


def test_what_is_imported_loads_without_a_word_and_reviews_become_contacts(tmp_path: Path) -> None:
    merge(github.read([DEPLOYMENT, status("success", "2026-01-12T15:50:00Z"), PULL, REVIEW], WHO), tmp_path)
    events = load_events(tmp_path)
    assert [one for one in events.report.files if one.error or one.left_out or one.ignored or one.unreadable] == []
    contacts = read_contacts(events)
    assert contacts is not None
    (week,), (source,), (target,), (kind,) = contacts.week, contacts.source, contacts.target, contacts.kind
    assert dt.date.fromordinal(int(week)) == dt.date(2026, 1, 12)
    assert (contacts.names[source], contacts.names[target], CHANNELS[kind], list(contacts.weight)) == (
        "bob",
        "ann",
        "review",
        [1.0],
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [(b'[{"id": 1}, {"id', "saved.json:1: it is no JSON, or was cut off"), (b"caf\xe9", "it is not UTF-8 text (byte 3)"), (b"[" * 100_000, "it is no JSON"), (b"", "Nothing to import")],
    ids=["truncated", "latin-1", "deep", "empty"],
)  # fmt: skip
def test_a_broken_file_is_said_with_its_place_and_nothing_is_written(
    tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "squads.yaml").write_text(MODEL)
    (tmp_path / "saved.json").write_bytes(content)
    result = run("import", "github", str(tmp_path / "saved.json"), "--model", str(tmp_path / "squads.yaml"))
    assert result.exit_code == 1
    assert message in result.stderr
    assert not (tmp_path / "data").exists()


def test_the_command_says_what_became_of_every_object(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(MODEL)
    file = write(tmp_path, [DEPLOYMENT, status("success", "2026-01-12T15:50:00Z"), {"odd": 1}])
    options = ["--model", str(tmp_path / "squads.yaml")]
    dry = run("import", "github", str(file), *options, "--dry-run")
    assert dry.output.startswith("would write deployments.csv: 1 new")
    assert not (tmp_path / "data").exists()
    result = run("import", "github", str(file), *options)
    assert "deployments.csv: 1 new, 0 changed, 0 as before" in result.output
    assert "left out: 1 objects of another kind" in result.stderr


# -- odd shapes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"user": "ann"}, {"merge_commit_sha": None, "mergeCommit": "x"}, {"labels": ["bug"]}, {"labels": 5}, {"reviews": 3}, {"commits": ["x"]}, {"number": None}, {"merged_at": float("inf")},
     {"merged_at": float("nan")}, {"merged_at": "9999-12-31T23:59:59-05:00"}],
)  # fmt: skip
def test_an_object_of_another_shape_is_counted_and_the_rest_goes_on(change: dict[str, Any]) -> None:
    found = github.read([{**PULL, **change}, {**PULL, "number": 9}], WHO)
    kept = [row["id"] for row in rows(found, "changes")]
    assert kept[-1] == "github:lumio/checkout#9"
    assert len(kept) + sum(found.left_out.values()) >= 2


def test_a_deleted_account_is_nobody() -> None:
    (change,) = rows(github.read([{**PULL, "user": None}], WHO), "changes")
    assert "author" not in change


def test_the_same_number_in_two_repositories_is_two_changes() -> None:
    other = {**PULL, "url": "https://api.github.com/repos/lumio/other/pulls/4"}
    assert [row["id"] for row in rows(github.read([PULL, other], WHO), "changes")] == [
        "github:lumio/checkout#4",
        "github:lumio/other#4",
    ]


def test_without_a_repository_or_a_service_nothing_is_guessed() -> None:
    found = github.read([{"number": 4, "merged_at": "2026-01-12T15:40:00Z", "tag_name": None}], WHO)
    assert rows(found, "changes") == []
    assert sum(found.left_out.values()) == 1


def test_a_table_whose_columns_have_other_names_is_not_added_to(tmp_path: Path) -> None:
    (tmp_path / "deployments.csv").write_text(
        "deployment_id,service,finished_at,result\nx1,s,2026-01-01T00:00:00Z,success\n"
    )
    with pytest.raises(InputError, match="the column id stand there under another name"):
        merge(github.read([DEPLOYMENT, status("success", "2026-01-12T15:51:00Z")], WHO), tmp_path)


def test_a_failure_of_two_services_is_one_incident_of_both() -> None:
    found = datadog.read(
        [{"type": "dora_failure", "id": "f1", "attributes": {"services": ["s1", "s2"], "started_at": 1768000000}}], WHO
    )
    assert [(row["id"], row["service"]) for row in rows(found, "incidents")] == [("datadog:f1", "s1;s2")]


def test_a_label_is_a_flow_type_only_as_a_whole_word() -> None:
    assert [jira.flow_type("Story", [label]) for label in ("default-theme", "debug-menu", "tech-debt", "security")] == [
        "feature",
        "feature",
        "debt",
        "risk",
    ]
