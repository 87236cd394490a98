"""What one person did cannot be worked out: not from one answer, and not from the difference of two (docs/security.md, 11 to 13)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import topology
from tests.commands.helpers import run
from tests.conftest import organisation_of
from topology.clans.brokers import brokers_of
from topology.clans.codes import Grade, Kind, Why
from topology.clans.pairs import pair_table
from topology.clans.reading import read_window
from topology.clans.window import Window
from topology.delivery import METRICS, read_metric, rows_behind, rows_left_out
from topology.delivery.contacts import Contact
from topology.delivery.reading import SHOWN
from topology.delivery.tables import PERSONAL, TABLES
from topology.privacy import LEAST_PEOPLE, Names, fewest, small_teams, tellable
from topology.words.clans import reading_sentence

DAY = dt.date(2026, 11, 22)  # a Sunday
WEEKS = [DAY - dt.timedelta(days=6 + 7 * back) for back in range(36)]
SAYS = "fewer than five people"


def organisation_text(teams: int = 12, extra: str = "", small: str = "") -> str:
    """Teams of six in two value streams; `small` is one of the first stream."""
    lines = ["version: 1", "groups: {north: {name: North}, south: {name: South}}", "teams:"]
    for number in range(teams):
        stream = "north" if number < teams // 2 else "south"
        lines.append(
            f"  t{number}: {{type: stream-aligned, group: {stream}, size: 6, services: {{s{number}: {{}}}}{extra}}}"
        )
    return "\n".join([*lines, small]) + "\n"


def contact(pairs: Sequence[tuple[str, str]], weeks: Sequence[dt.date] = WEEKS, weight: float = 2) -> list[Contact]:
    return [Contact(week, a, b, "meeting", weight) for week in weeks for a, b in pairs]


INSIDE = [*combinations([f"t{i}" for i in range(6)], 2), *combinations([f"t{i}" for i in range(6, 12)], 2)]
SOLO = "  solo: {type: stream-aligned, group: north, size: 1, services: {lone: {}}}"
ALWAYS = [("solo", f"t{i}") for i in range(6, 12)]


def told(window: Window) -> str:
    """Everything that clans says of a window: sentences, numbers, brokers, pairs."""
    parts = []
    for reading in read_window(window, draws=99):
        parts += [repr(replace(reading, small=0)), repr(brokers_of(window, reading))]
        parts.append(reading_sentence(window.organisation, replace(reading, small=0)))
    parts += [repr(row) for row in pair_table(window) if row.kind != Kind.NOT_TOLD]
    parts += [repr(sorted(window.talks().edges)), repr(window.events)]
    return "\n".join(parts)


# -- 11: the size of a team, over every day of a window ------------------------------------------------------------------


def test_the_contact_of_a_small_team_changes_nothing_that_is_told() -> None:
    """Not the counts, not a share, not a p, not a broker, not a border: with its contact or without it the answers are the same."""
    organisation = organisation_of(organisation_text(small=SOLO))
    with_it, without_it = (Window.of(organisation, [*contact(INSIDE), *more], DAY) for more in (contact(ALWAYS), []))
    assert told(with_it) == told(without_it)
    assert "solo" not in told(with_it)
    reading = next(one for one in read_window(with_it, layers=["observed"], partitions=["value-stream"], draws=99))
    assert reading.small == 1
    assert f"Withheld: nothing is told of the contact of one team of {SAYS}." in reading_sentence(organisation, reading)


JOINS = (
    "  young: {type: stream-aligned, group: north, members: [p0, "
    + ", ".join(f"{{person: p{i}, since: {{joined}}}}" for i in range(1, 6)).replace("{joined}", "2026-11-01")
    + "]}"
)


@pytest.mark.parametrize(
    ("day", "weeks", "small"),
    [
        (dt.date(2026, 10, 25), 12, True),  # one person
        (dt.date(2026, 11, 1), 12, True),  # five more on the last day
        (dt.date(2026, 11, 22), 12, True),  # six today, one on the first day of the window
        (dt.date(2027, 1, 17), 12, True),  # one on one day of it
        (dt.date(2027, 1, 31), 12, False),  # six on every day
        (dt.date(2026, 11, 29), 4, False),
        (dt.date(2026, 11, 28), 4, True),
    ],
)
def test_a_team_of_one_is_not_told_on_the_day_when_others_join(day: dt.date, weeks: int, small: bool) -> None:
    text = organisation_text(small=JOINS.replace("2026-11-01", "2026-11-02"))
    window = Window.of(organisation_of(text), contact([("young", "t1")]), day, weeks)
    assert ("young" in window.small) == small
    assert ("young" in repr(sorted(window.talks().edges))) == (not small and bool(window.talks().edges))


@pytest.mark.parametrize(
    ("entry", "least"),
    [
        ("{size: 4}", 4), ("{size: 9}", 9), ("{}", None), ("{members: [a, b]}", 2), ("{pm: a, em: b, members: [c, d, e]}", 5),
        ("{members: [a, b, c, d, {person: e, until: 2026-11-20}]}", 4), ("{members: [a, b, c, d, {person: e, since: 2026-09-02}]}", 4),
        ("{members: [a, b, c, d, {person: e, since: 2026-08-01, until: 2026-12-24}]}", 5),
        ("{members: [a, b, c, d, {person: e, until: 2026-10-01}, {person: f, since: 2026-10-02}]}", 4),
        ("{since: 2026-10-01, members: [{person: a, since: 2026-10-01}]}", 1), ("{until: 2026-08-01, size: 1}", None),
    ],
)  # fmt: skip
def test_the_least_number_of_people_on_any_day(entry: str, least: int | None) -> None:
    team = organisation_of(f"version: 1\nteams: {{x: {entry}}}\n").teams["x"]
    assert fewest(team, dt.date(2026, 9, 1), dt.date(2026, 11, 22)) == least


def test_a_label_that_sets_a_few_apart_withholds_its_reading() -> None:
    """Two labels that differ by one small team would tell its contact by subtraction."""
    labelled = organisation_text(extra=", x-kind: usual", small=SOLO.replace("}}}", "}}, x-kind: rare}"))
    organisation = organisation_of(labelled)
    window = Window.of(organisation, [*contact(INSIDE), *contact(ALWAYS)], DAY)
    for layer in ("observed",):
        (reading,) = read_window(window, partitions=["x-kind"], layers=[layer], draws=99)
        assert reading.silence is not None
        assert (reading.silence.why, reading.grade, reading.bridges, reading.units) == (
            Why.FEW_PEOPLE,
            Grade.TOO_LITTLE,
            None,
            0,
        )
        assert reading_sentence(organisation, reading).startswith(
            "Withheld: a group of this grouping is of fewer than five people"
        )


def test_labels_that_differ_by_a_small_team_give_the_same_numbers() -> None:
    """The same question with the small team on one side, and on the other."""
    answers = []
    for stream in ("north", "south"):
        organisation = organisation_of(organisation_text(small=SOLO.replace("north", stream)))
        window = Window.of(organisation, [*contact(INSIDE), *contact(ALWAYS), *contact([("t0", "t7")])], DAY)
        (reading,) = read_window(window, partitions=["value-stream"], layers=["observed"], draws=99)
        answers.append((reading.bridges, reading.groups, reading.borders, reading.shuffled, reading.carrier))
    assert answers[0] == answers[1]


def test_the_brokers_that_are_told_make_up_all_of_the_bridges() -> None:
    """Nothing is left for the one who is not told: the shares are of what is told."""
    organisation = organisation_of(organisation_text(small=SOLO))
    bridges = [("t0", "t6"), ("t0", "t7"), ("t1", "t8")]
    window = Window.of(organisation, [*contact(INSIDE), *contact(bridges), *contact(ALWAYS)], DAY)
    (reading,) = read_window(window, partitions=["value-stream"], layers=["observed"], draws=99)
    found = brokers_of(window, reading)
    assert reading.carrier is not None
    assert sum(one.bridges for one in found) == 2 * reading.carrier[2] == 6
    assert sum(one.share for one in found) == pytest.approx(2)


def test_two_people_in_a_squad_are_not_told_how_often_they_meet() -> None:
    """Product and Tech within squads: of a squad of two it is what they say to each other."""
    people = "\n".join(f"  {side}{i}: {{side: {side}}}" for side in ("product", "tech") for i in range(20))
    squads = "\n".join(
        f"  q{i}: {{type: stream-aligned, members: [product{i}, tech{i}" + (f", product{i + 5}, product{i + 10}, tech{i + 5}, tech{i + 10}" if i else "") + "]}"
        for i in range(5)
    )  # fmt: skip
    organisation = organisation_of(f"version: 1\npeople:\n{people}\nteams:\n{squads}\n")
    rows = [Contact(week, f"product{i}", f"tech{i}", "meeting", 3) for week in WEEKS for i in range(1, 5)]
    windows = [
        Window.of(organisation, [*rows, *more], DAY)
        for more in ([], [Contact(week, "product0", "tech0", "meeting", 50) for week in WEEKS])
    ]
    assert "q0" in windows[0].small
    first, second = (told(window) for window in windows)
    assert first == second
    assert "product0" not in second


def test_a_side_of_under_five_people_is_withheld() -> None:
    people = "".join(
        f"  {name}: {{side: {side}}}\n"
        for side, count in (("product", 3), ("tech", 21))
        for name in [f"{side}{i}" for i in range(count)]
    )
    squads = "".join(
        f"  q{i}: {{members: [product{i}, {', '.join(f'tech{j}' for j in range(7 * i, 7 * i + 7))}]}}\n"
        for i in range(3)
    )
    organisation = organisation_of(f"version: 1\npeople:\n{people}teams:\n{squads}")
    rows = contact([("product0", "tech8"), ("product1", "tech0"), ("tech1", "tech9"), ("product0", "product1")])
    readings = read_window(Window.of(organisation, rows, DAY), partitions=["side"], layers=["observed"], draws=99)
    assert [one.silence and one.silence.why for one in readings] == [Why.FEW_PEOPLE]


# -- the arithmetic of what may be told beside one another ---------------------------------------------------------------


def test_a_part_whose_rest_would_be_few_is_not_told() -> None:
    people = {f"t{i}": {f"p{i}{j}" for j in range(3)} for i in range(4)}
    parts = {"all": list(people), "a": ["t0", "t1"], "b": ["t2", "t3"], "c": ["t3"], "d": ["t0", "t1", "t2"]}
    assert tellable(parts, people) == {"all", "a", "b"}
    assert tellable({"all": ["t0", "t1"], "a": ["t0"], "b": ["t1"]}, people) == {"all"}
    assert tellable({"a": []}, people) == set()


UNITS = st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.integers(0, 20), min_size=1, max_size=7), min_size=1)


@given(UNITS, st.lists(st.sets(st.sampled_from("abcdefgh")), max_size=6))
def test_no_difference_of_what_is_told_is_of_few(people: dict[str, set[str]], parts: list[set[str]]) -> None:
    """Whatever totals are asked for: cut by those that are told, the units fall into sets of five people or more, or of none."""
    named = {str(index): sorted(part) for index, part in enumerate([set(people), *parts])}
    found = tellable(named, people)
    cells: dict[frozenset[str], set[int]] = {}
    for unit, persons in people.items():
        inside = frozenset(name for name in found if unit in named[name])
        if inside:
            cells.setdefault(inside, set()).update(persons)
    assert all(len(persons) >= LEAST_PEOPLE for persons in cells.values())


# -- 12: rows, metrics of people, names ----------------------------------------------------------------------------------

AUTHORS = ["ann", "bob", "cid", "dee", "eva", "fay"]
MODEL = """version: 1
people: {{{people}}}
groups: {{north: {{name: North}}, south: {{name: South}}}}
teams:
  web: {{name: Web, group: north, members: [ann, bob, cid, dee, eva, fay], services: {{shop: {{repositories: [lumio/shop]}}}}}}
  pay: {{name: Pay, group: south, members: [gus, hal], pm: ida, em: jo, services: {{pay: {{}}}}}}
