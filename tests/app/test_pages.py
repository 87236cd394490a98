"""Every page on the example, on the real organisation, on a single team, and on files that go wrong."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT, shared
from tests.history.conftest import Repo
from tests.naming import people_named
from topology.delivery import DORA
from topology.model import Organisation
from topology.server.application import ENTRY
from topology.view.markdown import escaped

PAGES = ("overview", "map", "squad", "delivery", "maturity", "survey", "clans", "alignment", "timeline")
ONE_TEAM = "version: 1\nteams: {alone: {name: Alone, type: stream-aligned}}\n"
NASTY = "<script>alert(1)</script> **bold** [x](y) $z$ `code` :red[x] فريق"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch):
    def open_(path: Path, page: str = "overview", **query: str) -> AppTest:
        monkeypatch.setenv("TOPOLOGY_MODEL", str(path))
        app = AppTest.from_file(ENTRY, default_timeout=60).run()
        for name, value in query.items():
            app.query_params[name] = value
        if page != "overview":
            app.switch_page(f"../pages/{page}.py")
        return app.run()

    return open_


def texts(app: AppTest) -> str:
    parts = [
        *app.title,
        *app.header,
        *app.subheader,
        *app.markdown,
        *app.caption,
        *app.error,
        *app.info,
        *app.warning,
        *app.code,
    ]
    return "\n".join(str(part.value) for part in parts)


def cells(tables: Sequence[Any]) -> list[str]:
    """Every cell of some tables, whole."""
    return [str(cell) for one in tables for cell in one.value.to_numpy().flat]


def fine(app: AppTest) -> str:
    assert not app.exception, [one.value for one in app.exception]
    return texts(app)


@pytest.mark.parametrize("page", PAGES)
def test_the_example(opened, page: str) -> None:
    shown = fine(opened(ROOT / "squads.yaml", page))
    assert {
        "overview": escaped("Product sees Debt 1.0 levels higher than Tech does, all squads together"),
        "map": "Click a team",
        "squad": "Maturity: what is next",
        "survey": "No survey is open",
        "delivery": "Each against its own past, in the order of the file",
        "maturity": escaped("CTO–CPO slot, of the organisation: 4."),
        "clans": escaped("Onboarding and Payments: 19 weeks of contact where chance would give 49 to 103."),
        "alignment": "The weekly slot of the two leaders was held in 13 of 13",
        "timeline": "Timeline",
    }[page] in shown


WITHOUT_EVENTS = {
    "overview": escaped("No data: no contact between teams was observed (contacts.csv)."),
    "map": "Click a team",
    "squad": "The team has not written its Team API yet",
    "delivery": "No data for delivery. The file `deployments.csv` would fill this panel",
    "maturity": "For conversations about how we work.",
    "clans": "There is too little data to tell.",
    "alignment": "The organisation: rituals held **no data**",
    "timeline": escaped("is not in a git repository."),
    "survey": "No survey is open",
}


@pytest.mark.parametrize("page", PAGES)
def test_the_real_organisation(opened, page: str) -> None:
    shown = fine(opened(shared("organisations/product-groups-2022.yaml"), page))
    known = {
        "overview": "8 errors, 14 warnings, 7 info",
        "squad": "Authentication and Authorization",
        "map": "Who meets whom",
    }
    assert WITHOUT_EVENTS[page] in shown
    assert known.get(page, "") in shown


@pytest.mark.parametrize("page", PAGES)
def test_a_single_team(opened, page: str, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(ONE_TEAM)
    shown = fine(opened(tmp_path / "squads.yaml", page))
    known = {"overview": "2 errors, 1 warning", "squad": "Alone has no product manager"}
    assert WITHOUT_EVENTS[page] in shown
    assert known.get(page, "") in shown


@pytest.mark.parametrize("page", PAGES)
def test_no_team_at_all(opened, page: str, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {}\n")
    known = {"overview": "There are no teams on this day.", "squad": "The file declares no team."}
    assert known.get(page, WITHOUT_EVENTS[page]) in fine(opened(tmp_path / "squads.yaml", page))


def hostile(root: Path) -> Path:
    """Eight squads in two streams, everything of one hostile name, with contacts, deployments and a commit."""
    teams = "".join(
        f"  t{i}: {{name: '{NASTY}', mission: '{NASTY}', group: g{i % 2}, pm: p{i}, em: e{i}, size: 6, services: {{s{i}: {{}}}},"
        f" depends_on: [{{team: t{(i + 3) % 8}, kind: slowing}}]}}\n"
        for i in range(8)
    )
    groups = "".join(f"  g{i}: {{name: '{NASTY}', kind: value-stream}}\n" for i in range(2))
    people = "".join(f"  {side}{i}: {{name: '{NASTY}'}}\n" for side in "pe" for i in range(8))
    weeks = [f"2026-{month:02}-{day:02}" for month in (9, 10, 11) for day in (7, 14, 21)]
    contacts = "".join(
        f"{week},p{i},p{j},meeting,4\n" for week in weeks for i in range(8) for j in ((i + 2) % 8, (i + 3) % 8)
    )
    deployments = "".join(f"{i},s{i},production,2026-11-16T14:03:00Z,success\n" for i in range(8))
    repository = Repo(root)
    repository.commit({"squads.yaml": "version: 1\nteams: {}\n"})
    repository.commit(
        {
            "squads.yaml": f"version: 1\norganisation: {{name: '{NASTY}'}}\ngroups:\n{groups}people:\n{people}teams:\n{teams}",
            "data/contacts.csv": "week,source,target,kind,weight\n" + contacts,
            "data/deployments.csv": "id,service,environment,finished_at,result\n" + deployments,
        },
        day="2026-11-02",
    )
    return root / "squads.yaml"


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page != "survey"]
)  # (test_survey_page opens one, to have names)
def test_names_are_shown_as_they_are(opened, page: str, tmp_path: Path) -> None:
    app = opened(hostile(tmp_path), page, team="t0", day="2026-11-22")
    shown = "\n".join([fine(app), *cells(app.table)])
    assert "<script>" not in shown and "**bold**" not in shown
    assert escaped(NASTY) in shown


def test_the_planted_stories_are_the_first_things_to_look_at(opened) -> None:
    shown = fine(opened(ROOT / "squads.yaml"))
    assert (
        "Between Payments and Onboarding seven of the nine pairs of teams whose work needs the other were seen in contact"
        in shown
    )
    assert "the PM sees “duo” at level 5, the EM at level 2 of 5" in shown
    assert "less contact across than chance would give" in shown


@pytest.mark.parametrize(
    "overlay",
    [
        "change-lead-time",
        "change-fail-rate",
        "flow-load",
        "speaking-balance",
        "post-mortem-share",
        "duo-gap",
        "cognitive-load",
        "bridges",
        "missing-bridges",
        "bridges-carried",
    ],
)
def test_every_overlay_with_and_without_events(opened, overlay: str, tmp_path: Path) -> None:
    with_events = fine(opened(ROOT / "squads.yaml", "map", overlay=overlay))
    assert "no data:" not in with_events
    (tmp_path / "squads.yaml").write_text(ONE_TEAM)
    assert "no data" in fine(opened(tmp_path / "squads.yaml", "map", overlay=overlay))


def test_the_finding_opens_with_its_tests_borders_and_moves(opened) -> None:
    app = opened(ROOT / "squads.yaml", "clans")
    shown = fine(app)
    assert app.subheader[0].value == "Finding: Value streams"
    assert escaped("around May 2026") in shown
    assert escaped("Windows of 9 and 15 weeks say the same.") in shown
    assert escaped("Invoicing and Merchant onboarding work together for 8 weeks") in shown
    assert escaped("Nothing is proposed for 6 silent pairs") in shown
    tables = "\n".join(one.value.to_string() for one in app.table)
    for part in (escaped("Fisher's exact p"), "✓ holds", "Merchant onboarding"):
        assert part in tables
    assert any("mode: collaboration" in one.value for one in app.code)


@pytest.mark.parametrize("grouping", ["value-stream", "site", "platform", "side", "side-within", "nothing"])
@pytest.mark.parametrize("layer", ["declared", "observed", "cross-changes", "nothing"])
def test_every_grouping_and_layer_has_a_page(opened, grouping: str, layer: str) -> None:
    assert "Clan dynamics" in fine(opened(ROOT / "squads.yaml", "clans", grouping=grouping, layer=layer))


def test_the_clans_of_people_name_nobody(opened, example: Organisation) -> None:
    app = opened(ROOT / "squads.yaml", "clans", grouping="side")
    words = "\n".join([fine(app), *cells(app.table), *cells(app.dataframe)])
    assert not people_named(example, words)


def test_a_name_is_found_whatever_stands_around_it(example: Organisation) -> None:
    for words in ("abel, then", "(Abel)", "abel’s", "**abel**", "abel&#46;"):
        assert people_named(example, words) == {"abel"}
    assert not people_named(example, "label, labelled")


def test_the_expert_view_computes_on_demand(opened) -> None:
    app = opened(ROOT / "squads.yaml", "clans")
    next(one for one in app.toggle if one.label == "Compute the expert view").set_value(True)
    shown = fine(app.run())
    tables = "\n".join(cells(app.table))
    assert "Communities need 50 units" in tables and "their work needs the other" in tables
    assert escaped("Moran's I") in shown


def test_before_the_story_the_page_says_what_it_could_have_shown(opened) -> None:
    shown = fine(opened(ROOT / "squads.yaml", "clans", day="2026-03-01", grouping="value-stream"))
    assert "No sign: Value streams" in shown
    assert "could have shown no lack of contact" in shown


def test_the_squad_page_shows_bridges_and_faultline(opened) -> None:
    shown = fine(opened(ROOT / "squads.yaml", "squad", team="order-tracking"))
    assert escaped("side and site part the squad at one line") in shown
    assert escaped("No needed pair across is silent.") in shown
    assert escaped("Silent pairs across, needed and seen in contact in fewer than one week of four: ") in fine(
        opened(ROOT / "squads.yaml", "squad", team="identity-checks")
    )


def test_a_link_selects_team_overlay_and_day(opened) -> None:
    app = opened(ROOT / "squads.yaml", "map", team="search", overlay="cognitive-load", day="2026-11-01")
    shown = fine(app)
    assert app.subheader[0].value == "Search"
    assert app.selectbox[0].value == "cognitive-load"
    assert str(app.slider[0].value) == "2026-11-01"
    assert "Cognitive load: **17**" in shown


@pytest.mark.parametrize(
    "query",
    [{"team": "nobody"}, {"overlay": "nothing"}, {"day": "someday"}, {"day": "1999-01-01"}, {"team": "<script>"}],
)
def test_a_wrong_link_shows_the_page_without_it(opened, query: dict[str, str]) -> None:
    assert "Click a team" in fine(opened(ROOT / "squads.yaml", "map", **query))


def test_a_broken_file_is_explained_alone(opened, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {a: {typ: x}}\n")
    app = opened(tmp_path / "squads.yaml")
    shown = fine(app)
    assert app.title[0].value == "This organisation cannot be shown yet"
    assert "2:13: TT003" in shown


def test_a_save_that_breaks_the_file_keeps_the_last_good_map(opened, tmp_path: Path) -> None:
    file = tmp_path / "squads.yaml"
    file.write_text(ONE_TEAM)
    app = opened(file, "squad")
    file.write_text("version: 1\nteams: {alone: {typ: platform}}  # broken\n")
    shown = fine(app.run())
    assert "below is the last version without" in shown and "TT003" in shown
    assert app.title[0].value == "Alone"
    file.write_text(ONE_TEAM.replace("Alone", "Renamed team"))
    assert app.run().title[0].value == "Renamed team"
    assert not app.error


def test_wrong_settings_are_said_and_the_page_goes_on(opened, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(ONE_TEAM)
    (tmp_path / "topology.toml").write_text("[dta]\n")
    assert "unknown key `dta`" in fine(opened(tmp_path / "squads.yaml"))


def test_bad_event_files_are_said(opened, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(ONE_TEAM)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "deployments.csv").write_text("id,servise,finished_at,result\n")
    (tmp_path / "data" / "incidents.csv").write_text("id,opened_at\n1,whenever\n")
    shown = fine(opened(tmp_path / "squads.yaml"))
    assert "required column missing" in shown
    assert "line 2" in shown


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "soon"])
def test_a_day_out_of_range_shows_the_last_day_with_data(opened, page: str, day: str) -> None:
    assert fine(opened(ROOT / "squads.yaml", page, day=day)) == fine(opened(ROOT / "squads.yaml", page))


def test_a_dimension_and_a_teams_profile(opened) -> None:
    shown = fine(opened(ROOT / "squads.yaml", "maturity", dimension="debt", team="order-tracking"))
    assert escaped("Debt: Whether technical risk and debt get a share of the work that both sides stand by.") in shown
    assert escaped("The next step of 8 of 13 teams: A planned share of risk and debt is stated.") in shown
    assert escaped("Order tracking: every criterion") in shown


def test_a_pack_that_cannot_be_used_is_said_on_its_page_alone(opened, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(ONE_TEAM)
    (tmp_path / "topology.toml").write_text('[maturity]\npack = "ours"\n')
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "debt.yaml").write_text("order: 1\n")
    assert "The pack that the settings name cannot be used" in fine(opened(tmp_path / "squads.yaml", "maturity"))
    assert "What to look at" in fine(opened(tmp_path / "squads.yaml"))


def test_a_dimension_s_name_is_text_too(opened, tmp_path: Path) -> None:
    dimension = "![x](http://elsewhere.example/x.png)"
    (tmp_path / "squads.yaml").write_text(
        f"version: 1\nteams: {{a: {{positions: {{'{dimension}': {{pm: 5, em: 1}}}}}}}}\n"
    )
    assert dimension not in fine(opened(tmp_path / "squads.yaml", "map", team="a", overlay="duo-gap"))
    assert dimension not in fine(opened(tmp_path / "squads.yaml"))


def test_a_zone_that_only_python_knows_does_not_stop_the_page(opened, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(ONE_TEAM)
    (tmp_path / "topology.toml").write_text('[data]\ntimezone = "localtime"\n')
    assert "What to look at this week" in fine(opened(tmp_path / "squads.yaml"))


def test_findings_stand_on_the_overview_the_map_and_the_squads_page(opened) -> None:
    assert "27 warnings, 18 info; 1 suppressed in the file, with a reason" in fine(
        opened(ROOT / "squads.yaml", day="2026-11-22")
    )
    assert "Errors and warnings of `topology check`" in fine(opened(ROOT / "squads.yaml", "map", overlay="findings"))
    squad = fine(opened(ROOT / "squads.yaml", "squad", team="order-tracking", day="2026-11-22"))
    assert "Warning: Order tracking works in 2 complicated domains" in html.unescape(squad)
    assert "The rules find nothing about this team" in fine(
        opened(ROOT / "squads.yaml", "squad", team="data-platform", day="2026-11-22")
    )


def test_wrong_rule_settings_are_said_and_the_defaults_hold(opened, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(ONE_TEAM)
    (tmp_path / "topology.toml").write_text('[rules]\nignore = ["TT999"]\n')
    shown = fine(opened(tmp_path / "squads.yaml", "squad"))
    assert "there is no rule" in html.unescape(shown)
    assert "has no product manager" in html.unescape(shown)


def test_without_a_repository_the_timeline_says_so(opened, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(ONE_TEAM)
    assert "There is no history to show" in fine(opened(tmp_path / "squads.yaml", "timeline"))


def test_the_timeline_follows_the_commits(opened, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"squads.yaml": ONE_TEAM}, day="2026-09-05")
    repo.commit({"squads.yaml": "version: 1\nteams: ["}, day="2026-10-05")
    repo.commit({"squads.yaml": ONE_TEAM.replace("}}", "}, new: {name: Newcomer}}")}, day="2026-11-05")
    app = opened(repo.root / "squads.yaml", "timeline")
    shown = fine(app)
    assert "Newcomer" in shown
    assert "is skipped" in html.unescape(shown)


# -- Delivery and Alignment -----------------------------------------------------------------------------------------


def test_a_number_moves_with_its_definition_and_says_how(opened) -> None:
    query = {"metric": "change-fail-rate", "team": "order-tracking"}
    app = opened(ROOT / "squads.yaml", "delivery", **query)
    ours = fine(app)
    theirs = fine(opened(ROOT / "squads.yaml", "delivery", **query, definition="devlake"))
    assert "Change fail rate: **18%** (2 of 11 deployments" in ours
    assert "Change fail rate: **10%** (1 of 10 deployments" in theirs
    assert "however long ago" in theirs
    assert "11 rows in this number" in ours


def test_a_query_is_written_only_for_who_opens_it(opened) -> None:
    app = opened(ROOT / "squads.yaml", "delivery", metric="change-fail-rate", team="order-tracking")
    assert "from_the_organisation_file" not in fine(app)
    app.session_state["query-change-fail-rate"] = True
    assert "from_the_organisation_file" in fine(app.run())


@pytest.mark.parametrize("definition", ["devlake", "fourkeys", "gitlab", "middleware", "pelorus"])
def test_every_definition_of_every_dora_metric_opens(opened, definition: str) -> None:
    for metric in DORA:
        fine(opened(ROOT / "squads.yaml", "delivery", metric=metric, definition=definition, by="group"))


@pytest.mark.parametrize(
    "query",
    [
        {"metric": "nothing"},
        {"definition": "x"},
        {"by": "person"},
        {"group": "<script>"},
        {"by": "organisation", "metric": "bug-trend"},
    ],
)
def test_a_wrong_link_to_a_metric_shows_the_page_without_it(opened, query: dict[str, str]) -> None:
    assert "How is this computed?" in fine(opened(ROOT / "squads.yaml", "delivery", **query))


@pytest.mark.parametrize("page", ["squad", "delivery", "alignment", "overview"])
@pytest.mark.parametrize("table", ["deployments", "changes", "incidents", "work_items", "rituals", "outcomes"])
def test_any_table_alone_is_enough_for_what_needs_no_other(opened, page: str, table: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "squads.yaml").write_bytes((ROOT / "squads.yaml").read_bytes())
    (tmp_path / "data" / f"{table}.csv").write_bytes((ROOT / "data" / f"{table}.csv").read_bytes())
    fine(opened(tmp_path / "squads.yaml", page))


def test_the_week_that_is_not_over_stands_apart(opened, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {a: {services: {s: {}}}}\n")
    rows = "".join(f"{i},s,2026-11-{day:02}T10:00:00Z,success\n" for i, day in enumerate((3, 10, 17, 18)))
    (tmp_path / "data" / "deployments.csv").write_text(f"id,service,finished_at,result\n{rows}")
    shown = fine(opened(tmp_path / "squads.yaml", "delivery"))
    assert "A hollow point is the week from 2026-11-16, which is not over" in shown
    assert "(2 deployments)" in shown


@pytest.mark.parametrize("page", ["overview", "delivery", "alignment"])
@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("postgres://nobody:secret@127.0.0.1:1/x", "no connection to the postgres warehouse"),
        ("${TOPOLOGY_NOT_SET}", "TOPOLOGY_NOT_SET, which is not set"),
    ],
)
def test_events_that_cannot_be_reached_are_said_on_every_page(
    opened, page: str, source: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "squads.yaml").write_text(ONE_TEAM)
    monkeypatch.setenv("TOPOLOGY_DATA", source)
    shown = fine(opened(tmp_path / "squads.yaml", page))
    assert message in shown
    assert "secret" not in shown


def test_the_rows_behind_a_number_name_no_person(opened) -> None:
    app = opened(ROOT / "squads.yaml", "delivery", metric="change-lead-time")
    fine(app)
    for frame in app.dataframe:
        assert not {"author", "reviewers"} & set(frame.value.columns)
