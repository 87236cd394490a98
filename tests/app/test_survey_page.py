"""The Survey page: what everybody sees, what its facilitator sees, closing."""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.test_pages import NASTY, cells, fine, opened, texts
from topology.maturity.packs import pack_of
from topology.maturity.voices.asking import asked_of, invited
from topology.source import load
from topology.store.opening import surveys_at
from topology.store.surveys import Surveys
from topology.store.values import Kind
from topology.view.markdown import escaped
from topology.view.survey import teams_of, title_of, total_of

__all__ = ["opened"]
FILE = """version: 1
organisation: {name: "Kite *&* <Co>"}
people: {nadia: {}, ede: {}}
teams:
  cart: {name: "Cart $x$", pm: nadia, em: ede}
  search: {size: 8}
  tools: {size: 9}
  lone: {size: 1}
"""
Open = Callable[..., AppTest]


class Running:
    """A survey that is open beside an organisation."""

    def __init__(self, folder: Path, text: str = FILE) -> None:
        self.model = folder / "squads.yaml"
        self.model.write_text(text)
        organisation = load(self.model).organisation
        assert organisation is not None
        found = surveys_at(folder / ".topology" / "state.db", make=True)
        assert found is not None
        self.surveys: Surveys = found
        self.organisation = organisation
        self.now = dt.datetime.now(dt.UTC)
        day = self.now.date()
        self.asked = asked_of(organisation, pack_of(), day)
        self.links, self.word = found.open(
            "2026-11", self.asked, list(invited(organisation, day)), self.now + dt.timedelta(days=7), self.now
        )

    def answer(self, team: str, count: int) -> None:
        own = [one for one in self.links if one.team == team and one.kind == Kind.ANSWER][:count]
        for one in own:
            self.surveys.send(one.token, team, "tech", dict.fromkeys(self.asked.items, 3), self.now)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    yield Running(tmp_path)


def test_without_a_survey_it_says_how_to_open_one(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(FILE)
    shown = fine(opened(tmp_path / "squads.yaml", "survey"))
    assert "No survey is open" in shown
    assert "topology survey open" in shown
    assert not (tmp_path / ".topology").exists()


def test_everybody_sees_how_many_and_no_team(opened: Open, running: Running) -> None:
    shown = fine(opened(running.model, "survey"))
    assert "Survey: 0 of 20 have answered" in shown
    assert "Cart" not in shown
    assert "Not for appraisal" in shown
    assert "0 of 20" in fine(opened(running.model, "survey", word="another"))


def test_the_facilitator_sees_teams_and_closes(opened: Open, running: Running) -> None:
    running.answer("search", 6)
    running.answer("tools", 7)
    app = opened(running.model, "survey", word=running.word)
    shown = fine(app)
    assert "What you see here, and what nobody sees" in shown
    assert "0 of 1 duo have signed" in shown
    assert "word" not in app.query_params
    app.text_input[0].set_value("2026-12")
    app.button[0].click().run()
    assert "Nothing was closed" in fine(app)
    app.text_input[0].set_value("2026-11")
    app.button[0].click().run()
    assert "The survey 2026-11 is closed" in html.unescape(fine(app))
    assert not running.surveys.survey("2026-11").is_open
    snapshot = running.surveys.snapshot("2026-11")
    assert snapshot is not None
    assert set(snapshot.teams) == {"search", "tools"}


def test_names_are_shown_as_they_are(opened: Open, tmp_path: Path) -> None:
    running = Running(
        tmp_path,
        FILE.replace('"Kite *&* <Co>"', json.dumps(NASTY)).replace("tools: {", f"tools: {{name: {json.dumps(NASTY)}, "),
    )
    app = opened(running.model, "survey", word=running.word)
    shown = "\n".join([fine(app), *cells(app.table)])
    assert escaped(NASTY) in shown
    assert "<script>" not in shown and "**bold**" not in shown
    running.surveys.close("2026-11", running.organisation, pack_of(), running.now.date())
    fine(opened(running.model, "survey", word=running.word))


def test_a_pack_that_cannot_be_used_closes_nothing(opened: Open, running: Running) -> None:
    (running.model.parent / "topology.toml").write_text('[maturity]\npack = "none/"\n')
    app = opened(running.model, "survey", word=running.word)
    app.text_input[0].set_value("2026-11")
    app.button[0].click().run()
    assert not app.exception
    assert "2026-11 is closed" not in texts(app)
    assert running.surveys.survey("2026-11").is_open


def test_small_teams_are_in_the_total_alone_and_never_alone_in_it(running: Running) -> None:
    standing = running.surveys.standing("2026-11", running.now)
    assert {one.id for one in teams_of(standing) if one.answered is None} == {
        "cart",
        "lone",
        "search",
    }  # (2 + 1 people are too few)
    assert total_of(standing) == (0, 20)
    few = running.surveys.standing("2026-11", running.now)
    asked = few.survey.asked.model_copy(update={"teams": {"lone": few.survey.asked.teams["lone"]}})
    alone = replace(few, survey=replace(few.survey, asked=asked), answered={"lone": 1})
    assert total_of(alone) is None
    assert "1" not in title_of(alone)