""".format(
    people=", ".join(f"{one}: {{accounts: {{github: {one}-dev}}}}" for one in [*AUTHORS, "gus", "hal", "ida", "jo"])
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An organisation with changes of six people in one team and two in the other, and rituals with speaking minutes."""
    (tmp_path / "squads.yaml").write_text(MODEL)
    data = tmp_path / "data"
    data.mkdir()
    lines = ["id,service,repository,merged_at,author,reviewers,first_commit_at,deployment_id,labels,item"]
    for number, author in enumerate([*AUTHORS, *AUTHORS, "gus", "hal"]):
        service = "shop" if author in AUTHORS else "pay"
        lines.append(f"{author}-dev/{service}#{number},{service},{author}-dev/{service},2026-11-1{number % 5}T10:00:00Z,{author}-dev,stranger,2026-11-09T10:00:00Z,"
                     f"{service[0]}1,by:{author}-dev,for {author}")  # fmt: skip
    lines.append("stranger/shop#99,shop,,2026-11-10T10:00:00Z,stranger,,,,,")
    (data / "changes.csv").write_text("\n".join(lines) + "\n")
    (data / "deployments.csv").write_text(
        "id,service,finished_at,result,url,version\ns1,shop,2026-11-16T10:00:00Z,success,https://x.example/ann-dev/1,ann-dev/fix\n"
        "p1,pay,2026-11-16T10:00:00Z,success,,\nann-dev/tool,tool,2026-11-16T10:00:00Z,success,,\n"
    )
    (data / "rituals.csv").write_text(
        "id,team,kind,planned_at,held,product_present,tech_present,product_speaking_minutes,tech_speaking_minutes\n"
        "1,pay,duo,2026-11-10T10:00:00Z,yes,yes,yes,713,1923\n2,,executive,2026-11-10T10:00:00Z,yes,yes,yes,1117,1931\n"
    )
    (data / "contacts.csv").write_text(
        "week,source,target,kind,weight\n2026-11-09,ann,gus,meeting,3\n2026-11-09,bob,hal,ann-dev,2\n2026-11-09,cid,gus,meeting,eva-dev\n"
    )
    return tmp_path


