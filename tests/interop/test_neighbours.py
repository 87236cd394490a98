"""What an import must not get wrong, beside the recorded inputs: each case is the neighbour of an example of the specification."""

from __future__ import annotations

import datetime as dt
import json
from itertools import permutations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import organisation_of
from topology.delivery.profile import is_usual
from topology.delivery.resolutions import is_dropped
from topology.interop import Imported, InputError, Who, merge
from topology.interop.dates import orders_of, parse_date
from topology.interop.events import datadog, devlake, github, gitlab, jira, webhook
from topology.interop.events.github import Wanted
from topology.interop.imported import _names
from topology.interop.jira_words import columns_of, flow_type, is_done, level_of
from topology.source.settings import ImportSettings, JiraSettings

TEAMS = """version: 1
people:
  kit: {accounts: {github: [kit-dev, kit-ops], gitlab: kit-gl}}
  mo: {accounts: {github: mo-dev, gitlab: mo-gl}}
  cleo: {accounts: {github: claude}}
teams:
  cart: {name: Cart, members: [kit, mo, cleo], services: {cart-web: {repositories: [nimbus/cart, nimbus/cart-ui]}}}
  pay: {name: Pay, services: {pay-api: {repositories: [nimbus/pay]}}}
"""
MONO = TEAMS.replace("nimbus/cart, nimbus/cart-ui", "nimbus/mono").replace("nimbus/pay", "nimbus/mono")
WHO, SHARED = Who(organisation_of(TEAMS)), Who(organisation_of(MONO))
API = "https://api.github.com/repos/nimbus"
PULL = {
    "number": 1,
    "url": f"{API}/cart/pulls/1",
    "merged_at": "2026-03-03T10:00:00Z",
    "created_at": "2026-03-03T07:00:00Z",
}
UTC = ZoneInfo("UTC")


def only(found: Imported, table: str) -> dict[str, str]:
    (row,) = found.tables[table]
    return row


def merged(folder: Path, table: str, *imports: Imported) -> list[dict[str, str]]:
    """The rows after imports one after the other."""
    import csv

    for one in imports:
        merge(one, folder)
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


# -- ids, order, what a source takes back ---------------------------------------------------------------------------------


def test_a_merge_request_of_several_deployments_names_them_all_in_any_order(tmp_path: Path) -> None:
    request = {
        "iid": 1,
        "merged_at": "2026-03-03T10:00:00Z",
        "web_url": "https://gitlab.com/nimbus/cart/-/merge_requests/1",
    }
    lists = [gitlab.read([{"deployment_id": number, "merge_requests": [request]}], WHO) for number in (10, 12, 11)]
    told = {
        merged(tmp_path / str(index), "changes", *order)[0]["deployment_id"]
        for index, order in enumerate(permutations(lists))
    }
    assert told == {";".join(f"gitlab:nimbus/cart/deployments/{number}" for number in (10, 11, 12))}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            {"closed_at": "2026-03-03T11:00:00Z", "state_reason": "not_planned"},
            {"closed_at": None, "state_reason": "reopened"},
        ),
        (
            {"closed_at": "2026-03-03T11:00:00Z", "state_reason": "duplicate"},
            {"closed_at": "2026-03-03T15:00:00Z", "state_reason": "completed"},
        ),
    ],
)
def test_an_incident_that_was_closed_for_nothing_and_is_taken_up_again_counts_again(
    tmp_path: Path, first: Any, then: Any
) -> None:
    issue = {
        "number": 7,
        "labels": [{"name": "incident"}],
        "created_at": "2026-03-03T10:00:00Z",
        "url": f"{API}/cart/issues/7",
    }
    imports = [github.read([{**issue, **state}], WHO) for state in (first, then)]
    assert not merged(tmp_path, "incidents", *imports)[0].get("resolution")


