"""Signing on the record, and what a team reads of itself."""

from __future__ import annotations

import datetime as dt
import re

from tests.ballot.conftest import Open
from tests.ballot.phone import Page, Phone
from tests.store.company import CLOSES, DAY, ITEMS, ORGANISATION, PACK, choices, link
from topology.store.reports import report_word
from topology.store.values import Kind


def address(survey: Open, kind: Kind) -> str:
    return f"/s/{link(survey.links, 'cart', kind).token}"


def signed(phone: Phone, root: str, *positions: tuple[int, str]) -> None:
    for number, (level, note) in enumerate(positions, 1):
        sent(phone, f"{root}/{number}", choice=level, note=note)


def sent(phone: Phone, path: str, **form: object) -> Page:
    """What a form sends with what stands hidden in it."""
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', phone.get(path).html)
    return phone.post(path, {**dict(hidden), **form})


def test_a_duo_chooses_topics_and_signs(survey: Open) -> None:
    pm, em = survey.phone(), survey.phone("fr")
    own, others = address(survey, Kind.PM), address(survey, Kind.EM)
    first = pm.get(own)
    assert first.heading == "What do you sign?"
    assert "You sign as Nadia Ångström, product manager of Cart" in first.text
    assert "On the record." in first.text
    page = pm.post(own, [("topic", "duo"), ("topic", "debt")])
    assert page.path == f"{own}/1"
    assert "Position 1 of 2" in page.text
    signed(pm, own, (4, "We ship  what we\npromised"), (0, "kept to myself"))
    page = pm.get(own)
    assert page.heading == "Signed. Thank you."
    assert "We ship what we promised" in page.text
    assert "kept to myself" not in page.text
    assert "Ede has not signed yet." in page.text
    assert em.get(others).path == f"{others}/1"  # (the topics are chosen, and he has signed none)
    assert "We ship" not in em.get(f"{others}?done=1").text
    signed(em, others, (2, ""))
    assert "We ship what we promised" in em.get(others).text
    assert [one.levels for one in survey.surveys.signed("2026-11", "cart")] == [
        {"pm": 4, "em": 2},
        {"pm": None, "em": None},
    ]


def test_five_topics_at_most_and_one_at_least(survey: Open) -> None:
    phone, root = survey.phone(), address(survey, Kind.PM)
    assert phone.post(root, []).title.startswith("Error – ")
    six = [("topic", one) for one in list(PACK.items.values())[:6]]
    assert "Choose 5 at most" in phone.post(root, six).text
    assert phone.post(root, [("topic", "nonsense")]).title.startswith("Error – ")
    assert phone.post(root, six[:5]).path == f"{root}/1"


def test_a_sentence_is_short_and_a_level_is_chosen(survey: Open) -> None:
    phone, root = survey.phone(), address(survey, Kind.PM)
    phone.post(root, [("topic", "duo")])
    page = sent(phone, f"{root}/1", choice=3, note="x" * 121)
    assert "121 characters; 120 at most" in page.text
    sent(phone, f"{root}/1", choice=3, note="a\x00b\x1b[2J \u202ec\n d")
    assert survey.surveys.signed("2026-11", "cart")[0].notes["pm"] == "a b [2J c d"
    sent(phone, f"{root}/1", choice=0)
    assert "x" * 121 in page.html
    page = sent(phone, f"{root}/1", note='<i>what</i> I "wrote"')
    assert page.title.startswith("Error – ")
    assert "&lt;i&gt;what&lt;/i&gt;" in page.html
    assert survey.surveys.signed("2026-11", "cart")[0].levels["pm"] is None


def test_what_was_signed_can_be_changed_until_the_end(survey: Open) -> None:
    phone, root = survey.phone(), address(survey, Kind.EM)
    phone.post(root, [("topic", "duo")])
    signed(phone, root, (2, "so"))
    assert phone.get(f"{root}/1").chosen == ["2"]
    signed(phone, root, (3, "or so"))
    survey.clock.now = CLOSES
    assert phone.post(f"{root}/1", {"choice": 5, "dimension": "duo"}).status == 410
    assert survey.surveys.signed("2026-11", "cart")[0].levels["em"] == 3


def test_nothing_is_signed_under_a_topic_that_was_not_on_the_page(survey: Open) -> None:
    """The other lead chooses other topics between this one's look and answer."""
    pm, em = survey.phone(), survey.phone()
    own, others = address(survey, Kind.PM), address(survey, Kind.EM)
    pm.post(own, [("topic", "safety")])
    before = pm.get(f"{own}/1")
    assert 'value="safety"' in before.html
    em.post(others, [("topic", "duo"), ("topic", "safety")])
    page = pm.post(f"{own}/1", {"dimension": "safety", "choice": 5, "note": "ours"})
    assert page.path == f"{own}/1"
    assert all(level is None for one in survey.surveys.signed("2026-11", "cart") for level in one.levels.values())
    assert pm.post(f"{own}/1", {"dimension": "load", "choice": 5}).path == f"{own}/1"


def test_a_link_to_sign_opens_no_question_and_the_other_way_round(survey: Open) -> None:
    phone = survey.phone()
    root = address(survey, Kind.PM)
    for path in ("/review", "/me", "/sent", "/again"):
        assert phone.get(root + path).heading == "What do you sign?"
    assert phone.get(f"/s/{link(survey.links, 'cart').token}").heading.startswith("How does")


def test_a_team_reads_its_own_totals_seven_days_before_the_others(survey: Open) -> None:
    for one in survey.links:
        if one.kind == Kind.ANSWER and one.team in ("tools", "search"):
            survey.surveys.send(one.token, one.team, one.side or "tech", choices(4), survey.clock.now)
    survey.surveys.close("2026-11", ORGANISATION, PACK, DAY)
    known, phone = survey.surveys.survey("2026-11"), survey.phone()
    tools, cart = (phone.get(f"/r/{report_word(known, team)}") for team in ("tools", "cart"))
    assert tools.heading == "tools: what you answered"
    assert tools.text.count("6 answered") == len(ITEMS)
    assert cart.text.count("Not shown") == len(ITEMS)
    assert phone.get(f"/r/{report_word(known, 'tools')}x").status == 404
    survey.clock.now += dt.timedelta(days=8)  # (until it is written for all, the team still reads its own)
    assert "6 answered" in phone.get(f"/r/{report_word(known, 'tools')}").text
    survey.surveys.forget("2026-11")
    assert phone.get(f"/r/{report_word(known, 'tools')}").status == 404


def test_a_report_is_in_french_too(survey: Open) -> None:
    survey.surveys.close("2026-11", ORGANISATION, PACK, DAY)
    word = report_word(survey.surveys.survey("2026-11"), "cart")
    assert survey.phone("fr").get(f"/r/{word}").heading.endswith(": ce que vous avez répondu".replace(" :", "\u202f:"))