NAMES = [
    form for one in [*AUTHORS, "gus", "hal", "ida", "jo"] for form in (f"{one}-dev", f" {one}", f":{one}", f'"{one}"')
] + ["stranger"]


def no_name(text: str) -> None:
    assert not [one for one in NAMES if one in text], text


def test_every_column_that_is_shown_is_on_the_list() -> None:
    """A new column of an event is not shown until somebody has thought about it."""
    assert not set(PERSONAL) & set(SHOWN)
    assert {"author", "reviewers", "source", "target"} == set(PERSONAL)
    for name in (
        "labels",
        "repository",
        "branch",
        "url",
        "postmortem_url",
        "cause",
        "product_speaking_minutes",
        "tech_speaking_minutes",
    ):
        assert name not in SHOWN
    assert tuple(dict.fromkeys(one for one in PERSONAL if any(table.column(one) for table in TABLES))) == PERSONAL


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
@pytest.mark.parametrize("show", ["rows", "left-out"])
@pytest.mark.parametrize("metric", ["change-lead-time", "deployment-frequency"])
def test_rows_name_nobody_in_any_format(folder: Path, format_: str, show: str, metric: str) -> None:
    result = run(
        "metrics", str(folder / "squads.yaml"), "--metric", metric, "--show", show, "--format", format_, "--as-of", "2026-11-22"
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    no_name(result.output)


def test_rows_of_no_metric_name_anybody(folder: Path) -> None:
    scope = topology.open(folder / "squads.yaml", today=DAY).scope(DAY)
    for by, whose in (("team", "web"), ("group", "north"), ("organisation", "organisation")):
        for metric in METRICS:
            rows = [
                *rows_behind(metric, replace(scope, by=by), whose),
                *rows_left_out(metric, replace(scope, by=by), whose),
            ]
            no_name(json.dumps(rows, default=str))


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
def test_a_row_says_which_of_its_columns_are_withheld(folder: Path, format_: str) -> None:
    result = run(
        "metrics",
        str(folder / "squads.yaml"),
        "--metric",
        "change-lead-time",
        "--show",
        "rows",
        "--format",
        format_,
        "--as-of",
        "2026-11-22",
    )
    assert "repository, author, reviewers, labels" in result.stdout or {
        "repository",
        "author",
        "reviewers",
        "labels",
    } <= set(json.loads(result.stdout)[0]["withheld"].split(", "))
    assert "withheld" in result.stdout


def test_an_account_in_an_id_is_hidden(folder: Path) -> None:
    workspace = topology.open(folder / "squads.yaml", today=DAY)
    scope = workspace.scope(DAY)
    ids = {row["id"] for row in rows_behind("change-lead-time", scope, "web")}
    assert "•••/shop#0" in ids
    assert {row["version"] for row in rows_behind("deployment-frequency", scope, "web")} == {"•••/fix"}
    left = rows_left_out("deployment-frequency", scope, "web")
    assert [row["id"] for row in left] == ["•••/tool"]
    left = rows_left_out("change-lead-time", scope, "web")
    assert "•••/shop#99" in {row["id"] for row in left}
    names = Names(["ann-dev", "bob", "Anna Berg", "anna.berg@lumio.example", ""])
    for text, hidden in {
        "ann-dev/x by anna, (bob) BOB ann": "•••/x by anna, (•••) ••• ann", "shop-ann-dev-2": "shop-•••-2", "feature_ann-dev": "feature_•••",
        "@ann-dev's!8": "@•••'s!8", "anna.berg@lumio.example/3": "•••/3", "Anna Berg 6": "••• 6", "bobby": "bobby", "xbob": "xbob", "": "",
        "ann-devil": "ann-devil", "ann-dev\\9~bob*": "•••\\9~•••*", "İbob bob": "•••",
    }.items():  # fmt: skip
        assert names.hidden_in(text) == hidden


def test_what_cannot_be_read_is_told_by_line_and_not_by_name(folder: Path) -> None:
    result = run("clans", str(folder / "squads.yaml"), "--as-of", "2026-11-22")
    told_ = result.stderr + result.stdout
    assert "line 3: kind is not one of review, meeting, message" in told_
    assert "line 4: weight is not a number of 0 or more" in told_
    no_name(told_)


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
@pytest.mark.parametrize(
    ("arguments", "withheld"),
    [
        (["--metric", "change-lead-time", "--attribution", "author"], {"pay", "web"}),
        (["--metric", "cross-changes"], {"pay"}),
        (["--metric", "speaking-balance"], {"pay"}),
        (["--metric", "speaking-balance", "--by", "group"], {"south"}),
        (["--metric", "speaking-balance", "--by", "organisation"], {"organisation"}),
        (["--metric", "speaking-balance", "--show", "rows", "--team", "pay"], {"pay"}),
        (["--metric", "change-lead-time", "--attribution", "author", "--show", "rows", "--team", "pay"], {"pay"}),
        (["--metric", "change-lead-time", "--attribution", "author", "--by", "group"], {"north", "south"}),
    ],
)
def test_a_number_of_under_five_people_is_withheld_in_every_format(
    folder: Path, format_: str, arguments: list[str], withheld: set[str]
) -> None:
    result = run("metrics", str(folder / "squads.yaml"), *arguments, "--format", format_, "--as-of", "2026-11-22")
    assert result.exit_code == 0, result.output
    assert f"withheld: {SAYS}" in result.stdout
    if format_ == "json":
        by = next((one for one in ("group", "organisation") if one in arguments), "team")
        rows = json.loads(result.stdout)
        assert {row[by] for row in rows if row.get("note")} == withheld
        assert all(row.get("value") is None and row.get("n") is None for row in rows if row.get("note"))
    no_name(result.stdout)


def test_the_whole_is_withheld_where_the_rest_would_be_few(folder: Path) -> None:
    """Eight authors: the whole is told, then no part, since what is left of it would be that of two people."""
    workspace = topology.open(folder / "squads.yaml", today=DAY)
    scope = replace(workspace.scope(DAY), attribution="author")
    by = {one: read_metric("change-lead-time", replace(scope, by=one)) for one in ("team", "group", "organisation")}
    assert by["organisation"].headline["organisation"]["n"] == 14
    assert by["team"].withheld == {"web", "pay"}
    assert by["group"].withheld == {"north", "south"}
    assert by["team"].headline == by["group"].headline == {}


@pytest.mark.parametrize("weeks", [1, 2, 12])
def test_weekly_numbers_are_withheld_too(folder: Path, weeks: int) -> None:
    result = run("metrics", str(folder / "squads.yaml"), "--metric", "change-lead-time", "--attribution", "author", "--every", "week", "--weeks",
                 str(weeks), "--as-of", "2026-11-22", "--format", "json")  # fmt: skip
    rows = json.loads(result.stdout)
    assert {row["team"] for row in rows if row["note"] == f"withheld: {SAYS}"} == {"web", "pay"}
    assert all(row["value"] is None and row["n"] is None for row in rows if row["note"])


def test_the_library_withholds_as_the_terminal_does(folder: Path) -> None:
    workspace = topology.open(folder / "squads.yaml", today=DAY)
    table = workspace.metrics("speaking-balance", day=DAY)
    assert table["value"].isna().all()
    assert table.attrs["withheld"] == ["pay"]
    assert not list(workspace.network("observed", DAY).edges)


def test_the_leaders_two_voices_are_in_no_total(folder: Path) -> None:
    """Of the leaders' own ritual each side is one person; a total with it, less the squads', would be theirs."""
    scope = topology.open(folder / "squads.yaml", today=DAY).scope(DAY)
    whole = replace(scope, by="organisation")
    (row,) = METRICS["speaking-balance"].headline(whole).to_pyarrow().to_pylist()
    assert (row["product_minutes"], row["tech_minutes"]) == (713, 1923)
    left = rows_left_out("speaking-balance", whole, "organisation")
    assert left == []  # (withheld as well)


# -- 13: every way out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["table", "csv", "json", "markdown"])
def test_clans_tells_nothing_of_a_small_team_in_any_format(tmp_path: Path, format_: str) -> None:
    (tmp_path / "squads.yaml").write_text(organisation_text(small=SOLO))
    (tmp_path / "data").mkdir()

    def printed(rows: list[Contact], *more: str) -> str:
        lines = [f"{one.week},{one.source},{one.target},{one.kind},{one.weight}" for one in rows]
        (tmp_path / "data" / "contacts.csv").write_text("\n".join(["week,source,target,kind,weight", *lines]) + "\n")
        result = run("clans", str(tmp_path / "squads.yaml"), "--as-of", str(DAY), "--format", format_, *more)
        assert result.exit_code == 0, result.output
        return result.output

    usual = [*contact(INSIDE), *contact([("t0", "t6")])]
    assert printed(usual) == printed([*usual, *contact(ALWAYS)])
    assert "fewer than five people" in printed(usual)
    if format_ != "markdown":
        for show in ("pairs", "brokers", "moves"):
            assert printed(usual, "--show", show) == printed([*usual, *contact(ALWAYS)], "--show", show)
    check = ("check", str(tmp_path / "squads.yaml"), "--with-data", "--as-of", str(DAY))
    found = run(*check).output
    printed([*usual, *contact(ALWAYS)])
    assert run(*check).output == found


def test_no_page_and_no_download_tells_what_is_withheld(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.testing.v1 import AppTest

    from topology.app import registry
    from topology.server.application import ENTRY

    monkeypatch.setenv("TOPOLOGY_MODEL", str(folder / "squads.yaml"))
    monkeypatch.setattr(registry, "today", lambda: DAY)
    for page, query in (("delivery", {"metric": "cross-changes"}), ("squad", {"team": "pay"}), ("map", {"overlay": "speaking-balance"}),
                        ("alignment", {}), ("clans", {})):  # fmt: skip
        app = AppTest.from_file(ENTRY, default_timeout=60).run()
        for name, value in query.items():
            app.query_params[name] = value
        app.switch_page(f"../pages/{page}.py").run()
        assert not app.exception
        cells = [str(cell) for one in (*app.table, *app.dataframe) for cell in one.value.to_numpy().flat]
        shown = "\n".join([*cells, *(str(one.value) for kind in (app.markdown, app.caption) for one in kind)])
        assert not [one for one in ("713", "1923", "1117", "1931", "27%", "0.54") if one in shown]
        assert "stranger" not in shown
        if page in ("delivery", "alignment"):
            assert f"withheld: {SAYS}" in shown.lower().replace("&#58;", ":"), page


def test_the_title_of_a_team_on_the_map_says_that_a_number_is_withheld(folder: Path) -> None:
    workspace = topology.open(folder / "squads.yaml", today=DAY)
    svg = workspace.map(overlay="speaking-balance", day=DAY).svg
    assert f"Speaking balance: withheld: {SAYS}" in svg


def test_small_teams_are_the_same_for_everybody_who_asks() -> None:
    organisation = organisation_of(organisation_text(small=SOLO))
    window = Window.of(organisation, [], DAY)
    assert window.small == small_teams(organisation, window.first, DAY) == {"solo"}


# -- what a second reading found ------------------------------------------------------------------------------------------


def events_folder(folder: Path, text: str, **tables: str) -> Path:
    """An organisation with event tables."""
    (folder / "data").mkdir(parents=True)
    (folder / "squads.yaml").write_text(text)
    for name, table in tables.items():
        (folder / "data" / f"{name}.csv").write_text(table)
    return folder / "squads.yaml"


RITUAL = "id,team,kind,planned_at,held,product_present,tech_present,product_speaking_minutes,tech_speaking_minutes\n"


def test_a_window_less_its_weeks_is_of_five_people_or_nothing(tmp_path: Path) -> None:
    """Six squads speak in two weeks, in a third one of them alone: its minutes would be the difference."""
    rows = "".join(
        f"{team}-{week},t{team},duo,2026-11-{day}T10:00:00Z,yes,yes,yes,20,20\n"
        for team in range(6)
        for week, day in enumerate(("03", "10"))
    )
    rows += "99,t3,duo,2026-11-17T10:00:00Z,yes,yes,yes,3,47\n"
    workspace = topology.open(events_folder(tmp_path, organisation_text(), rituals=RITUAL + rows), today=DAY)
    reading = read_metric("speaking-balance", replace(workspace.scope(DAY), by="organisation"))
    whole, weeks = reading.headline["organisation"], reading.weekly["organisation"]
    assert {week for _, week in reading.withheld_weeks} >= {dt.date(2026, 11, 16)}
    assert len(weeks) <= 1
    rest = whole["product_minutes"] - sum(week["product_minutes"] for week in weeks)
    assert rest not in (3, 0)
    assert rows_behind("speaking-balance", replace(workspace.scope(DAY), by="organisation"), "organisation") == []


CHANGE = "id,service,merged_at,author,first_commit_at,deployment_id\n"
DEPLOYED = "id,service,finished_at,result\n" + "".join(f"d{i},s{i},2026-11-16T10:00:00Z,success\n" for i in range(12))


def with_members(small: str = "") -> str:
    """Teams of six whose people have ids."""
    text = organisation_text(small=small)
    for number in range(12):
        members = ", ".join(f"p{number}x{j}" for j in range(6))
        text = text.replace(f"size: 6, services: {{s{number}:", f"members: [{members}], services: {{s{number}:")
    return text


def test_what_a_small_team_changes_elsewhere_is_in_no_count(tmp_path: Path) -> None:
    solo = "  solo: {type: stream-aligned, group: north, members: [s0, s1], services: {lone: {}}}"
    usual = "".join(
        f"c{i},s3,2026-11-1{i % 6}T10:00:00Z,p{2 + i % 2}x{i % 6},2026-11-09T10:00:00Z,d3\n" for i in range(30)
    )
    theirs = "".join(f"x{i},s3,2026-11-1{i % 6}T10:00:00Z,s0,2026-11-09T10:00:00Z,d3\n" for i in range(12))
    answers = []
    for name, more in (("without", ""), ("with", theirs)):
        file = events_folder(tmp_path / name, with_members(solo), changes=CHANGE + usual + more, deployments=DEPLOYED)
        workspace = topology.open(file, today=DAY)
        parts = [
            read_metric("cross-changes", replace(workspace.scope(DAY), by=by))
            for by in ("team", "group", "organisation")
        ]
        answers.append([(one.headline, one.weekly, one.withheld) for one in parts])
        assert parts[0].withheld == {"solo"}
        assert rows_behind("cross-changes", workspace.scope(DAY), "solo") == []
    assert answers[0] == answers[1]


def test_people_without_a_value_do_not_count_as_five(tmp_path: Path) -> None:
    """Six authors, of whom one alone has a lead time."""
    rows = "".join(
        f"c{i},s0,2026-11-12T10:00:00Z,p0x{i},{'2026-11-09T10:00:00Z' if i == 0 else ''},d0\n" for i in range(6)
    )
    workspace = topology.open(
        events_folder(tmp_path, with_members(), changes=CHANGE + rows, deployments=DEPLOYED), today=DAY
    )
    scope = replace(workspace.scope(DAY), attribution="author")
    reading = read_metric("change-lead-time", scope)
    assert (reading.headline, reading.withheld) == ({}, {"t0"})
    assert rows_left_out("change-lead-time", scope, "t0") == rows_behind("change-lead-time", scope, "t0") == []


def test_the_parts_of_a_lead_time_by_author_are_not_told(tmp_path: Path) -> None:
    """All have a lead time, one alone a review: the parts would be that one's."""
    head = "id,service,merged_at,author,first_commit_at,opened_at,first_review_at,deployment_id\n"
    rows = "".join(
        f"c{i},s0,2026-11-12T10:00:00Z,p0x{i},2026-11-09T10:00:00Z,{'2026-11-10T10:00:00Z,2026-11-11T10:00:00Z' if i == 0 else ','},d0\n"
        for i in range(6)
    )
    workspace = topology.open(
        events_folder(tmp_path, with_members(), changes=head + rows, deployments=DEPLOYED), today=DAY
    )
    row = read_metric("change-lead-time", replace(workspace.scope(DAY), attribution="author")).headline["t0"]
    assert row["n"] == 6
    assert {row[f"{part}_hours"] for part in ("coding", "pickup", "review", "deploy")} == {None}


@pytest.mark.parametrize(
    ("inner", "outer", "small"),
    [
        ("[a, b, c, d, e]", "[a, b, c, d, e, f]", {"outer"}), ("[a, b, c, d, e]", "[a, b, c, d, e, f, g, h, i, j]", set()),
        ("[a, b, c, d, e]", "[a, b, c, d, f, g]", set()), ("[a, b, c, d, e]", "[a, b, c, d, e]", set()), ("[a, b]", "[a, b, c, d, e, f]", {"inner"}),
        ("[a, b, c, d, e]", "[a, b, c, d, e, {person: f, since: 2026-11-20}]", {"outer"}),
    ],
)  # fmt: skip
def test_a_team_that_is_another_and_a_few_more_counts_as_small(inner: str, outer: str, small: set[str]) -> None:
    organisation = organisation_of(
        f"version: 1\nteams:\n  inner: {{members: {inner}}}\n  outer: {{members: {outer}}}\n"
    )
    assert small_teams(organisation, dt.date(2026, 9, 1), DAY) == small


def test_a_written_size_does_not_hide_that_few_were_there() -> None:
    text = (
        "version: 1\nteams: {x: {size: 6, members: [a, b, "
        + ", ".join(f"{{person: {one}, since: 2026-10-05}}" for one in "cdef")
        + "]}}\n"
    )
    team = organisation_of(text).teams["x"]
    assert fewest(team, dt.date(2026, 8, 1), dt.date(2026, 8, 30)) == 2
    assert fewest(team, dt.date(2026, 10, 5), DAY) == 6


def test_neither_the_beginning_nor_the_channels_nor_the_silence_tell_of_a_small_team() -> None:
    """Earlier weeks, other channels and whether there is any contact at all are read without small teams too."""
    organisation = organisation_of(organisation_text(small=SOLO))
    early = [Contact(DAY - dt.timedelta(weeks=80, days=6), "solo", "t7", "meeting", 5)]
    other = [Contact(week, "solo", "t7", "message", 9) for week in WEEKS]
    for rows in ([], contact(INSIDE)):
        plain, more = (Window.of(organisation, [*rows, *extra], DAY) for extra in ([], [*early, *other]))
        assert told(plain) == told(more)
        assert plain.first_week("observed") == more.first_week("observed")
        assert plain.of_both_sides == more.of_both_sides
        assert (
            plain.has(("message",))
            == more.has(("message",))
            == plain.has_within(("message",))
            == more.has_within(("message",))
        )


def test_the_table_of_rituals_has_no_voice_of_the_leaders() -> None:
    from topology.view.alignment import ritual_rows

    def table(minutes: tuple[int, int], kind: str) -> list[dict[str, object]]:
        squads = [{"kind": "duo", "team": f"t{i}", "held": True, "product_present": True, "tech_present": True, "minutes": 40.0,
                   "product_speaking_minutes": 20.0, "tech_speaking_minutes": 20.0} for i in range(6)]  # fmt: skip
        own = {
            **squads[0],
            "team": None,
            "kind": kind,
            "product_speaking_minutes": minutes[0],
            "tech_speaking_minutes": minutes[1],
        }
        return ritual_rows([*squads, own])

    for kind in ("duo", "executive", "demo"):
        assert table((2, 200), kind) == table((200, 2), kind)