@pytest.mark.parametrize("host", ["acme.ghe.com", "api.acme.ghe.com"])
def test_one_deployment_has_one_id_whatever_address_it_came_by(host: str) -> None:
    repository = (
        "https://acme.ghe.com/Nimbus/Cart"
        if not host.startswith("api")
        else "https://api.acme.ghe.com/repos/nimbus/cart"
    )
    deployment = {"id": 5, "sha": "a", "environment": "production", "url": f"{repository}/deployments/5",
                  "statuses": [{"state": "success", "created_at": "2026-03-03T10:00:00Z"}]}  # fmt: skip
    assert only(github.read([deployment], WHO), "deployments")["id"] == "github:acme.ghe.com/nimbus/cart/deployments/5"


def test_a_gitlab_deployment_without_a_job_is_of_the_host_of_its_user() -> None:
    one = {"id": 9, "iid": 1, "status": "success", "environment": {"name": "production"}, "deployable": None, "updated_at": "2026-03-03T10:00:00Z",
           "user": {"web_url": "https://git.corp/mo"}}  # fmt: skip
    found = gitlab.read([one], WHO, gitlab.Wanted("nimbus/cart"))
    assert only(found, "deployments")["id"] == "gitlab:git.corp/nimbus/cart/deployments/9"


def test_an_issue_of_two_projects_and_a_deployment_to_two_environments_are_two_rows(tmp_path: Path) -> None:
    issue = {"issueKey": "1", "type": "INCIDENT", "createdDate": "2026-03-03T10:00:00Z"}
    imports = [webhook.read([issue], Who(WHO.organisation, service)) for service in ("cart-web", "pay-api")]
    assert len(merged(tmp_path, "incidents", *imports)) == 2
    sent = [
        {"id": "17", "name": "cart-web", "environment": env, "finishedDate": "2026-03-03T10:00:00Z"}
        for env in ("PRODUCTION", "STAGING")
    ]
    assert len({row["id"] for row in webhook.read(sent, WHO).tables["deployments"]}) == 2


def test_events_of_datadog_without_id_in_two_environments_are_two() -> None:
    sent = [
        {"service": "cart-web", "started_at": 1693491974, "finished_at": 1693491984, "env": env}
        for env in ("prod", "staging")
    ]
    assert len({row["id"] for row in datadog.read(sent, WHO).tables["deployments"]}) == 2


@pytest.mark.parametrize(
    "event", [{"team": "cart", "name": "down"}, {"service": "cart-web", "name": "down", "finished_at": 1693491984}]
)
def test_a_failure_of_datadog_is_no_deployment(event: dict[str, Any]) -> None:
    assert list(datadog.read([{**event, "env": "prod", "started_at": 1693491974}], WHO).tables) == ["incidents"]


def test_a_pull_request_of_two_projects_has_the_word_of_the_one_that_knows() -> None:
    pulls = [
        {
            "id": "p1",
            "base_repo_id": "r",
            "url": "https://github.com/nimbus/cart/pull/1",
            "merged_date": dt.datetime(2026, 3, 3, tzinfo=dt.UTC),
            "author_name": "x",
        }
    ]
    told = {"id": "p1", "pr_deployed_date": dt.datetime(2026, 3, 4, tzinfo=dt.UTC)}
    blank = {"id": "p1"}

    def rows(metrics: list[dict[str, Any]]) -> Any:
        tables = {"cicd_deployment_commits": [], "pull_requests": pulls, "project_pr_metrics": metrics}
        return lambda table, columns: (
            None if table not in tables else [{**dict.fromkeys(columns), **row} for row in tables[table]]
        )

    found = {
        only(devlake.from_rows(rows(order), WHO), "changes")["deployed_at"] for order in ([told, blank], [blank, told])
    }
    assert found == {"2026-03-04T00:00:00Z"}


# -- which service, which branch --------------------------------------------------------------------------------------------


def run(repository: str, branch: str, number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, "run_number": number, "name": "Deploy", "event": "push", "head_branch": branch, "conclusion": "success",
            "updated_at": "2026-03-03T10:00:00Z", "url": f"{API}/{repository}/actions/runs/{number}", **more}  # fmt: skip


