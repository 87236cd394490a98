"""A survey from the terminal: opened, watched, signed into the file, closed, written for all; and wrong use of each step."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.commands.helpers import run
from topology.maturity.packs import pack_of
from topology.store.opening import surveys_at
from topology.store.surveys import Surveys

FILE = """version: 1
organisation: {name: Kite}
people:
  nadia: {name: Nadia, role: product-manager, accounts: {email: [=nadia@kite.example]}}
  ede: {role: engineering-manager}
  a1: {}
  a2: {}
  a3: {}
  a4: {}
  a5: {}
groups: {shop: {name: Shop}}
teams:
  cart:  # the basket
    group: shop
    pm: nadia
    em: ede
    members: [a1, a2, a3, a4, a5]
  search: {group: shop, size: 6}
  tools: {size: 9}
  coaches: {type: enabling, size: 3}
"""
ITEMS = tuple(pack_of().items)
CLOSES = (dt.datetime.now(dt.UTC) + dt.timedelta(days=7)).strftime(
    "%Y-%m-%d %H:%M"
)  # (far enough for any hour at which tests run)
OPEN = ("survey", "open", "2026-11", "--closes", CLOSES, "--address", "https://kite.example")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "squads.yaml").write_text(FILE)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    surveys_at.__globals__["_opened"].cache_clear()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def surveys(home: Path) -> Surveys:
    found = surveys_at(home / ".topology" / "state.db")
    assert found is not None
    return found


def answer(home: Path, links: list[dict[str, str]], level: int = 4) -> None:
    now = dt.datetime.now(dt.UTC)
    ids = {"cart": "cart", "search": "search", "tools": "tools", "coaches": "coaches"}
    for one in links:
        if one["for"] == "answers":
            token = one["link"].rsplit("/", 1)[1]
            surveys(home).send(token, ids[one["team"]], "tech", dict.fromkeys(ITEMS, level), now)


def test_from_opening_to_the_file_for_all(home: Path) -> None:
    done = run(*OPEN, "--links", "links.csv", "--contact", "Lou")
    assert done.exit_code == 0, done.output
    assert "for 25 people in 4 teams" in done.output
    assert (home / "links.csv").stat().st_mode & 0o077 == 0
    links = rows((home / "links.csv").read_text())
    assert len(links) == 25 + 2
    assert {one["for"] for one in links if one["person"] == "Nadia"} == {"answers", "signs as product manager"}
    assert {one["email"] for one in links if one["person"] == "Nadia"} >= {"'=nadia@kite.example"}
    assert all(one["link"].startswith("https://kite.example/s/") for one in links)
    assert not (home / "answers").exists()
    answer(home, links)

    status = run("survey", "status").output
    assert "have answered" in status
    assert re.search(r"coaches +in the total alone +3", status)

    pm = next(one for one in links if one["for"] == "signs as product manager")["link"].rsplit("/", 1)[1]
    surveys(home).choose("2026-11", "cart", ["duo", "debt"], 5)
    surveys(home).sign(pm, "duo", 4, 'we "ship": always', dt.date(2026, 11, 10), dt.datetime.now(dt.UTC))
    patch = run("survey", "positions", "2026-11")
    assert "+      duo" in patch.stdout or "+    positions" in patch.stdout
    assert run("survey", "close", "2026-11", "--yes", "2026-12").exit_code == 2
    closed = run(
        "survey",
        "close",
        "2026-11",
        "--yes",
        "2026-11",
        "--reports",
        "reports.csv",
        "--address",
        "https://kite.example",
    )
    assert closed.exit_code == 0, closed.output
    assert "Destroyed: the counts by side of 25 people, 27 links, every draft." in closed.output
    assert len(rows((home / "reports.csv").read_text())) == 4
    assert not (home / "answers").exists()

    early = run("survey", "publish", "2026-11")
    assert early.exit_code == 2
    assert "--early" in early.output
    lacking = run("survey", "publish", "2026-11", "--early")
    assert lacking.exit_code == 2
    assert "1 signed positions are not in the file" in lacking.output
    assert run("survey", "positions", "2026-11", "--write").exit_code == 0
    written = yaml.safe_load((home / "squads.yaml").read_text())["teams"]["cart"]["positions"]
    assert written == {"duo": {"pm": 4, "assessed": dt.date(2026, 11, 10), "pm_note": 'we "ship": always'}}
    assert "# the basket" in (home / "squads.yaml").read_text()
    assert run("check").exit_code == 0
    told = run("survey", "publish", "2026-11", "--early", "--keep", "tools")
    assert told.exit_code == 0, told.output
    snapshot = yaml.safe_load((home / "answers" / "2026-11.yaml").read_text())
    assert snapshot["kept"] == ["tools"]
    assert "tools" not in snapshot["teams"]
    assert surveys(home).names() == []
    again = run(*OPEN, "--links", "more.csv")
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_the_patch_is_one_that_git_takes(home: Path) -> None:
    run(*OPEN, "--links", "links.csv")
    links = rows((home / "links.csv").read_text())
    em = next(one for one in links if one["for"] == "signs as engineering manager")["link"].rsplit("/", 1)[1]
    surveys(home).choose("2026-11", "cart", ["load"], 5)
    surveys(home).sign(em, "load", 2, "too much", dt.date(2026, 11, 10), dt.datetime.now(dt.UTC))
    (home / "p.patch").write_text(run("survey", "positions", "2026-11").stdout)
    subprocess.run(["git", "init", "-q", "."], check=True, cwd=home)
    subprocess.run(["git", "apply", "p.patch"], check=True, cwd=home)
    assert "em: 2" in (home / "squads.yaml").read_text()
    assert (
        run("survey", "positions", "2026-11").output.strip().endswith("Nothing was signed that the file does not have.")
    )


def test_cards_name_nobody_but_the_leads_who_sign(home: Path) -> None:
    done = run(*OPEN, "--cards", "cards.html")
    assert done.exit_code == 0, done.output
    page = (home / "cards.html").read_text()
    assert page.count('<div class="card">') == 27
    assert page.count("<svg") == 27
    assert "Nadia, signs as product manager" in page
    for person in ("a1", "a5"):
        assert f">{person}<" not in page
    numbers = [int(one) for one in re.findall(r"No\. (\d+)", page)]
    assert sorted(numbers) == list(range(1, 28))


def test_a_lost_link_is_replaced(home: Path) -> None:
    run(*OPEN, "--links", "links.csv")
    said = run("survey", "replace", "2026-11", "3", "--address", "https://kite.example")
    assert re.fullmatch(r"Number 28, in the place of 3: https://kite\.example/s/[\w-]{16}\n", said.output)
    assert run("survey", "replace", "2026-11", "3").exit_code == 2  # (once)
    for number in ("3000", "999999999999999999999999", "0"):
        assert run("survey", "replace", "2026-11", number).exit_code == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "name one of --links FILE and --cards FILE"),
        (("--links", "a.csv", "--cards", "b.html"), "name one of"),
        (("--links", "squads.yaml"), "is there already"),
        (("--links", "no/where.csv"), "no such folder"),
        (("--links", "a.csv", "--closes", "2020-01-01"), "is past"),
        (("--links", "a.csv", "--closes", "2098-01-01"), "92 days at most"),
        (("--links", "a.csv", "--closes", "soon"), "is no moment"),
        (("--links", "a.csv", "--closes", "2020-01-01T18"), "2020-01-01 18:00 is past"),
        (("--links", "a.csv", "--closes", "2026-12-11T18:00+01:00"), "leave the zone out"),
        (("--links", "a.csv", "--address", "kite.example"), "is no address"),
        (("--links", "a.csv", "--address", "https://u:p@kite.example"), "is no address"),
        (("--links", "a.csv", "--address", "http://["), "is no address"),
        (("--links", "a.csv", "--address", "http://x:99999"), "is no address"),
        (("--links", "a.csv", "--address", "http://x/\n<script>"), "is no address"),
        (("--links", "a.csv", "--address", "https://kite.example/below"), "stand at its root"),
        (("--cards", "a.html", "--address", "https://" + "x" * 3000), "is no address"),
        (("--links", "a.csv", "--database", "mysql://x"), "begins with postgresql://"),
    ],
)
def test_wrong_use_opens_nothing(home: Path, options: tuple[str, ...], said: str) -> None:
    done = run(*OPEN, *options)
    assert done.exit_code == 2
    assert said in done.output
    assert not (home / "a.csv").exists()
    database = surveys_at(home / ".topology" / "state.db")
    assert database is None or database.names() == []


def test_a_name_becomes_a_file_so_it_is_plain(home: Path) -> None:
    for name in ("../x", "a/b", "A", "", ".git"):
        assert run("survey", "open", name, *OPEN[3:], "--links", "a.csv").exit_code == 2


def test_an_organisation_of_nobody_has_nobody_to_ask(home: Path) -> None:
    (home / "squads.yaml").write_text("version: 1\nteams: {a: {}}\n")
    done = run(*OPEN, "--links", "a.csv")
    assert done.exit_code == 2
    assert "no team with people" in done.output


def test_without_a_survey_each_step_says_so(home: Path) -> None:
    for step in (
        ("status",),
        ("close", "x", "--yes", "x"),
        ("publish", "x"),
        ("positions", "x"),
        ("replace", "x", "1"),
    ):
        done = run("survey", *step)
        assert done.exit_code == 2
        assert "no survey was opened here" in done.output


@pytest.mark.parametrize(
    "place", ["../x.db", "/elsewhere/x.db", "postgresql://h/d", "sqlite:////elsewhere/x.db", "${HOME}/x", ""]
)
def test_settings_name_a_file_below_their_own(home: Path, place: str) -> None:
    (home / "topology.toml").write_text(f'[app]\nstate = "{place}"\n')
    done = run("survey", "status")
    assert done.exit_code == 2
    assert "expected a file below the folder" in done.output


def test_an_organisation_may_ask_for_more_answers_and_never_for_fewer(home: Path) -> None:
    (home / "topology.toml").write_text('[app]\nstate = "sqlite:///own/s.db"\n[surveys]\nminimum_answers = 8\n')
    run(*OPEN, "--links", "links.csv")
    known = surveys_at(home / "own" / "s.db")
    assert known is not None
    assert known.survey("2026-11").asked.least == 8
    for one in rows((home / "links.csv").read_text()):
        if one["for"] == "answers":
            known.send(
                one["link"].rsplit("/", 1)[1], one["team"], "tech", dict.fromkeys(ITEMS, 3), dt.datetime.now(dt.UTC)
            )
    run("survey", "close", "2026-11", "--yes", "2026-11")
    told = known.snapshot("2026-11")
    assert told is not None
    assert set(told.teams) <= {"tools"}
    (home / "topology.toml").write_text("[surveys]\nminimum_answers = 4\n")
    assert run("survey", "status").exit_code == 2


def test_links_that_cannot_be_written_open_nothing(home: Path) -> None:
    (home / "dangling.csv").symlink_to("/nonexistent/x")
    assert run(*OPEN, "--links", "/dev/full/links.csv").exit_code == 2
    assert run(*OPEN, "--links", "dangling.csv").exit_code == 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("topology.report.survey.handed_out.links_csv", _full)
        done = run(*OPEN, "--links", "links.csv")
    assert done.exit_code == 2
    assert not (home / "links.csv").exists()
    assert surveys(home).names() == []


def _full(*_: object) -> str:
    raise OSError(28, "No space left on device", "links.csv")


def test_an_import_does_not_take_the_name_of_a_survey_that_runs(home: Path) -> None:
    run(*OPEN, "--links", "links.csv")
    (home / "rows.csv").write_text("team,side,item,value\ncart,tech,debt.1,4\n")
    done = run("survey", "import", "rows.csv", "--snapshot", "2026-11")
    assert done.exit_code == 2
    assert "topology survey publish 2026-11" in done.output


def test_a_snapshot_that_was_written_before_a_crash_is_not_in_the_way(home: Path) -> None:
    from topology.maturity.voices.snapshot import snapshot_text

    run(*OPEN, "--links", "links.csv")
    run("survey", "close", "2026-11", "--yes", "2026-11")
    (home / "answers").mkdir()
    told = surveys(home).snapshot("2026-11")
    assert told is not None
    (home / "answers" / "2026-11.yaml").write_text(snapshot_text(told))
    assert run("survey", "publish", "2026-11", "--early").exit_code == 0
    assert surveys(home).names() == []


def test_reports_need_an_address_and_a_new_file_before_anything_is_closed(home: Path) -> None:
    run(*OPEN, "--links", "links.csv")
    assert run("survey", "close", "2026-11", "--yes", "2026-11", "--reports", "r.csv").exit_code == 2
    assert (
        run(
            "survey", "close", "2026-11", "--yes", "2026-11", "--reports", "links.csv", "--address", "https://x"
        ).exit_code
        == 2
    )
    assert (
        run("survey", "close", "2026-11", "--yes", "wrong", "--reports", "r.csv", "--address", "https://x").exit_code
        == 2
    )
    assert not (home / "r.csv").exists()
    assert surveys(home).survey("2026-11").is_open


def test_a_database_that_somebody_changed_by_hand_is_told_in_one_line(home: Path) -> None:
    import sqlite3

    run(*OPEN, "--links", "links.csv")
    for change in ("UPDATE surveys SET closes = 'soon'", "UPDATE surveys SET asked = '{}'", "DROP TABLE tallies"):
        connection = sqlite3.connect(home / ".topology" / "state.db")
        connection.execute(change)
        connection.commit()
        connection.close()
        for step in (("status",), ("replace", "2026-11", "1"), ("close", "2026-11", "--yes", "2026-11")):
            done = run("survey", *step)
            assert done.exit_code == 2, step
            assert "Traceback" not in done.output
