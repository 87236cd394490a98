"""What if on the Map page, without a browser: the bar, the dialogs, what follows, the pull request, the file that changes meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.test_pages import NASTY, fine, opened
from tests.conftest import DAY, ROOT
from topology.app import registry
from topology.planning import Draft, Operation, draft_of, plan
from topology.planning.draft import mark_of
from topology.planning.operation import operation
from topology.source import load
from topology.source.settings import EDIT_VARIABLE
from topology.store.drafts import Drafts
from topology.store.opening import drafts_at
from topology.view.markdown import escaped

__all__ = ["opened"]
Open = Callable[..., AppTest]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The example organisation in a folder of its own, without data."""
    (tmp_path / "squads.yaml").write_bytes((ROOT / "squads.yaml").read_bytes())
    monkeypatch.setattr(registry, "today", lambda: DAY)
    yield tmp_path


def kept(home: Path) -> Drafts:
    found = drafts_at(home / ".topology" / "state.db", make=True)
    assert found is not None
    return found


def with_draft(home: Path, *several: Operation) -> str:
    """A draft that is kept, made on the file as it is; its id."""
    base = load(home / "squads.yaml")
    draft = Draft(base=mark_of(base.texts))
    for one in several:
        draft = draft.adding(plan(base, [*draft.made, one]).steps[-1].stamped)
    return kept(home).new(draft.text, DAY).id


def draft_in(home: Path) -> Draft:
    (one,) = kept(home).every()
    return draft_of(one.body, "x")


def button(app: AppTest, label: str, start: str = "") -> Any:
    """The button of a label (whose key begins so)."""
    return next(one for one in app.button if one.label == label and (one.key or "").startswith(start))


def dialog(app: AppTest, act: str, fill: Callable[[AppTest], None]) -> AppTest:
    """Opens a dialog by its button at the foot, and fills it."""
    button(app, act, "act-").click().run()
    fine(app)
    fill(app)
    return app.run()


def add(app: AppTest, verb: str) -> AppTest:
    """Presses the button that adds the operation of an open dialog."""
    return next(one for one in app.button if one.key == f"add:{verb}").click().run()


FILLS: list[tuple[str, str, str, Callable[[AppTest], None]]] = [
    ("Move", "move", "Search → Payments", lambda app: app.selectbox[0].select("payments")),
    ("Type", "type", "Search becomes a platform team", lambda app: app.selectbox[0].select("platform")),
    ("New interaction", "interaction", "Search × Refunds and disputes, 8 weeks", lambda app: app.selectbox[0].select("refunds")),
    ("PM and EM", "seat", "Search: the seat of the PM is vacant", lambda app: None),
    ("Name", "rename", "Search is called Finding", lambda app: app.text_input[0].set_value("Finding")),
    ("Split", "split", "Ranking comes out of Search", lambda app: app.text_input[0].set_value("Ranking")),
    ("Merge", "merge", "Catalogue goes into Search", lambda app: app.selectbox[0].select("catalogue")),
    ("Depends on", "depend", "Search depends on Refunds and disputes (slowing)", lambda app: app.selectbox[0].select("refunds")),
    ("End", "end-team", "Search ends on 2026-11-22", lambda app: None),
]  # fmt: skip


@pytest.mark.parametrize(("act", "verb", "said", "fill"), FILLS, ids=[one[1] for one in FILLS])
def test_each_dialog_adds_its_operation(
    opened: Open, home: Path, act: str, verb: str, said: str, fill: Callable[[AppTest], None]
) -> None:
    app = opened(home / "squads.yaml", page="map", draft="new", team="search")
    assert "No change yet" in fine(app)
    dialog(app, act, fill)
    fine(app)
    add(app, verb)
    assert "1 change touch" in fine(app)
    (made,) = draft_in(home).made
    assert made.verb == verb
    assert said in [plan(load(home / "squads.yaml"), [made]).steps[0].text]
    assert (home / "squads.yaml").read_bytes() == (ROOT / "squads.yaml").read_bytes()


def test_a_dialog_warns_of_what_comes_and_says_what_goes(opened: Open, home: Path) -> None:
    app = opened(home / "squads.yaml", page="map", draft="new", team="identity-checks")
    button(app, "New interaction", "act-").click().run()
    app.selectbox[0].select("checkout").run()
    shown = fine(app)
    gone = escaped("Identity checks depends on Checkout, and no interaction of the two is declared (TT504)")
    assert f":green[✓] No longer: {gone}" in shown
    assert escaped("(TT104)") in shown