def test_each_repository_has_a_default_branch_of_its_own() -> None:
    runs = [
        run("cart", "main", 1),
        run("cart", "main", 2),
        run("pay", "master", 3),
        run("pay", "master", 4),
        run("pay", "wip", 5),
    ]
    found = github.read(runs, WHO, Wanted(deployments_from="runs"))
    assert [row["service"] for row in found.tables["deployments"]] == ["cart-web", "cart-web", "pay-api", "pay-api"]


def test_free_text_names_no_service() -> None:
    titled = run("mono", "main", 1, name="Deploy cart-web", display_title="Stop cart-web calling pay-api twice")
    assert only(github.read([titled], SHARED, Wanted(deployments_from="runs")), "deployments")["service"] == "cart-web"
    sent = {"id": "1", "name": "deploy cart-web", "displayTitle": "stop calling pay-api", "finishedDate": "2026-03-03T10:00:00Z",
            "deploymentCommits": [{"repoUrl": "https://github.com/nimbus/mono"}]}  # fmt: skip
    assert only(webhook.read([sent], SHARED), "deployments")["service"] == "cart-web"


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("deploy:cart-web", True), ("cart_web-production", True), ("prod-eu-cart-web", True), ("cart-web/eu-west-1", True),
        ("cart-web-legacy", False), ("not-cart-web", False), ("cart-webs", False), ("cart-web-2", True), ("area: cart-web", True),
    ],
)  # fmt: skip
def test_a_word_names_a_service_that_stands_in_it_for_itself(word: str, named: bool) -> None:
    assert _names(word, "cart-web") is named


@pytest.mark.parametrize("repository", ["stranger/cart-web", "archive/nimbus/cart"])
def test_another_repository_of_the_same_name_is_nobody_s(repository: str) -> None:
    deployment = {"id": 5, "sha": "a", "environment": "production", "url": f"https://api.github.com/repos/{repository}/deployments/5",
                  "statuses": [{"state": "success", "created_at": "2026-03-03T10:00:00Z"}]}  # fmt: skip
    request = {"iid": 1, "merged_at": "2026-03-03T10:00:00Z", "references": {"full": f"{repository}!1"}}
    for found in (github.read([deployment], WHO), gitlab.read([request], WHO)):
        ((row,),) = found.tables.values()
        assert WHO.organisation.find_service(row["service"]) is None
    assert any(repository in note for note in gitlab.read([request], WHO).notes)


@pytest.mark.parametrize("order", list(permutations(("deploy", "deploy:cart", "other"))))
def test_a_word_of_the_settings_means_the_same_whatever_came_before(order: tuple[str, ...]) -> None:
    who = Who(WHO.organisation, settings=ImportSettings(map={"deploy:cart*": "cart-web"}))
    deployments = [
        {"id": index, "sha": "a", "task": task, "environment": "production", "url": f"{API}/infra/deployments/{index}",
         "statuses": [{"state": "success", "created_at": "2026-03-03T10:00:00Z"}]}
        for index, task in enumerate(order)
    ]  # fmt: skip
    found = github.read(deployments, who).tables["deployments"]
    assert {row["id"]: row["service"] for row in found}[
        f"github:nimbus/infra/deployments/{order.index('deploy:cart')}"
    ] == "cart-web"
    assert sorted(row["service"] for row in found) == ["cart-web", "infra", "infra"]


def test_a_comment_on_a_pull_request_is_no_incident_and_other_objects_are_counted_by_kind() -> None:
    comment = {"action": "created", "issue": {"number": 5, "pull_request": {}, "labels": [{"name": "incident"}], "created_at": "2026-03-03T10:00:00Z"},
               "repository": {"full_name": "nimbus/cart"}}  # fmt: skip
    commit, strange = {"sha": "a", "commit": {"message": "x"}}, {"alpha": 1, "beta": 2}
    found = github.read([comment, commit, strange], WHO)
    assert found.tables == {}
    assert found.left_out == {
        "comments on pull requests": 1,
        "commits of pull requests": 1,
        "objects of another kind (with alpha, beta)": 1,
    }


