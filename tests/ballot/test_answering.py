"""Answering on a phone, without a script: what one sees, what is kept where, and what wrong use leads to."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from tests.ballot.conftest import Open, survey_in
from tests.ballot.phone import Page, Phone
from tests.store.company import CLOSES, DAY, ITEMS, ORGANISATION, PACK, link
from topology.ballot.routes import routes
from topology.maturity.voices.answers import Answer
from topology.maturity.voices.tally import Tally
from topology.store.database import StoreError
from topology.store.surveys import Surveys
from topology.store.tables import TALLIES
from topology.store.values import Kind

LARGEST = 6_000
COUNT = len(ITEMS)


def counted(survey: Open, team: str) -> Counter[Answer]:
    with survey.surveys._database.reading() as connection:
        packed = connection.scalar(sa.select(TALLIES.c.counts).where(TALLIES.c.team == team))
    return Counter(Tally.unpacked(ITEMS, packed).answers(team))


def address(survey: Open, team: str = "cart", kind: Kind = Kind.ANSWER) -> str:
    return f"/s/{link(survey.links, team, kind).token}"


def answered(phone: Phone, root: str, levels: list[int]) -> Page:
    """The page after the last question."""
    page = phone.get(f"{root}/1")
    for number, level in enumerate(levels, 1):
        page = phone.post(f"{root}/{number}", {"choice": level})
    return page


# -- the way through ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "first", "thanks"),
    [("fr-CH, fr;q=0.9", "Comment travaille", "Envoyé. Merci."), ("en", "How does", "Sent. Thank you.")],
)
def test_from_the_first_screen_to_the_thanks(survey: Open, language: str, first: str, thanks: str) -> None:
    phone, root = survey.phone(language), address(survey)
    start = phone.get(root)
    assert start.heading.startswith(first)
    assert f'lang="{language[:2]}"' in start.html
    phone.post(root)
    review = answered(phone, root, [1 + index % 5 for index in range(COUNT)])
    assert review.path == f"{root}/review"
    question = next(iter(PACK.dimensions.values())).question
    assert question is not None
    shown = (question.anchors.fr if language.startswith("fr") else question.anchors.en) or []
    assert shown[0].replace("'", "’") in review.text
    done = phone.post(f"{root}/review")
    assert (done.heading, done.path) == (thanks, f"{root}/sent")
    assert sum(counted(survey, "cart").values()) == COUNT
    assert all("draft" not in name or not value for (_, name), value in phone.cookies.items())


def test_every_page_is_small_closed_to_caches_and_without_a_script(survey: Open) -> None:
    for language in ("en", "fr"):
        phone, root = survey.phone(language), address(survey, "cart" if language == "en" else "tools")
        if language == "fr":
            root = address(survey, "search")
        pages = [
            phone.get(root),
            phone.get(f"{root}/me"),
            phone.post(f"{root}/1", {}),
            *(phone.get(f"{root}/{n}") for n in range(1, COUNT + 1)),
        ]
        pages += [
            answered(phone, root, [3] * COUNT),
            phone.get(root),
            phone.post(f"{root}/review"),
            phone.get(root),
            phone.get("/s/none"),
        ]
        for page in pages:
            assert len(page.body) <= LARGEST, (page.path, len(page.body))
            assert page.headers["cache-control"] == "no-store"
            assert page.headers["referrer-policy"] == "no-referrer"
            assert "<script" not in page.html
            assert not re.search(r'(src|href)="(https?:)?//', page.html)


def test_nothing_is_chosen_before_somebody_chooses_and_no_level_has_a_number(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    for number in range(1, COUNT + 1):
        page = phone.get(f"{root}/{number}")
        assert page.chosen == []
        body = page.html.split("<fieldset", 1)[1].split("</fieldset>")[0]
        spoken = re.sub(r"<[^>]*>", " ", body)
        assert not re.search(r"(?i)\b(level|niveau) ?\d|^\s*[1-5]\s*$", spoken, re.MULTILINE)
        assert page.title.startswith(f"Question {number} of {COUNT} – ")


def test_going_on_without_a_choice_says_so_first(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    page = phone.post(f"{root}/3", {})
    assert page.title.startswith("Error – ")
    assert re.search(r'<div class="alert" role="alert" tabindex="-1" autofocus>.*href="#first"', page.html)
    assert 'id="first"' in page.html
    for wrong in ("7", "-1", "two", "3 ", "٣"):
        assert phone.post(f"{root}/3", {"choice": wrong}).title.startswith("Error – ")


def test_one_stops_and_goes_on_on_the_same_phone_alone(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    answered(phone, root, [2, 0, 4])
    page = phone.get(root)
    assert page.heading == "Go on where you stopped"
    assert f"3 of {COUNT}" in page.text
    assert f'href="{root}/4"' in page.html
    assert phone.get(f"{root}/3").chosen == ["4"]
    assert phone.get(f"{root}/2").chosen == ["0"]
    assert survey.phone().get(root).heading.startswith("How does")
    assert phone.post(f"{root}/again").heading.startswith("How does")
    assert phone.get(f"{root}/3").chosen == []


def test_a_change_leads_back_to_the_review(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    answered(phone, root, [2] * COUNT)
    page = phone.get(f"{root}/5?review")
    assert f'href="{root}/review"' in page.html
    assert "?lang=fr&amp;review" in page.html or "?lang=fr&review" in page.html
    assert phone.post(f"{root}/5?review", {"choice": 5}).path == f"{root}/review"


def test_what_is_not_finished_is_not_sent_and_says_what_lacks(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    phone.post(f"{root}/1", {"choice": 3})
    phone.post(f"{root}/3", {"choice": 3})
    page = phone.post(f"{root}/review")
    assert page.title.startswith("Error – ")
    assert f'href="{root}/2?review"' in page.html
    assert not counted(survey, "cart")


def test_two_tabs_share_one_draft_and_count_once(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    answered(phone, root, [2] * COUNT)
    phone.get(f"{root}/review")
    tab = Phone(phone.app, cookies=dict(phone.cookies))
    assert phone.post(f"{root}/review").heading == "Sent. Thank you."
    assert tab.post(f"{root}/review").heading == "This link has been used"
    assert set(counted(survey, "cart").values()) == {1}


def test_a_used_link_a_closed_survey_and_an_unknown_link_say_which_they_are(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    answered(phone, root, [2] * COUNT)
    phone.post(f"{root}/review")
    for path in ("", "/1", "/review", "/me", "/stop"):
        page = survey.phone().get(root + path)
        assert (page.heading, page.status) == ("This link has been used", 410)
    assert "Ludivine & <Lou>" in page.text
    other = address(survey, "search")
    answered(phone, other, [2] * COUNT)
    survey.clock.now = CLOSES
    page = phone.post(f"{other}/review")
    assert page.heading == "The survey closed on Monday 16 November, 18:00"
    assert page.status == 410
    assert not counted(survey, "search")
    assert phone.get("/s/AAAAAAAAAAAAAAAA").status == phone.get("/s/%F0%9F%98%80").status == 404
    assert phone.get("/s/AAAAAAAAAAAAAAAA").heading == "This link opens nothing"


def test_what_the_file_says_of_me_can_be_put_right(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    page = phone.get(f"{root}/me")
    assert 'value="cart" selected' in page.html
    phone.post(f"{root}/me", {"team": "tools", "side": "other"})
    assert "tools" in phone.get(root).text
    answered(phone, root, [4] * COUNT)
    phone.post(f"{root}/review")
    assert counted(survey, "tools") == Counter({Answer("tools", "other", item, 4): 1 for item in ITEMS})
    assert not counted(survey, "cart")


def test_a_team_or_side_that_there_is_not_changes_nothing(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    phone.post(f"{root}/me", {"team": "../x", "side": "<b>"})
    assert 'value="cart" selected' in phone.get(f"{root}/me").html


def test_a_card_asks_for_the_side_first(cards: Open) -> None:
    phone, root = cards.phone(), address(cards, "tools")
    assert phone.get(f"{root}/1").path == root
    assert phone.post(root).title.startswith("Error – ")
    assert phone.post(root, {"side": "product"}).path == f"{root}/1"
    answered(phone, root, [5] * COUNT)
    phone.post(f"{root}/review")
    assert {one.side for one in counted(cards, "tools")} == {"product"}


# -- wrong use, and attacks ---------------------------------------------------------------------------------------------


def test_a_draft_that_is_not_ours_is_no_draft(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    answered(phone, root, [2, 3, 4])
    cookie = phone.cookies[root, "draft"]
    other = address(survey, "search")
    for forged in (cookie[:-4] + "AAAA", "x", "", "." * 300, "WyJjYXJ0IiwidGVjaCIsIjExMTExMTExMTExMSJd.AAAA"):
        tampered = Phone(phone.app, cookies={(root, "draft"): forged})
        assert tampered.get(root).heading.startswith("How does")
    elsewhere = Phone(phone.app, cookies={(other, "draft"): cookie})
    assert elsewhere.get(other).heading.startswith("How does")


def test_the_server_keeps_nothing_before_one_sends(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    with survey.surveys._database.reading() as connection:
        before = (
            connection.exec_driver_sql("SELECT * FROM tallies").all(),
            connection.exec_driver_sql("SELECT * FROM links").all(),
        )
    answered(phone, root, [2] * COUNT)
    with survey.surveys._database.reading() as connection:
        after = (
            connection.exec_driver_sql("SELECT * FROM tallies").all(),
            connection.exec_driver_sql("SELECT * FROM links").all(),
        )
    assert before == after


def test_the_cookie_is_kept_from_scripts_and_other_links_and_ends_with_the_survey(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    page = phone.post(f"{root}/1", {"choice": 3}, follow=False)
    cookie = page.headers["set-cookie"].lower()
    assert f"path={root.lower()}" in cookie
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    age = re.search(r"max-age=(\d+)", cookie)
    assert age is not None
    assert int(age[1]) == int((CLOSES - survey.clock.now).total_seconds())


def test_texts_of_the_file_are_texts(survey: Open) -> None:
    page = survey.phone().get(address(survey))
    assert "Kite &amp; &lt;Co&gt;" in page.html
    assert "Cart &#34;&lt;b&gt;&#34;" in page.html
    assert "<Co>" not in page.html


def test_a_body_that_is_no_form_does_nothing(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    assert phone.send(f"{root}/1", b"x" * 30_000, "application/x-www-form-urlencoded").status == 413
    for body, kind in ((b'{"choice": 3}', "application/json"), (b"\xff\xfe", "text/plain"), (b"choice=3", "")):
        assert phone.send(f"{root}/1", body, kind).status in (200, 303, 400)
    upload = b'--x\r\nContent-Disposition: form-data; name="choice"; filename="a"\r\n\r\n3\r\n--x--\r\n'
    assert phone.send(f"{root}/1", upload, "multipart/form-data; boundary=x").status in (200, 400)
    assert phone.post(f"{root}/1", [("choice", "3"), ("choice", "5")]).path == f"{root}/2"
    assert phone.get(f"{root}/1").chosen in (["3"], ["5"])
    assert phone.get(f"{root}/0").path == phone.get(f"{root}/99").path == root
    for odd in ("9" * 5_000, "1e1", "-1", "٣", "%00", "1%2F2"):
        assert phone.get(f"{root}/{odd}").status in (200, 404)


def test_there_is_nothing_where_no_survey_was_opened(survey: Open) -> None:
    from tests.ballot.phone import application

    phone = Phone(application(None, survey.clock))
    assert phone.get("/s/abc").status == 404
    assert phone.get("/r/abc.def").status == 404


def test_a_link_that_is_gone_takes_the_draft_with_it(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    phone.post(f"{root}/1", {"choice": 3})
    assert phone.cookies[root, "draft"]
    survey.surveys.close("2026-11", ORGANISATION, PACK, DAY)
    assert phone.get(root).heading == "This link opens nothing"
    assert not phone.cookies[root, "draft"]


def test_a_database_that_is_away_loses_no_draft(survey: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    phone, root = survey.phone(), address(survey)
    answered(phone, root, [2] * COUNT)

    def away(*_: object) -> None:
        raise StoreError("the database cannot be used")

    with monkeypatch.context() as patch:
        patch.setattr(type(survey.surveys), "send", away)
        page = phone.post(f"{root}/review")
        assert (page.status, page.heading) == (503, "This does not work just now")
    assert phone.post(f"{root}/review").heading == "Sent. Thank you."


def test_settings_or_a_database_that_cannot_be_read_lose_no_draft(survey: Open) -> None:
    phone, root = survey.phone(), address(survey)
    answered(phone, root, [2] * COUNT)

    def broken() -> Surveys | None:
        raise StoreError("the settings cannot be read")

    away = Phone(Starlette(routes=routes(broken, survey.clock)), cookies=phone.cookies)
    assert away.get(root).status == away.post(f"{root}/review").status == away.get("/r/2026-11.x").status == 503
    assert phone.post(f"{root}/review").heading == "Sent. Thank you."


def test_a_language_is_chosen_once(survey: Open) -> None:
    phone, root = survey.phone("de,en;q=0.5"), address(survey)
    assert phone.get(root).heading.startswith("How does")
    assert phone.get(f"{root}?lang=fr").heading.startswith("Comment")
    assert phone.get(f"{root}/1").html.count('lang="fr"') >= 1
    assert phone.get(f"{root}?lang=xx").heading.startswith("Comment")
    for odd in ("", "*", "fr" * 500, ";;;,,,", "\x00"):
        assert Phone(phone.app, odd).get(root).status == 200


def test_a_survey_with_the_short_form_is_one_way_through_and_its_pages_stay_small(tmp_path: Path) -> None:
    for survey in survey_in(tmp_path, short=True):
        count = len(survey.surveys.survey("2026-11").asked.items)
        assert count == COUNT + 12
        for language, last in (
            ("en", "Tech shares the risk when something goes wrong."),
            ("fr", "La Tech partage le risque quand cela tourne mal."),
        ):
            phone, root = (
                survey.phone(language),
                f"/s/{[one for one in survey.links if one.team == 'cart' and one.kind == Kind.ANSWER][language == 'fr'].token}",
            )
            assert last in phone.get(f"{root}/{count}").text
            review = answered(phone, root, [1 + index % 5 for index in range(count)])
            assert review.path == f"{root}/review"
            assert len(review.body) <= LARGEST
            assert len(phone.get(f"{root}/{count}").body) <= LARGEST
            assert phone.post(f"{root}/review").path == f"{root}/sent"
