"""A survey on a phone in a real Chromium, without a script: by touch and by keyboard, narrow, large, in the dark, in French."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import ROOT
from tests.e2e.conftest import Site, Watch
from topology.maturity.packs import pack_of
from topology.maturity.voices.asking import asked_of, invited
from topology.source import load
from topology.store.database import Database
from topology.store.surveys import Surveys

SCREENSHOTS = Path(__file__).parent / "screenshots"
QUESTIONS = 12


@dataclass
class Asked:
    """A running app whose survey is open, the links, and the facilitator's address."""

    site: Site
    links: list[dict[str, str]]
    facilitator: str

    def link(self, person: str, what: str = "answers") -> str:
        found = next(one for one in self.links if one["person"] == person and one["for"].startswith(what))
        return self.site.url + "/s/" + found["link"].rsplit("/", 1)[1]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """The example with an open survey."""
    from tests.e2e.conftest import started

    home = tmp_path_factory.mktemp("survey")
    for name in ("squads.yaml", "topology.toml"):
        shutil.copy(ROOT / name, home)
    shutil.copytree(ROOT / "data", home / "data")
    closes = (dt.datetime.now(dt.UTC) + dt.timedelta(days=7)).strftime("%Y-%m-%d 18:00")
    command = [sys.executable, "-m", "topology", "survey", "open", "2026-12", "--closes", closes, "--address", "http://localhost",
               "--links", "links.csv", "--contact", "Ludivine, #alignment"]  # fmt: skip
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=True)
    site, process = started(home / "squads.yaml")
    with (home / "links.csv").open() as file:
        links = list(csv.DictReader(file))
    yield Asked(site, links, site.url + done.stdout.split("http://localhost", 1)[1].split()[0])
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a phone: its width, language, theme; scripts are off."""
    contexts: list[BrowserContext] = []

    def open_(width: int = 390, language: str = "en-GB", **more: str) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, locale=language, java_script_enabled=False, **more
        )  # type: ignore[arg-type]
        contexts.append(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


def fits(page: Page) -> None:
    """No sideways scrolling, and nothing to touch that is lower than 44."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.locator("html").bounding_box()["width"] <= width  # type: ignore[index]
    for one in page.locator("body *").all():
        box = one.bounding_box()
        assert box is None or box["x"] + box["width"] <= width + 0.5, (
            page.url,
            one.evaluate("e => e.outerHTML.slice(0, 80)"),
            box,
        )
    for one in page.locator("button, label.choice, header a, a.small, a.button, select, textarea").all():
        box = one.bounding_box()
        assert box is None or box["height"] >= 43.5, one.inner_text()


@pytest.mark.parametrize(("width", "person"), [(390, "alba"), (320, "alix"), (195, "alma")])  # (195: 390 at 200 %)
def test_in_french_from_the_first_screen_to_the_thanks(
    asked: Asked, phone: Callable[..., Page], width: int, person: str
) -> None:
    page = phone(width, "fr-FR")
    page.goto(asked.link(person))
    fits(page)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_role("button", name="Commencer").tap() if False else page.get_by_role(
        "button", name="Commencer"
    ).click()
    for number in range(1, QUESTIONS + 1):
        expect(page).to_have_title(re.compile(f"^Question {number} sur 12"))
        assert page.locator("input:checked").count() == 0
        if number in (1, 8):
            fits(page)
        page.locator("label.choice").nth(number % 6).click()
        page.get_by_role("button", name="Continuer").click()
    expect(page.locator("dl div")).to_have_count(QUESTIONS)
    fits(page)
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Envoyé. Merci.")
    fits(page)
    page.goto(asked.link(person))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien a déjà servi")


