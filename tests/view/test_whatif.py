"""A draft drawn: letters, outlines, where teams stood, what ends; folded too; and its rows."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

from tests.conftest import DAY, ROOT
from topology.planning import Operation, plan
from topology.planning.consequences import outcome
from topology.planning.operation import operation
from topology.rules.selection import selection
from topology.simulate import make_organisation
from topology.source import Loaded, load, load_texts
from topology.source.settings import RuleSettings
from topology.view.teammap.svg import Look, draw_map
from topology.view.whatif import (
    LONGEST_PILL,
    finding_rows,
    findings_html,
    is_structural,
    layout_of,
    marks_of,
    patch_html,
    pill_text,
    team_rows,
    teams_html,
    tie_of_finding,
    versions_of,
)

BASE = load(ROOT / "squads.yaml")
STORY = (
    operation("move", team="first-order", group="payments"),
    operation(
        "end-interaction", interaction={"mode": "collaboration", "teams": ["search", "catalogue"]}, day="2026-11-20"
    ),
    operation("interaction", mode="collaboration", teams=["invoicing", "merchant-onboarding"], since="2026-11-22"),
    operation("end-team", team="recommendations", day="2026-11-22"),
    operation("new-team", id="fresh", name="Fresh <b>", group="discovery", since="2026-11-22"),
    operation("type", team="first-order", type="enabling"),
)


def drawn(*several: Operation, earlier: bool = False, picked: str = "", base: Loaded = BASE) -> str:
    found = plan(base, several)
    both = versions_of(found, found.day(DAY))
    marks = marks_of(found, both, picked=picked, earlier=earlier)
    return draw_map(layout_of(both, 1280, earlier=earlier), Look(draft=marks))


def words(svg: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_letters_stand_at_teams_and_interactions_and_on_what_was() -> None:
    svg = drawn(*STORY)
    said = words(svg)
    assert "First order stood here" in said
    assert {"A", "B", "C", "D", "E"} <= set(said)
    assert "+1" in said or "F" in said  # (two operations touch first-order)
    assert svg.count('data-team="first-order"') == 1
    assert 'data-tie="collaboration:invoicing:merchant-onboarding"' in svg
    assert 'data-tie="collaboration:catalogue:search"' not in svg  # (what has ended cannot be picked)
    assert "Fresh &lt;b&gt;" in svg and "<b>" not in svg


def test_what_moved_twice_says_the_last_letter() -> None:
    found = plan(BASE, STORY)
    marks = marks_of(found, versions_of(found, DAY))
    assert marks.stood == {"first-order": "F"}
    assert marks.gone == {"recommendations": "D"}
    assert marks.ties["collaboration:catalogue:search"] == "B"
    assert marks.outlined == {"fresh", "first-order"}


def test_before_has_no_letter_and_every_team_of_before() -> None:
    svg = drawn(*STORY, earlier=True)
    assert not {"A", "B", "C", "D", "E", "First order stood here"} & set(words(svg))
    assert 'data-team="first-order"' in svg and 'data-team="recommendations"' in svg
    assert 'data-team="fresh"' not in svg


def test_a_picked_interaction_is_marked() -> None:
    assert 'aria-pressed="true"' in drawn(picked="collaboration:catalogue:search")
    assert 'aria-pressed="true"' not in drawn()


def test_a_folded_map_counts_letters_on_its_cards() -> None:
    big = make_organisation(80)
    found = Loaded(big, (), {})
    both = versions_of(plan(found, ()), DAY)
    layout = layout_of(both, 1280)
    (card, *_) = [one for one in layout.cards if len(one.teams) > 1]  # type: ignore[union-attr]
    from topology.view.teammap.draft import DraftMarks

    svg = draw_map(layout, Look(draft=DraftMarks(letters={card.teams[0]: ("A", "B"), card.teams[1]: ("C",)})))
    assert "+2" in words(svg)
    assert f"{card.label}, {len(card.teams)} teams, folded, A, B, C" in svg


def test_rows_say_what_comes_goes_and_is_asked_and_are_escaped() -> None:
    found = outcome(plan(BASE, STORY), DAY, selection(RuleSettings()))
    come, go = finding_rows(found.come, together=False), finding_rows(found.go, together=True)
    assert sum(one.count for one in go) == len(found.go)
    assert "<code>" in findings_html(come, help_=True) or not any("`" in one.help for one in come)
    assert findings_html([], help_=True) == '<p class="none">None.</p>'
    table = teams_html(team_rows(found))
    assert "Fresh &lt;b&gt;" in table
    assert "−\u00a01" in table  # (Search gives a collaboration back)
    assert "not assessed" in table


def test_a_patch_is_text_and_nothing_else() -> None:
    html = patch_html("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+<script>alert(1)</script>\n same")
    assert '<span class="add">+&lt;script&gt;' in html
    assert '<span class="at">--- a/x</span>' in html and '<span class="del">-old</span>' in html


def test_a_pill_is_short() -> None:
    long = plan(BASE, [operation("rename", team="search", name="x" * 90)]).steps[0]
    assert len(pill_text(long)) == LONGEST_PILL
    assert pill_text(long).endswith("…")


def test_findings_of_structure_lead_to_their_place_on_the_map() -> None:
    from topology.rules import check

    organisation = BASE.organisation
    assert organisation is not None
    each = check(BASE, dt.date(2026, 11, 22), selection(RuleSettings())).each
    ties = {one.code: tie_of_finding(organisation, one) for one in each if is_structural(one)}
    assert ties["TT102"] == "collaboration:catalogue:search"
    assert ties["TT110"] == ""  # (a service is counted at its team's port)
    assert not any(is_structural(one) for one in each if one.code.startswith("TT71"))


def test_an_organisation_without_a_team_can_be_drawn() -> None:
    assert drawn(base=load_texts({"squads.yaml": "version: 1\n"})).startswith("<svg")
