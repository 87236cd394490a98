"""Small inputs in the shapes of real tools that once came out wrong, each with the right value, and neighbours of each."""

from __future__ import annotations

import csv
import io
import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.commands.helpers import run
from tests.conftest import shared

NAMES = {
    "01": "01-first-deployment-absorbs-history", "02": "02-bot-review-first", "03": "03-base-branch", "04": "04-runs-on-branches",
    "05": "05-monorepo", "06": "06-environment-names", "07": "07-webhook-many-commits", "09": "09-jira-done",
    "17": "17-bugs-counted-as-incidents", "21": "21-team-id-reused",
}  # fmt: skip


class Input:
    """A copy of one of the folders, and what the command line makes of it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder / "input"
        shutil.copytree(shared(f"imports/{NAMES[name]}"), self.folder)
        self.data = self.folder / "data"

    def take(self, format_: str, *files: str, **options: str) -> Result:
        more = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", value)]
        paths = [str(self.folder / file) for file in files]
        return run(
            "import", format_, *paths, "--model", str(self.folder / "squads.yaml"), "--into", str(self.data), *more
        )

    def rows(self, table: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO((self.data / f"{table}.csv").read_text("utf-8"))))

    def metric(self, metric: str, day: str, *more: str, data: str = "data") -> dict[str, dict[str, Any]]:
        """{team: row} of a metric in the twelve weeks up to a day."""
        result = run(
            "metrics", str(self.folder / "squads.yaml"), "--data", str(self.folder / data), "--metric", metric, "--as-of", day,
            "--format", "json", *more,
        )  # fmt: skip
        return {row["team"]: row for row in json.loads(result.stdout or "[]")}

    def left_out(self, metric: str, day: str) -> list[tuple[str, str]]:
        result = run(
            "metrics", str(self.folder / "squads.yaml"), "--data", str(self.data), "--metric", metric, "--as-of", day, "--show", "left-out",
            "--format", "json",
        )  # fmt: skip
        return [(row["id"].rsplit("#")[-1], row["reason"]) for row in json.loads(result.stdout or "[]")]

    def settings(self, text: str) -> None:
        (self.folder / "topology.toml").write_text(text, "utf-8")

    def write(self, name: str, *objects: Any) -> str:
        (self.folder / name).write_text("\n".join(json.dumps(one) for one in objects), "utf-8")
        return name


@pytest.fixture
def of(tmp_path: Path) -> Any:
    return lambda name: Input(tmp_path, name)


# -- 01: which deployment carried a change ----------------------------------------------------------------------------


def test_old_changes_do_not_land_on_the_first_deployment_that_is_known(of) -> None:
    found = of("01")
    found.take("github", "deployments.json", "statuses.json", "pulls.json", repository="nimbus/cart")
    row = found.metric("change-lead-time", "2026-03-22")["cart"]
    assert (round(row["value"], 1), row["n"]) == (
        26.2,
        1,
    )  # (7 513 h, n 4 when each was given the first deployment known)
    assert found.metric("change-lead-time", "2026-03-22", "--definition", "gitlab")["cart"]["n"] == 1
    why = "it was merged before the first deployment of its service that is known"
    assert found.left_out("change-lead-time", "2026-03-22") == [("1", why), ("2", why), ("3", why)]


def deployments(*rows: str) -> str:
    return "id,service,finished_at,result,started_at,commit_sha,environment\n" + "".join(f"{row}\n" for row in rows)


def changes(*rows: str) -> str:
    return "id,service,merged_at,first_commit_at,merge_sha,base_branch,deployment_id\n" + "".join(
        f"{row}\n" for row in rows
    )


LINKS = [
    ("the first that started after the merge", "c,cart-web,2026-03-10T10:00:00Z,2026-03-10T09:00:00Z,,,", 3.0),
    ("one under way at the merge does not carry it", "c,cart-web,2026-03-10T11:40:00Z,2026-03-10T09:00:00Z,,,", 27.0),
    ("the commit stands before the time", "c,cart-web,2026-03-10T10:00:00Z,2026-03-10T09:00:00Z,s3,,", 27.0),
    ("the name stands before the commit", "c,cart-web,2026-03-10T10:00:00Z,2026-03-10T09:00:00Z,s3,,d2", 3.0),
    (
        "a failed one is followed by the later success of its commit",
        "c,cart-web,2026-03-10T10:00:00Z,2026-03-10T09:00:00Z,,,f",
        51.0,
    ),
    ("staging of the same commit", "c,cart-web,2026-03-10T10:00:00Z,2026-03-10T09:00:00Z,,,st", 27.0),
    ("a deployment that nobody knows", "c,cart-web,2026-03-10T10:00:00Z,2026-03-10T09:00:00Z,,,gone", None),
    ("merged after the last", "c,cart-web,2026-03-20T10:00:00Z,2026-03-20T09:00:00Z,,,", None),
]


@pytest.mark.parametrize(("change", "hours"), [case[1:] for case in LINKS], ids=[case[0] for case in LINKS])
def test_the_order_in_which_a_change_finds_its_deployment(of, change: str, hours: float | None) -> None:
    found = of("01")
    found.data.mkdir()
    (found.data / "deployments.csv").write_text(deployments(
        "d1,cart-web,2026-03-01T12:00:00Z,success,2026-03-01T11:30:00Z,s1,production",
        "d2,cart-web,2026-03-10T12:00:00Z,success,2026-03-10T11:30:00Z,s2,production",
        "st,cart-web,2026-03-10T10:30:00Z,success,2026-03-10T10:20:00Z,s3,staging",
        "d3,cart-web,2026-03-11T12:00:00Z,success,2026-03-11T11:30:00Z,s3,production",
        "f,cart-web,2026-03-11T13:00:00Z,failure,2026-03-11T12:30:00Z,s4,production",
        "d4,cart-web,2026-03-12T12:00:00Z,success,2026-03-12T11:30:00Z,s4,production",
    ))  # fmt: skip
    (found.data / "changes.csv").write_text(changes(change))
    assert found.metric("change-lead-time", "2026-03-22")["cart"]["value"] == (
        None if hours is None else pytest.approx(hours)
    )


# -- 02: programs -----------------------------------------------------------------------------------------------------


def test_a_program_s_review_is_nobody_s_first_review(of) -> None:
    found = of("02")
    found.take("github", "pulls.json", repository="nimbus/cart")
    found.take("github", "rest-pulls.json", "rest-reviews.json")
    by_id = {row["id"]: row for row in found.rows("changes")}
    assert by_id["github:nimbus/cart#11"]["first_review_at"] == "2026-03-04T09:00:00Z"
    assert by_id["github:nimbus/pay#21"]["first_review_at"] == "2026-03-04T09:00:00Z"
    assert (by_id["github:nimbus/cart#13"]["author"], by_id["github:nimbus/cart#12"]["reviewers"]) == ("renovate", "mo")


@pytest.mark.parametrize(
    "login",
    [
        "k8s-ci-robot",
        "bors",
        "acme-deploy-bot",
        "project_12_bot_9f3",
        "Renovate[bot]",
        "our-checker",
        "copilot-swe-agent",
    ],
)
def test_programs_by_list_by_pattern_and_by_the_settings(of, login: str) -> None:
    found = of("02")
    found.settings('[import]\nbots = ["our-*"]\n')
    pull = {"number": 1, "author": {"login": "kit-dev"}, "createdAt": "2026-03-02T09:00:00Z", "mergedAt": "2026-03-04T10:00:00Z", "labels": [],
            "reviews": [{"author": {"login": login}, "submittedAt": "2026-03-02T09:02:00Z"}, {"author": {"login": "robotham"}, "submittedAt": "2026-03-03T09:00:00Z"}]}  # fmt: skip
    found.take("github", found.write("p.json", pull), repository="nimbus/cart")
    (row,) = found.rows("changes")
    assert (row["reviewers"], row["first_review_at"]) == ("robotham", "2026-03-03T09:00:00Z")


# -- 03: the branch that is deployed ------------------------------------------------------------------------------------


def test_a_change_into_another_branch_is_not_deployed_by_time(of) -> None:
    found = of("03")
    found.take("github", "deployments.json", "statuses.json", "pulls.json", repository="nimbus/cart")
    row = found.metric("change-lead-time", "2026-03-22")["cart"]
    assert (round(row["value"]), row["n"]) == (339, 1)
    assert ("31", "it was merged into feature/big, which is not the branch that is deployed") not in found.left_out(
        "change-lead-time", "2026-03-01"
    )


@pytest.mark.parametrize(("told", "n"), [("", 1), ('[delivery]\nbranch = "develop"\n', 2)])
def test_the_setting_names_the_branch_before_the_usual_name(of, told: str, n: int) -> None:
    found = of("03")
    found.settings(told)
    found.data.mkdir()
    (found.data / "deployments.csv").write_text(deployments("d1,cart-web,2026-03-01T12:00:00Z,success,,,production", "d2,cart-web,2026-03-12T12:00:00Z,success,,,production"))  # fmt: skip
    (found.data / "changes.csv").write_text(changes(
        "a,cart-web,2026-03-10T10:00:00Z,2026-03-10T09:00:00Z,,main,", "b,cart-web,2026-03-10T10:00:00Z,2026-03-10T09:00:00Z,,develop,",
        "c,cart-web,2026-03-10T10:00:00Z,2026-03-10T09:00:00Z,,refs/heads/develop,",
    ))  # fmt: skip
    assert found.metric("change-lead-time", "2026-03-22")["cart"]["n"] == n


# -- 04: runs -----------------------------------------------------------------------------------------------------------


def test_runs_of_the_default_branch_and_of_events_that_deploy(of) -> None:
    found = of("04")
    found.take("github", "runs.json", deployments_from="runs", workflow="Deploy")
    assert [row["id"] for row in found.rows("deployments")] == [
        "github:nimbus/cart/runs/1",
        "github:nimbus/cart/runs/4",
    ]
    assert found.metric("deployment-frequency", "2026-03-08")["cart"]["n"] == 2
    assert found.metric("change-fail-rate", "2026-03-08")["cart"]["value"] is None


def test_attempts_are_deployments_of_their_own_and_tests_are_none(of) -> None:
    found, base = (
        of("04"),
        {
            "name": "Deploy",
            "event": "push",
            "head_branch": "trunk",
            "run_number": 1,
            "html_url": "https://github.com/nimbus/cart/actions/runs/1",
        },
    )
    runs = [
        {**base, "id": 1, "run_attempt": 1, "conclusion": "failure", "updated_at": "2026-03-03T10:00:00Z"},
        {**base, "id": 1, "run_attempt": 2, "conclusion": "success", "updated_at": "2026-03-03T11:00:00Z"},
        {**base, "id": 2, "name": "Unit tests", "conclusion": "success", "updated_at": "2026-03-03T11:00:00Z"},
        {**base, "id": 3, "event": "release", "head_branch": "v1", "conclusion": "success", "updated_at": "2026-03-03T11:00:00Z"},
        {**base, "id": 4, "event": "merge_group", "head_branch": "gh-readonly-queue/x", "conclusion": "success", "updated_at": "2026-03-03T11:00:00Z"},
    ]  # fmt: skip
    told = found.take("github", found.write("runs2.json", *runs), deployments_from="runs")
    assert [row["id"].split("/runs/")[1] for row in found.rows("deployments")] == ["1", "1/attempts/2", "3"]
    assert "Unit tests" in told.stderr


# -- 05: several services in a repository ------------------------------------------------------------------------------


def test_each_object_of_a_shared_repository_goes_to_its_own_service(of) -> None:
    found = of("05")
    found.take("github", "deployments.json", "statuses.json", "pulls.json", repository="nimbus/mono")
    assert {team: row["n"] for team, row in found.metric("change-lead-time", "2026-03-08").items()} == {
        "cart": 1,
        "pay": 1,
    }
    assert {team: row["n"] for team, row in found.metric("deployment-frequency", "2026-03-08").items()} == {
        "cart": 1,
        "pay": 1,
    }


@pytest.mark.parametrize(
    ("pull", "service"),
    [({}, None), ({"files": [{"path": "cart/a.py"}]}, "cart-web"), ({"files": [{"path": "cart/a.py"}, {"path": "pay/b.py"}]}, "cart-web;pay-api"),
     ({"labels": [{"name": "team-c"}]}, "cart-web"), ({"labels": [{"name": "unknown"}]}, None)],
    ids=["nothing", "a path", "two paths", "a label of the settings", "another label"],
)  # fmt: skip
def test_by_path_else_by_word_else_left_out_with_the_reason(of, pull: dict[str, Any], service: str | None) -> None:
    found = of("05")
    model = (found.folder / "squads.yaml").read_text()
    for name in ("cart-web", "pay-api"):
        folder = name.split("-")[0]
        model = model.replace(
            f"{{{name}: {{repositories: [nimbus/mono]}}}}",
            f'{{{name}: {{repositories: [nimbus/mono], paths: ["{folder}/**"]}}}}',
        )
    (found.folder / "squads.yaml").write_text(model)
    found.settings('[import.map]\n"team-c*" = "cart-web"\n')
    one = {
        "number": 1,
        "author": {"login": "kit-dev"},
        "createdAt": "2026-03-02T09:00:00Z",
        "mergedAt": "2026-03-04T10:00:00Z",
        "labels": [],
        **pull,
    }
    told = found.take("github", found.write("p.json", one), repository="nimbus/mono")
    if service is None:
        assert "several services share this repository" in told.stderr
    else:
        assert [row["service"] for row in found.rows("changes")] == [service]


# -- 06: production -----------------------------------------------------------------------------------------------------


def test_production_by_pattern_by_tier_and_by_the_source_s_own_flag(of) -> None:
    found = of("06")
    assert "will not count" not in found.take("github", "deployments.json", "statuses.json").stderr
    found.take("gitlab", "gitlab-deployments.json")
    assert {team: row["n"] for team, row in found.metric("deployment-frequency", "2026-03-08").items()} == {
        "cart": 9,
        "pay": 9,
    }


@pytest.mark.parametrize(
    ("environment", "flag", "own", "counts"),
    [("Prod-EU", "", "", True), ("live", "", "", True), ("pre-production", "", "", False), ("production-preview", "no", "", False), ("blue", "", "", False),
     ("blue", "yes", "", True), ("blue", "", "b*", True), ("prod", "no", "", False), ("prod", "no", "prod", True), ("production", "", "blue", False),
     ("", "", "", True)],
)  # fmt: skip
def test_what_counts_as_production(of, environment: str, flag: str, own: str, counts: bool) -> None:
    found = of("06")
    found.settings(f'[delivery]\nproduction = ["{own}"]\n' if own else "")
    found.data.mkdir()
    (found.data / "deployments.csv").write_text(
        f"id,service,finished_at,result,environment,production\n1,cart-web,2026-03-03T10:00:00Z,succeeded,{environment},{flag}\n"
    )
    assert bool(found.metric("deployment-frequency", "2026-03-08")["cart"]["n"]) == counts
    if not counts:  # a number made of nothing is no number
        assert found.metric("deployment-frequency", "2026-03-08")["cart"]["value"] is None


# -- 07, 17: deployments of several commits and repositories, incidents and bugs ----------------------------------------


def test_commits_of_one_deployment_are_one_deployment(of) -> None:
    found = of("07")
    found.take("webhook", "hook.json")
    (row,) = found.rows("deployments")
    assert (row["service"], row["commits"]) == ("cart-web", "aa1;aa2;aa3")
    found.take("webhook", "hook2.json")
    assert (
        len(found.rows("deployments")) == 2
    )  # (the same number of another repository's pipeline is another deployment)


def test_a_failure_in_staging_is_no_incident_of_production(of) -> None:
    found = of("07")
    found.take("datadog", "dd.json")
    assert [row["environment"] for row in found.rows("incidents")] == ["staging"]
    assert (
        found.metric("change-fail-rate", "2026-03-08")["cart"]["value"],
        found.metric("change-fail-rate", "2026-03-08")["cart"]["n"],
    ) == (0, 1)


def test_datadog_s_change_failure_was_deployed_and_failed(of) -> None:
    found = of("07")
    events = [{"data": [{"id": f"x{i}", "type": "dora_deployment", "attributes": {"service": "cart-web", "env": "production", "started_at": 1772528400 + i, "finished_at": 1772530200 + i, "change_failure": bool(i)}}]} for i in (0, 1)]  # fmt: skip
    found.take("datadog", found.write("cf.json", *events))
    assert found.metric("change-fail-rate", "2026-03-08")["cart"]["value"] == 0.5
    assert found.metric("deployment-frequency", "2026-03-08")["cart"]["n"] == 2


def test_bugs_are_no_failures_by_any_definition(of) -> None:
    found = of("17")
    found.take("webhook", "hook.json")
    assert (
        found.metric("change-fail-rate", "2026-03-08")["cart"]["value"] == 0
    )  # (1, and 48 h of recovery, when bugs counted)
    assert found.metric("failed-deployment-recovery-time", "2026-03-08")["cart"]["value"] is None
    for definition in ("default", "devlake", "gitlab", "middleware", "fourkeys"):
        assert (
            found.metric("change-fail-rate", "2026-03-08", "--definition", definition, data="c")["cart"]["value"] == 0
        ), definition


@pytest.mark.parametrize(
    ("kind", "resolution", "rate"), [("incident", "", 1), ("Incident", "", 1), ("", "", 1), ("bug", "", 0), ("incident", "Duplicate", 0), ("incident", "not_planned", 0)]
)  # fmt: skip
def test_what_is_an_incident(of, kind: str, resolution: str, rate: float) -> None:
    found = of("17")
    found.data.mkdir()
    (found.data / "deployments.csv").write_text(deployments("d,cart-web,2026-03-03T10:00:00Z,success,,,"))
    (found.data / "incidents.csv").write_text(
        f"id,opened_at,service,kind,resolution\ni,2026-03-03T11:00:00Z,cart-web,{kind},{resolution}\n"
    )
    assert found.metric("change-fail-rate", "2026-03-08")["cart"]["value"] == rate


def test_an_incident_minutes_after_a_failed_deployment_belongs_to_it(of) -> None:
    found = of("17")
    found.data.mkdir()
    (found.data / "deployments.csv").write_text(
        deployments("a,cart-web,2026-03-03T10:00:00Z,success,,,", "b,cart-web,2026-03-03T12:00:00Z,failure,,,")
    )
    (found.data / "incidents.csv").write_text(
        "id,opened_at,service,resolved_at\ni,2026-03-03T12:05:00Z,cart-web,2026-03-03T13:05:00Z\n"
    )
    assert (
        found.metric("change-fail-rate", "2026-03-08")["cart"]["value"] == 0.5
    )  # (1 when it fell on the success before)


def test_one_version_over_regions_within_an_hour_is_one_deployment(of) -> None:
    found = of("17")
    found.data.mkdir()
    head = "id,service,finished_at,result,environment,version\n"
    rows = ("a,cart-web,2026-03-03T10:00:00Z,success,prod-eu,v1", "b,cart-web,2026-03-03T10:40:00Z,success,prod-us,v1",
            "c,cart-web,2026-03-03T13:00:00Z,success,prod-ap,v1", "d,cart-web,2026-03-03T13:10:00Z,success,prod-eu,v1",
            "e,cart-web,2026-03-03T13:20:00Z,success,prod-eu,v1")  # fmt: skip
    (found.data / "deployments.csv").write_text(head + "\n".join(rows))
    assert (
        found.metric("deployment-frequency", "2026-03-08")["cart"]["n"] == 3
    )  # (a and b; c and d; e, which comes to eu again within the hour)
    found.settings('[delivery]\nregions = "apart"\n')
    assert found.metric("deployment-frequency", "2026-03-08")["cart"]["n"] == 5


def test_a_release_of_several_services_counts_once_an_owner_and_once_in_totals(of) -> None:
    found = of("05")
    (found.folder / "squads.yaml").write_text(
        (found.folder / "squads.yaml")
        .read_text()
        .replace("services: {cart-web:", "services: {cart-admin: {}, cart-web:")
    )
    found.data.mkdir()
    (found.data / "deployments.csv").write_text(
        deployments("a,CART_WEB;cart-admin;pay-api,2026-03-03T10:00:00Z,success,,,")
    )
    assert {team: row["n"] for team, row in found.metric("deployment-frequency", "2026-03-08").items()} == {
        "cart": 1,
        "pay": 1,
    }
    whole = run("metrics", str(found.folder / "squads.yaml"), "--data", str(found.data), "--metric", "deployment-frequency", "--as-of", "2026-03-08", "--by", "organisation", "--format", "json")  # fmt: skip
    assert json.loads(whole.stdout)[0]["n"] == 1


# -- 09: Jira -------------------------------------------------------------------------------------------------------------


def test_jira_s_resolution_decides_what_was_done(of) -> None:
    found = of("09")
    found.take("jira", "done.csv")
    assert found.metric("tech-investment-share", "2026-01-25")["cart"]["n"] == 1
    items = {row["id"]: row for row in found.rows("work_items")}
    assert items["jira:CART-4"]["done_at"] == ""
    assert [row["id"] for row in found.rows("incidents") if not row["resolution"]] == ["jira:CART-8"]
    found.settings('[delivery]\nitems = ["story", "sub-task", "epic"]\n')
    assert found.metric("tech-investment-share", "2026-01-25")["cart"]["n"] == 3


def test_jira_s_team_is_found_by_its_name(of) -> None:
    found = of("09")
    found.take("jira", "team-id.csv")
    assert [row["team"] for row in found.rows("work_items")] == ["cart", "cart"]


def test_an_item_that_is_reopened_loses_its_end(of) -> None:
    found = of("09")
    found.take("jira", "team-id.csv")
    text = (
        (found.folder / "team-id.csv")
        .read_text()
        .replace("CART-1,Story,Done,Done", "CART-1,Story,Reopened,In Progress")
    )
    (found.folder / "again.csv").write_text(text)
    found.take("jira", "again.csv")
    assert {row["id"]: bool(row["done_at"]) for row in found.rows("work_items")} == {
        "jira:CART-1": False,
        "jira:OPS-2": True,
    }


LANGUAGES = [
    ("Vorgangsschlüssel;Vorgangstyp;Status;Lösung;Erstellt;Erledigt;Benutzerdefinierte Felder (Team)", "C-1;Story;Fertig;Fertig;12.01.2026 15:45;14.01.2026 09:00;Cart"),
    ("Clé de ticket,Type de ticket,État,Création,Résolu,Équipe", "C-1,Récit,Terminé,12/janv./26 3:45 PM,14/janv./26 9:00 AM,Cart"),
    ("Clave de incidencia,Tipo de Incidencia,Estado,Creada,Resuelta,Equipo", "C-1,Historia,Listo,12/ene/26 3:45 PM,14/ene/26 9:00 AM,Cart"),
    ("Chiave ticket,Tipo ticket,Stato,Creato,Risolto,Team", "C-1,Storia,Completato,12/gen/26 3:45 PM,14/gen/26 9:00 AM,Cart"),
    ("Chave da item,Tipo de item,Status,Criado,Resolvido,Equipe", "C-1,História,Concluído,12/jan/26 3:45 PM,14/jan/26 9:00 AM,Cart"),
    ("Issuesleutel,Issuetype,Status,Aangemaakt,Opgelost,Team", "C-1,Verhaal,Gereed,12/jan/26 3:45 PM,14/jan/26 9:00 AM,Cart"),
    ("Klucz zgłoszenia,Typ zgłoszenia,Status,Utworzono,Rozwiązano,Zespół", "C-1,Historia,Gotowe,12/sty/26 3:45 PM,14/sty/26 9:00 AM,Cart"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "row"), LANGUAGES, ids=["de", "fr", "es", "it", "pt", "nl", "pl"])
def test_jira_in_the_reader_s_language(of, head: str, row: str) -> None:
    found = of("09")
    (found.folder / "x.csv").write_text(f"{head}\n{row}\n", "utf-8")
    found.take("jira", "x.csv")
    (item,) = found.rows("work_items")
    assert (item["id"], item["team"], item["created_at"], item["done_at"]) == (
        "jira:C-1",
        "cart",
        "2026-01-12T15:45:00Z",
        "2026-01-14T09:00:00Z",
    )


@pytest.mark.parametrize(
    ("dates", "told", "created"),
    [(("03/04/2026", "13/04/2026"), "", "2026-04-03"), (("03/04/2026", "04/13/2026"), "", "2026-03-04"), (("03/04/2026",), "", None),
     (("03/04/2026",), "month-first", "2026-03-04"), (("13/04/2026", "04/13/2026"), "", None), (("03.04.2026",), "", "2026-04-03")],
)  # fmt: skip
def test_the_order_of_day_and_month_is_taken_from_the_cells_that_decide_it(
    of, dates: tuple[str, ...], told: str, created: str | None
) -> None:
    found = of("09")
    found.settings(f'[import.jira]\ndates = "{told}"\n')
    (found.folder / "x.csv").write_text(
        "Issue key,Issue Type,Status,Created,Team\n"
        + "".join(f"C-{i},Story,To Do,{date} 10:00,Cart\n" for i, date in enumerate(dates))
    )
    result = found.take("jira", "x.csv")
    if created is None:
        assert result.exit_code == 1 and "dates" in result.stderr and len(result.stderr.splitlines()) == 1
    else:
        assert found.rows("work_items")[0]["created_at"].startswith(created)


def test_jira_s_json_tells_start_reopening_and_flags(of) -> None:
    found = of("09")
    moves = [("2026-01-12T10:00:00.000+0000", "status", "In Arbeit"), ("2026-01-13T10:00:00.000+0000", "Flagged", "Impediment"),
             ("2026-01-13T16:00:00.000+0000", "Flagged", ""), ("2026-01-14T10:00:00.000+0000", "status", "Fertig"),
             ("2026-01-15T10:00:00.000+0000", "status", "In Arbeit")]  # fmt: skip
    issue = {
        "key": "C-1",
        "fields": {"issuetype": {"name": "Story", "subtask": False}, "status": {"name": "In Arbeit", "statusCategory": {"key": "indeterminate"}},
                   "created": "2026-01-12T09:00:00.000+0000", "resolutiondate": "2026-01-14T10:00:00.000+0000", "components": [{"name": "Cart"}]},
        "changelog": {"histories": [{"created": at, "items": [{"field": field, "toString": to}]} for at, field, to in moves]},
    }  # fmt: skip
    found.take("jira", found.write("x.json", {"issues": [issue], "total": 1}))
    (item,) = found.rows("work_items")
    assert (item["started_at"], item.get("done_at", ""), item["reopened_at"], float(item["blocked_hours"])) == (
        "2026-01-12T10:00:00Z",
        "",
        "2026-01-15T10:00:00Z",
        6,
    )


# -- 21: an id that was another team's -----------------------------------------------------------------------------------


def test_an_id_belongs_to_the_team_that_had_it_then(of) -> None:
    found = of("21")
    rows = found.metric("tech-investment-share", "2026-03-15")
    assert {team: (row["n"], row["value"]) for team, row in rows.items()} == {
        "basket": (3, pytest.approx(1 / 3)),
        "cart": (1, 0),
    }


# -- ids, order, shapes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separately", [True, False])
def test_the_order_of_imports_changes_nothing(of, tmp_path: Path, separately: bool) -> None:
    """Four files, in every order, each twice: the same bytes and the same numbers."""
    seen = set()
    for turn, order in enumerate(
        itertools.permutations(("deployments.json", "statuses.json", "pulls.json", "reviews.json"))
    ):
        found = Input(tmp_path / str(turn), "01")
        review = {"state": "COMMENTED", "user": {"login": "mo-dev"}, "submitted_at": "2026-03-02T12:00:00Z", "pull_request_url": "https://api.github.com/repos/nimbus/cart/pulls/90"}  # fmt: skip
        own = {**review, "user": {"login": "kit-dev"}, "submitted_at": "2026-03-02T10:00:00Z"}
        found.write("reviews.json", [review, own])
        for file in order if separately else ():
            for _ in range(2):
                found.take("github", file, repository="nimbus/cart")
        if not separately:
            found.take("github", *order, repository="nimbus/cart")
        assert [row["first_review_at"] for row in found.rows("changes") if row["id"].endswith("#90")] == [
            "2026-03-02T12:00:00Z"
        ]
        seen.add(tuple((found.data / f"{name}.csv").read_text() for name in ("deployments", "changes")))
        if turn % 8 == 0:
            assert round(found.metric("change-lead-time", "2026-03-22")["cart"]["value"], 1) == 26.2
    assert len(seen) == 1


def test_other_hosts_give_their_repository_and_stand_in_the_id(of) -> None:
    found = of("01")
    pull = {"number": 1, "url": "https://git.acme.example/api/v3/repos/nimbus/cart/pulls/1", "user": {"login": "kit-dev"}, "created_at": "2026-03-02T09:00:00Z", "merged_at": "2026-03-04T10:00:00Z"}  # fmt: skip
    found.take(
        "github", found.write("p.json", pull, {**pull, "url": "https://api.github.com/repos/nimbus/cart/pulls/1"})
    )
    assert sorted(row["id"] for row in found.rows("changes")) == [
        "github:git.acme.example/nimbus/cart#1",
        "github:nimbus/cart#1",
    ]


def test_what_ask_prints_is_read_with_pages_slurped_and_line_by_line(of) -> None:
    asked = run("import", "github", "--ask", "nimbus/cart")
    assert asked.exit_code == 0 and "gh api graphql --paginate" in asked.output and "mergeCommit" in asked.output
    found = of("01")
    pull = {"number": 7, "url": "https://github.com/nimbus/cart/pull/7", "baseRefName": "main", "createdAt": "2026-03-02T09:00:00Z", "mergedAt": "2026-03-03T09:00:00Z",
            "mergeCommit": {"oid": "m"}, "author": {"login": "kit-dev", "__typename": "User"}, "labels": {"nodes": []}, "files": {"nodes": [{"path": "a"}]},
            "commits": {"nodes": [{"commit": {"authoredDate": "2026-03-01T09:00:00Z"}}]},
            "reviews": {"nodes": [{"author": {"login": "x", "__typename": "Bot"}, "submittedAt": "2026-03-02T09:01:00Z", "state": "COMMENTED"},
                                  {"author": {"login": "mo-dev", "__typename": "User"}, "submittedAt": "2026-03-02T10:00:00Z", "state": "APPROVED"}]}}  # fmt: skip
    deployment = {"databaseId": 9, "environment": "production", "task": "deploy", "createdAt": "2026-03-03T10:00:00Z", "commitOid": "m", "ref": {"name": "main"},
                  "statuses": {"nodes": [{"state": "SUCCESS", "createdAt": "2026-03-03T10:05:00Z"}]}}  # fmt: skip
    around = {
        "nameWithOwner": "nimbus/cart",
        "url": "https://github.com/nimbus/cart",
        "defaultBranchRef": {"name": "main"},
    }
    first = {"data": {"repository": {**around, "pullRequests": {"nodes": [pull], "pageInfo": {"hasNextPage": False}}}}}
    second = {"data": {"repository": {**around, "deployments": {"nodes": [deployment]}}}}
    found.take("github", found.write("pulls2.json", [first]), found.write("deployments2.json", second))
    (change,), (deployed,) = found.rows("changes"), found.rows("deployments")
    assert (change["first_commit_at"], change["reviewers"], change["base_branch"], change["default_branch"]) == (
        "2026-03-01T09:00:00Z",
        "mo",
        "main",
        "main",
    )
    assert (deployed["id"], deployed["result"], deployed["commit_sha"], deployed["branch"]) == (
        "github:nimbus/cart/deployments/9",
        "success",
        "m",
        "main",
    )


def test_webhook_envelopes_of_github(of) -> None:
    found = of("01")
    around = {
        "repository": {
            "full_name": "nimbus/cart",
            "html_url": "https://github.com/nimbus/cart",
            "default_branch": "main",
        }
    }
    hook = {"action": "created", "deployment_status": {"state": "success", "created_at": "2026-03-03T10:05:00Z"},
            "deployment": {"id": 9, "sha": "m", "environment": "production", "created_at": "2026-03-03T10:00:00Z", "ref": "main"}, **around}  # fmt: skip
    merged = {"action": "closed", "pull_request": {"number": 7, "user": {"login": "kit-dev"}, "created_at": "2026-03-02T09:00:00Z", "merged_at": "2026-03-03T09:00:00Z", "base": {"ref": "main"}}, **around}  # fmt: skip
    found.take("github", found.write("hooks.json", hook, merged))
    assert [row["id"] for row in found.rows("deployments")] == ["github:nimbus/cart/deployments/9"]
    assert [(row["id"], row["base_branch"]) for row in found.rows("changes")] == [("github:nimbus/cart#7", "main")]


@pytest.mark.parametrize(
    ("format_", "body", "said"),
    [("github", {"message": "Bad credentials", "documentation_url": "https://docs.github.com/rest", "status": "401"}, "Bad credentials"),
     ("github", {"errors": [{"message": "This query requests up to 505,000 possible nodes"}]}, "505,000 possible nodes"),
     ("gitlab", {"error": "insufficient_scope", "error_description": "The request requires higher privileges"}, "higher privileges"),
     ("gitlab", {"message": "404 Project Not Found"}, "404 Project Not Found")],
)  # fmt: skip
def test_the_error_body_of_an_api_is_told_as_what_it_says(of, format_: str, body: Any, said: str) -> None:
    found = of("01")
    result = found.take(format_, found.write("error.json", body))
    assert result.exit_code == 1
    assert said in result.stderr


def test_utf_16_is_named_with_the_command_that_avoids_it(of) -> None:
    found = of("01")
    (found.folder / "x.json").write_bytes("[]".encode("utf-16"))
    result = found.take("github", "x.json")
    assert result.exit_code == 1 and "UTF-16" in result.stderr and "Out-File -Encoding utf8" in result.stderr


def test_gitlab_tells_itself_which_deployment_carried_a_merge_request(of) -> None:
    found = of("01")
    place = {"references": {"full": "nimbus/cart!1"}, "web_url": "https://gitlab.com/nimbus/cart/-/merge_requests/1"}
    change = {"iid": 1, "merged_at": "2026-03-02T09:00:00Z", "created_at": "2026-03-01T09:00:00Z", "author": {"username": "kit-gl"}, "target_branch": "main",
              "commits": [{"authored_date": "2026-03-01T08:00:00Z"}], **place}  # fmt: skip
    deployment = {"id": n, "status": "success", "sha": "z", "environment": {"name": "production", "tier": "production"}, "updated_at": f"2026-03-0{n}T10:00:00Z",
                  "deployable": {"pipeline": {"web_url": "https://gitlab.com/nimbus/cart/-/pipelines/1"}}} if (n := 3) else {}  # fmt: skip
    carried = {"deployment_id": 5, "merge_requests": [change]}
    later = {**deployment, "id": 5, "sha": "y", "updated_at": "2026-03-05T10:00:00Z"}
    found.take("gitlab", found.write("g.json", deployment, later, carried))
    assert found.metric("change-lead-time", "2026-03-22")["cart"]["value"] == pytest.approx(4 * 24 + 2)


def test_a_row_of_an_earlier_version_gets_its_new_id_and_loses_its_guess(of) -> None:
    found = of("01")
    found.data.mkdir()
    (found.data / "changes.csv").write_text(
        "id,service,merged_at,deployment_id,mine\nnimbus/cart#1,cart-web,2025-01-12T09:00:00Z,501,x\n"
    )
    found.take("github", "pulls.json", repository="nimbus/cart")
    rows = found.rows("changes")
    assert len(rows) == 4
    assert (rows[0]["id"], rows[0]["deployment_id"], rows[0]["mine"]) == ("github:nimbus/cart#1", "", "x")