def test_by_keyboard_alone(asked: Asked, phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto(asked.link("aino"))
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for number in range(1, QUESTIONS + 1):
        expect(page).to_have_title(re.compile(f"^Question {number} of 12"))
        page.wait_for_load_state("load")
        page.locator("body").press("Home")  # (a key that the new page has taken: from here on none is lost)
        for _ in range(3):  # the other language, back, the first anchor
            page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_id("first")
        if number == 2:
            page.keyboard.press("Enter")  # (sends the form with nothing chosen)
            expect(page).to_have_title(re.compile("^Error – "))
            expect(page.locator(":focus")).to_have_attribute("role", "alert")
            page.keyboard.press("Tab")  # from the box, on which the focus is, to its link
            expect(page.locator(":focus")).to_have_text("or “I cannot tell”")
            page.keyboard.press("Enter")
            expect(page.locator(":focus")).to_have_id("first")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(page.locator("input:checked")).to_have_value("2")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Read again before you send")


def test_one_stops_and_goes_on(asked: Asked, phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto(asked.link("adel"))
    page.get_by_role("button", name="Begin").click()
    for _ in range(3):
        page.locator("label.choice").first.click()
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Stop, and go on later").click()
    expect(page.locator("main")).to_contain_text("3 of 12")
    page.goto("about:blank")
    page.goto(asked.link("adel"))
    page.get_by_role("link", name="Go on with question 4").click()
    expect(page).to_have_title(re.compile("^Question 4 of 12"))
    other = page.context.new_page()  # a second tab of the same phone
    other.goto(asked.link("adel"))
    other.get_by_role("link", name="Go on with question 4").click()
    other.locator("label.choice").last.click()
    other.get_by_role("button", name="Continue").click()
    page.locator("label.choice").first.click()
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title(re.compile("^Question 5 of 12"))


def test_a_duo_signs_in_the_dark(asked: Asked, phone: Callable[..., Page]) -> None:
    pm, em = phone(color_scheme="dark"), phone(320)
    pm.goto(asked.link("amara", "signs as product"))
    for topic in ("Duo", "Debt"):
        pm.get_by_role("checkbox", name=topic, exact=True).check()
    fits(pm)
    pm.get_by_role("button", name="Begin").click()
    fits(pm)
    for note in ("We ship what we promised every month.", ""):
        pm.locator("label.choice").nth(3).click()
        pm.get_by_role("textbox").fill(note)
        pm.get_by_role("button", name="Sign").click()
    expect(pm.locator("main")).to_contain_text("has not signed yet")
    em.goto(asked.link("ambre", "signs as engineering"))
    em.locator("label.choice").nth(1).click()
    em.get_by_role("button", name="Sign").click()
    em.locator("label.choice").last.click()
    em.get_by_role("button", name="Sign").click()
    expect(em.locator("main")).to_contain_text("Signed. Thank you.")
    fits(em)
    said = em.locator("main").inner_text()
    assert "We ship what we promised every month." in said
    assert said.count("amara:") == 1  # (of the topic that both signed)


def test_names_and_groups_are_spoken(asked: Asked, phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto(asked.link("agathe"))
    page.get_by_role("button", name="Begin").click()
    expect(page).to_have_title(re.compile("^Question 1"))
    group = page.get_by_role("group")
    assert group.count() == 1
    assert page.get_by_role("radio").count() == 6
    assert page.get_by_role("radio", name="They meet when there is a problem").count() == 1
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_have_count(1)
    assert page.locator(":focus").get_attribute("role") == "alert"


def test_the_facilitator_sees_how_many_and_closes(asked: Asked, browser: Browser, phone: Callable[..., Page]) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    page, watch = context.new_page(), Watch()
    watch.on(page)
    page.goto(asked.facilitator)
    page.get_by_role("heading", name="have answered").wait_for()
    page.get_by_text("What you see here, and what nobody sees").wait_for()
    page.locator("svg[aria-label='How many have answered, by team']").wait_for()
    assert "word=" not in page.url
    page.wait_for_timeout(500)
    page.screenshot(path=SCREENSHOTS / "survey_status.png")
    stranger = browser.new_context().new_page()
    stranger.goto(asked.site.url + "/survey")
    stranger.get_by_text("By team only its facilitator sees it").wait_for()
    assert stranger.locator("svg[aria-label='How many have answered, by team']").count() == 0
    page.get_by_label("Write 2026-12 to confirm").fill("2026-11")
    page.get_by_role("button", name="Write the totals and destroy the answers").click()
    page.get_by_text("Nothing was closed: the name is 2026-12.").wait_for()
    page.get_by_label("Write 2026-12 to confirm").fill("2026-12")
    page.get_by_role("button", name="Write the totals and destroy the answers").click()
    page.get_by_role("heading", name="The survey 2026-12 is closed").wait_for()
    assert watch.hosts <= {"localhost"}
    context.close()
    late = phone(320, "fr-FR")
    late.goto(asked.link("agathe"))
    expect(late.get_by_role("heading", level=1)).to_have_text("Ce lien n’ouvre rien")
    fits(late)


def test_a_survey_that_is_past_its_end_says_so(
    tmp_path: Path, serve: Callable[..., Site], phone: Callable[..., Page]
) -> None:
    """Nobody has closed it yet: the link is known, and takes nothing."""
    shutil.copy(ROOT / "squads.yaml", tmp_path)
    database = Database(tmp_path / ".topology" / "state.db")
    organisation, now = load(tmp_path / "squads.yaml").organisation, dt.datetime.now(dt.UTC)
    assert organisation is not None
    asked_then = asked_of(organisation, pack_of(), now.date())
    links, _ = Surveys(database).open(
        "2026-12",
        asked_then,
        list(invited(organisation, now.date())),
        now - dt.timedelta(days=1),
        now - dt.timedelta(days=8),
    )
    database.close()
    page = phone(320)
    page.goto(f"{serve(tmp_path / 'squads.yaml').url}/s/{links[0].token}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The survey closed on")
    fits(page)