# -- production -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["eu-prod-1", "aws-prod-eu", "prod1", "PRD_EU", "live_us", "prd/eu", "eu/live", "Live EU", "cart-production-eu", "production.eu-west-1",
     "prod:eu", "Production – my-app", "prod"],
)  # fmt: skip
def test_regional_names_of_production(name: str) -> None:
    assert is_usual(name)


@pytest.mark.parametrize(
    "name",
    [
        "preprod",
        "pre-prod",
        "non_production",
        "production-mirror",
        "prod-test",
        "staging",
        "products",
        "delivery",
        "dev",
    ],
)
def test_names_that_are_not_production(name: str) -> None:
    assert not is_usual(name)


def test_the_name_of_a_service_says_nothing_of_its_environment() -> None:
    assert is_usual("dev-portal-production", ["dev-portal"])
    assert not is_usual("dev-portal-staging", ["dev-portal"])


@pytest.mark.parametrize("word", ["FAILED", "ERROR", "timed out"])
def test_results_in_the_words_of_any_tool(word: str) -> None:
    sent = {"id": "1", "name": "cart-web", "result": word, "finishedDate": "2026-03-03T10:00:00Z"}
    assert only(webhook.read([sent], WHO), "deployments")["result"] == "failure"
    assert only(webhook.read([{**sent, "result": "Succeeded"}], WHO), "deployments")["result"] == "success"


# -- people and programs ------------------------------------------------------------------------------------------------------


def review(login: str, at: str, **more: Any) -> dict[str, Any]:
    return {"user": {"login": login, **more}, "submitted_at": f"2026-03-03T{at}:00Z"}


def test_nobody_reviews_their_own_change_by_another_account() -> None:
    change = {**PULL, "user": {"login": "kit-dev"}, "reviews": [review("kit-ops", "09:05"), review("mo-dev", "09:30")]}
    row = only(github.read([change], WHO), "changes")
    assert (row["reviewers"], row["first_review_at"]) == ("mo", "2026-03-03T09:30:00Z")


def test_an_account_that_the_file_gives_to_somebody_is_no_program_and_a_placeholder_of_somebody_is_none_either() -> (
    None
):
    change = {**PULL, "user": {"login": "claude"}, "reviews": [review("mo-dev", "09:30", type="Mannequin")]}
    row = only(github.read([change], WHO), "changes")
    assert (row["author"], row["reviewers"]) == ("cleo", "mo")


@pytest.mark.parametrize(
    "login",
    [
        "GitLabDuo",
        "service_account_group_12_ab3f",
        "chatgpt-codex-connector",
        "kodiakhq",
        "bors-ng",
        "elasticmachine",
        "Renovate Bot",
        "x[bot]",
    ],
)
def test_programs_are_no_reviewers(login: str) -> None:
    change = {**PULL, "user": {"login": "mo-dev"}, "reviews": [review(login, "09:30")]}
    assert "reviewers" not in only(github.read([change], WHO), "changes")


def test_a_login_that_is_the_id_of_somebody_who_is_called_otherwise_is_a_stranger_s() -> None:
    assert only(github.read([{**PULL, "user": {"login": "mo"}}], WHO), "changes")["author"] == "github:mo"
    assert only(github.read([{**PULL, "user": {"login": "MO-dev"}}], WHO), "changes")["author"] == "mo"


# -- Jira -----------------------------------------------------------------------------------------------------------------------


def csv_items(tmp_path: Path, text: str, settings: JiraSettings | None = None) -> Imported:
    file = tmp_path / "jira.csv"
    file.write_text(text, "utf-8")
    return jira.read(
        file, Who(WHO.organisation, settings=ImportSettings(jira=settings or JiraSettings())), "UTC", "cart"
    )