def test_a_new_team_and_an_interaction_s_end(opened: Open, home: Path) -> None:
    app = opened(home / "squads.yaml", page="map", draft="new")
    button(app, "New team", "act-new").click().run()
    next(one for one in app.text_input if one.label == "It is called").set_value("Prix & Co")
    app.run()
    next(one for one in app.button if one.key == "add:new-team").click().run()
    assert draft_in(home).made[0].args["id"] == "prix-co"
    tied = opened(
        home / "squads.yaml", page="map", draft=app.query_params["draft"], tie="collaboration:catalogue:search"
    )
    button(tied, "Change or end it", "act-of").click().run()
    assert escaped("collaboration, since 2026-07-06, until 2026-10-02") in fine(tied)
    next(one for one in tied.button if one.key == "add:end-interaction").click().run()
    assert [one.verb for one in draft_in(home).made] == ["new-team", "end-interaction"]


def test_undo_redo_before_and_taking_one_out(opened: Open, home: Path) -> None:
    id_ = with_draft(
        home, operation("move", team="search", group="payments"), operation("type", team="search", type="platform")
    )
    app = opened(home / "squads.yaml", page="map", draft=id_)
    assert "2 changes touch 1 team" in fine(app)
    button(app, "Undo").click().run()
    assert "1 change touches 1 team" in fine(app)
    button(app, "Redo").click().run()
    assert "2 changes touch 1 team" in fine(app)
    button(app, "Before").click().run()
    assert "The organisation before the draft" in fine(app)
    button(app, "After").click().run()
    pill = next(one for one in app.button if one.label.startswith("**A**"))
    pill.click().run()
    assert "Take it out of the draft" in [one.label for one in app.button]
    button(app, "Take it out of the draft").click().run()
    assert [one.verb for one in draft_in(home).made] == ["type"]
    button(app, "Leave").click().run()
    assert "Click a team" in fine(app)
    assert draft_in(home).made  # (it is kept)


def test_what_follows_and_the_pull_request(opened: Open, home: Path) -> None:
    id_ = with_draft(home, operation("move", team="first-order", group="payments"))
    app = opened(home / "squads.yaml", page="map", draft=id_)
    app.session_state["choice:draft-view"] = app.session_state["widget:draft-view"] = "follows"
    app.run()
    shown = fine(app)
    assert "Findings that go: 2" in shown
    assert "Nothing is told of contact between value streams" in shown
    app.session_state["choice:draft-view"] = app.session_state["widget:draft-view"] = "pull-request"
    app.run()
    shown = fine(app)
    assert "1 line comes, 1 goes" in shown
    assert "Only on a server that was started with `--edit`" in shown
    assert button(app, "Apply to squads.yaml").disabled
    assert app.text_input[0].value == "Payments: a move"
    app.text_input[0].set_value("Nearer to the payment").run()
    assert draft_in(home).title == "Nearer to the payment"
    assert app.text_area[0].value.startswith("**Why.**")


def test_the_file_is_written_only_where_it_is_allowed_and_still_the_same(
    opened: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EDIT_VARIABLE, "1")
    id_ = with_draft(home, operation("move", team="first-order", group="payments"))
    app = opened(home / "squads.yaml", page="map", draft=id_)
    app.session_state["choice:draft-view"] = app.session_state["widget:draft-view"] = "pull-request"
    app.run()
    button(app, "Apply to squads.yaml").click().run()
    fine(app)
    after = load(home / "squads.yaml").organisation
    assert after is not None
    assert after.teams["first-order"].group == "payments"


THEIRS = ("  first-order:\n    name: First order\n    type: stream-aligned\n    group: onboarding", "group: discovery")