@pytest.mark.parametrize(
    ("status", "done"),
    [("Released", True), ("Terminé(e)", True), ("Zakończony", True), ("Itens concluídos", True), ("Rolled out in Norway", True),
     ("Reopened", False), ("Wiedereröffnet", False), ("En cours", False), ("Te doen", False)],
)  # fmt: skip
def test_an_item_with_a_date_is_done_unless_its_state_says_that_it_is_open(
    tmp_path: Path, status: str, done: bool
) -> None:
    text = f"Issue key,Issue Type,Status,Resolution,Created,Resolved\nC-1,Story,{status},Done,02/Mar/26 9:00 AM,05/Mar/26 9:00 AM\n"
    assert ("done_at" in only(csv_items(tmp_path, text), "work_items")) is done


def test_a_state_that_the_settings_call_dropped_is_dropped_for_every_reader(tmp_path: Path) -> None:
    text = "Issue key,Issue Type,Status,Resolution,Created,Resolved\nC-1,Story,Archiviert,,02/Mar/26 9:00 AM,05/Mar/26 9:00 AM\n"
    row = only(csv_items(tmp_path, text, JiraSettings(states={"Archiviert": "dropped"})), "work_items")
    assert is_dropped(row["resolution"])


@pytest.mark.parametrize(
    "word",
    ["Wont-Do", "Ne sera pas resolu", "Kann nicht reproduziert werden", "No se puede reproducir", "Impossibile riprodurre", "Dubbel",
     "Não é possível reproduzir", "Kan niet reproduceren", "Nie do naprawienia", "Working as intended"],
)  # fmt: skip
def test_words_for_what_was_closed_without_being_done(word: str) -> None:
    assert is_dropped(word)


def test_a_resolution_that_nobody_knows_counts_as_done_and_is_named(tmp_path: Path) -> None:
    text = "Issue key,Issue Type,Status,Resolution,Created,Resolved\nC-1,Story,Done,Handed over,02/Mar/26 9:00 AM,05/Mar/26 9:00 AM\n"
    assert any("Handed over" in note for note in csv_items(tmp_path, text).notes)


@pytest.mark.parametrize(
    "kind", ["[Système] Incident", "[System] Vorfall", "[Sistema] Incidente", "[System] Störung", "Incident"]
)
def test_an_incident_of_a_service_project_in_any_language(kind: str) -> None:
    assert level_of(kind, {}) == "incident"


@pytest.mark.parametrize(
    ("kind", "level"),
    [("Sub-tarefa", "sub-task"), ("Sub-taak", "sub-task"), ("Untergeordnete Aufgabe", "sub-task"), ("Technical task", "sub-task"),
     ("Sub-bug", "sub-task"), ("Initiative", "epic"), ("Story", ""), ("Bug", "")],
)  # fmt: skip
def test_levels(kind: str, level: str) -> None:
    assert level_of(kind, {}) == level
    assert kind != "Bug" or flow_type(kind, []) == "defect"


def test_the_best_header_for_a_column_counts() -> None:
    headers = ["Custom field (Type)", "Issue Type", "Real end", "Resolved", "Component/s", "Component/s"]
    assert columns_of(headers, {}) == {1: "type", 3: "resolved", 4: "component", 5: "component"}
    for own in ({"resolved": "Real end"}, {"Real end": "resolved"}):
        assert {index for index, column in columns_of(headers, own).items() if column == "resolved"} == {2}


@pytest.mark.parametrize(
    "text",
    [
        "12 janv. 2026 à 15:45",
        "12.01.2026 15:45 Uhr",
        "12/01/2026, ore 15:45",
        "Mo., 12. Januar 2026 15:45",
        "12/Jan/26 3:45 PM",
        "12.01.2026 03:45 nachm.",
    ],
)
def test_dates_with_the_words_around_them(text: str) -> None:
    assert parse_date(text, UTC) == dt.datetime(2026, 1, 12, 15, 45, tzinfo=UTC)


def test_each_column_of_dates_has_an_order_of_its_own() -> None:
    assert orders_of({"created": ["3/14/2026", "3/4/2026"], "due": ["15.03.2026"]}) == {
        "created": "month-first",
        "due": "day-first",
    }
    assert orders_of({"created": ["3/4/2026"], "due": ["3/14/2026"]})["created"] == "month-first"


def test_the_line_for_excel_is_no_header(tmp_path: Path) -> None:
    text = "sep=;\nIssue key;Issue Type;Created\nC-1;Story;02/Mar/26 9:00 AM\n"
    assert only(csv_items(tmp_path, text), "work_items")["id"] == "jira:C-1"


@pytest.mark.parametrize("key", ["P-1", "CA-2", "PAYMENTS-3"])
def test_the_beginning_of_a_name_is_no_team(tmp_path: Path, key: str) -> None:
    file = tmp_path / "jira.csv"
    file.write_text(f"Issue key,Issue Type,Created\n{key},Story,02/Mar/26 9:00 AM\n", "utf-8")
    assert jira.read(file, WHO, "UTC").tables == {}


def issue(
    key: str, moves: list[tuple[str, str]], status: tuple[str, str] = ("Done", "done"), **fields: Any
) -> dict[str, Any]:
    histories = [
        {"created": f"2026-03-{day}T09:00:00.000+0000", "items": [{"field": "status", "toString": state}]}
        for day, state in moves
    ]
    return {"key": key, "changelog": {"histories": histories},
            "fields": {"issuetype": {"name": "Story"}, "created": "2026-03-01T09:00:00.000+0000", "project": {"key": "cart"},
                       "status": {"name": status[0], "statusCategory": {"key": status[1]}}, **fields}}  # fmt: skip


def json_items(tmp_path: Path, *issues: dict[str, Any]) -> list[dict[str, str]]:
    file = tmp_path / "jira.json"
    file.write_text(json.dumps({"issues": list(issues)}), "utf-8")
    return jira.read(file, WHO, "UTC").tables["work_items"]


def test_the_start_of_finished_work_comes_from_its_own_changes(tmp_path: Path) -> None:
    (row,) = json_items(tmp_path, issue("C-1", [("02", "In Progress"), ("05", "Done")]))
    assert (row["started_at"], row["done_at"]) == ("2026-03-02T09:00:00Z", "2026-03-05T09:00:00Z")


def test_a_state_of_the_project_s_own_is_over_when_its_category_says_so(tmp_path: Path) -> None:
    moves = [("02", "Doing"), ("04", "Released"), ("05", "Doing"), ("06", "Released")]
    (row,) = json_items(tmp_path, issue("C-1", moves, ("Released", "done"), resolutiondate=None))
    assert (row["started_at"], row["done_at"], row["reopened_at"]) == (
        "2026-03-02T09:00:00Z", "2026-03-06T09:00:00Z", "2026-03-05T09:00:00Z",
    )  # fmt: skip


def test_what_only_the_category_s_change_tells_is_done_then(tmp_path: Path) -> None:
    (row,) = json_items(
        tmp_path, issue("C-1", [], ("Released", "done"), statuscategorychangedate="2026-03-05T09:00:00.000+0000")
    )
    assert row["done_at"] == "2026-03-05T09:00:00Z"


@pytest.mark.parametrize(
    "body", [{"errorMessages": ["No."]}, {"message": "No.", "status-code": 401}, {"code": 401, "message": "No."}]
)
def test_an_error_of_jira_is_told_as_what_it_says(tmp_path: Path, body: dict[str, Any]) -> None:
    file = tmp_path / "jira.json"
    file.write_text(json.dumps(body), "utf-8")
    with pytest.raises(InputError, match=r"No\."):
        jira.read(file, WHO, "UTC")


def test_types_that_are_done_in_every_language() -> None:
    assert all(is_done(word) for word in ("Terminé(e)", "Completado", "Gotowe", "Itens concluídos", "Done"))