def test_the_file_that_changed_meanwhile_asks_whose_change_stays(opened: Open, home: Path) -> None:
    id_ = with_draft(
        home, operation("move", team="first-order", group="payments"), operation("type", team="search", type="platform")
    )
    text = (home / "squads.yaml").read_text()
    (home / "squads.yaml").write_text(text.replace(THEIRS[0], THEIRS[0].replace("group: onboarding", THEIRS[1])))
    app = opened(home / "squads.yaml", page="map", draft=id_)
    shown = fine(app)
    assert "The file has changed since this draft was begun" in shown
    assert (
        escaped("A meets another change: First order → Payments. The file says discovery now, and said onboarding.")
        in shown
    )
    button(app, "Keep yours").click().run()
    assert "2 changes touch 2 teams" in fine(app)
    button(app, "Go on from the file as it is now").click().run()
    assert "The file has changed" not in fine(app)
    assert draft_in(home).base == mark_of(load(home / "squads.yaml").texts)
    assert draft_in(home).made[0].was == {"value": "discovery"}


def test_theirs_is_kept_by_taking_mine_out(opened: Open, home: Path) -> None:
    id_ = with_draft(home, operation("move", team="first-order", group="payments"))
    text = (home / "squads.yaml").read_text()
    (home / "squads.yaml").write_text(text.replace(THEIRS[0], THEIRS[0].replace("group: onboarding", THEIRS[1])))
    app = opened(home / "squads.yaml", page="map", draft=id_)
    button(app, "Keep theirs").click().run()
    fine(app)
    assert draft_in(home).made == ()


def test_a_draft_that_is_gone_or_spoiled_is_told_and_a_new_one_can_be_begun(opened: Open, home: Path) -> None:
    kept(home)
    gone = opened(home / "squads.yaml", page="map", draft="nosuchdraft")
    assert "There is no such draft any more" in fine(gone)
    assert "There is no such draft any more" in fine(gone.run())  # (the page is drawn again once it knows its width)
    spoiled = kept(home).new("{", DAY)
    assert "The draft cannot be read" in fine(opened(home / "squads.yaml", page="map", draft=spoiled.id))


def test_where_nothing_can_be_written_the_draft_lives_in_the_session(
    opened: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".topology").write_text("a file where the folder would be")
    app = opened(home / "squads.yaml", page="map", draft="new", team="search")
    dialog(app, "Move", lambda app: app.selectbox[0].select("payments"))
    add(app, "move")
    assert "1 change touches 1 team" in fine(app)
    assert app.query_params["draft"] == "here"
    button(app, "Undo").click().run()
    assert "No change yet" in fine(app)


def test_a_colleague_s_change_is_kept_beside_mine(opened: Open, home: Path) -> None:
    id_ = with_draft(home, operation("move", team="search", group="payments"))
    app = opened(home / "squads.yaml", page="map", draft=id_, team="catalogue")
    theirs = operation("type", team="returns", type="platform")
    kept(home).change(id_, lambda body: draft_of(body, "x").adding(theirs).text, DAY)
    dialog(app, "Move", lambda app: app.selectbox[0].select("payments"))
    add(app, "move")
    assert [one.verb for one in draft_in(home).made] == ["move", "type", "move"]


def test_nothing_of_a_hostile_draft_or_name_is_run(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "today", lambda: DAY)
    names = NASTY.replace("'", "")
    (tmp_path / "squads.yaml").write_text(
        f"version: 1\ngroups: {{a: {{name: '{names}'}}, b: {{name: '{names}'}}}}\n"
        f"teams:\n  one: {{name: '{names}', group: a}}\n  two: {{name: '{names}', group: b}}\n"
    )
    id_ = with_draft(tmp_path, operation("move", team="one", group="b"), operation("rename", team="two", name=NASTY),
                     operation("new-team", id="three", name=NASTY))  # fmt: skip
    for view in ("map", "follows", "pull-request"):
        app = opened(tmp_path / "squads.yaml", page="map", draft=id_, team="one")
        app.session_state["choice:draft-view"] = app.session_state["widget:draft-view"] = view
        app.run()
        fine(app)
        for one in [*app.markdown, *app.caption]:
            assert "<script>" not in html_free(one.value)
        for one in app.get("html"):
            assert "<script>alert" not in one.proto.body


def html_free(text: str) -> str:
    """A text without what Markdown escapes."""
    return re.sub(r"\\\\|&#\d+;|\\<", "", text)


def test_the_squad_page_leads_into_a_draft(opened: Open, home: Path) -> None:
    shown = opened(home / "squads.yaml", page="squad", team="search")
    fine(shown)
    links = [one.proto.label for one in shown.get("page_link")]
    assert "Change this team, in a draft" in links
    assert "Try a change for TT102 on the map" in links
