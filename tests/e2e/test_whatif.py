"""What if in a real browser: by mouse, by keyboard alone, on a phone, and with the file changing underneath."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.conftest import ROOT
from tests.e2e.conftest import Site, Watch
from tests.e2e.test_journey import SCREENSHOTS, SLOW, opened, pick
from topology.source import load


@pytest.fixture
def site(tmp_path: Path, serve: Callable[..., Site]) -> Site:
    """The example organisation in a repository of its own, with its data."""
    for name in ("squads.yaml", "topology.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    for name in ("data", "answers"):
        shutil.copytree(ROOT / name, tmp_path / name)
    git = ["git", "-c", "user.email=a@example.org", "-c", "user.name=A"]
    for command in (["init", "-q"], ["add", "squads.yaml"], ["commit", "-qm", "The organisation"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    return serve(tmp_path / "squads.yaml")


def team(page: Page, id_: str) -> Locator:
    return page.locator(f'[data-team="{id_}"]')


def select(page: Page, id_: str, name: str) -> None:
    """Selects a team by mouse."""
    team(page, id_).locator(".shape").click(position={"x": 100, "y": 20})
    expect(page.locator(".st-key-draft-foot").get_by_text(name)).to_be_visible(timeout=SLOW)


def act(page: Page, label: str) -> None:
    """Presses a button of the bar or the foot, whose name goes on with its key."""
    page.get_by_role("button", name=re.compile(f"^{label} Shortcut")).click()


def add(page: Page, label: str, said: str) -> None:
    """Presses the button of the open dialog, until the draft says so. (A press on a dialog that is being drawn again is nobody's.)"""
    button, words = (
        page.get_by_test_id("stDialog").get_by_role("button", name=label, exact=True),
        page.get_by_text(said).first,
    )
    for _ in range(5):
        if button.is_visible():
            with suppress(PlaywrightTimeout):
                button.click(timeout=10_000)
        with suppress(AssertionError):
            expect(words).to_be_visible(timeout=10_000)
            return
    raise AssertionError(f"{label} never led to: {said}")


def test_a_draft_by_mouse_from_the_clans_page_to_a_patch(browser: Browser, site: Site, tmp_path: Path) -> None:
    watch = Watch()
    page = opened(browser, f"{site.url}/clans", watch, width=1440, height=900)
    try_it, added = (
        page.get_by_role("button", name="Try it on the map").first,
        page.get_by_text("1 change touches 2 teams"),
    )
    expect(try_it).to_be_visible(timeout=3 * SLOW)
    for _ in range(5):  # (a click on a page that is being drawn again is nobody's)
        if try_it.is_visible():
            try_it.click(timeout=SLOW)
        with suppress(AssertionError):
            expect(added).to_be_visible(timeout=10_000)
            break
    expect(added).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(re.compile(r"/map\?draft=[a-z0-9]{10}"))

    # A move, a seat, an end.
    select(page, "first-order", "First order")
    act(page, "Move")
    pick(page, "To the grouping", "Payments")
    add(page, "Move", "2 changes touch 3 teams")
    expect(page.get_by_text("First order stood here")).to_be_visible()
    select(page, "merchant-onboarding", "Merchant onboarding")
    act(page, "PM and EM")
    pick(page, "Who", "felix")
    add(page, "Change in the draft", "3 changes touch 3 teams")
    page.locator('[data-tie="collaboration:catalogue:search"]').click()
    act(page, "Change or end it")
    add(page, "End it", "4 changes touch 5 teams")

    # Before and after stand on the same places.
    boxes = positions(page)
    act(page, "Before")
    expect(page.get_by_text("The organisation before the draft")).to_be_visible(timeout=SLOW)
    before = positions(page)
    assert {id_: box for id_, box in before.items() if id_ != "first-order"} == {
        id_: box for id_, box in boxes.items() if id_ != "first-order"
    }
    assert before["first-order"] != boxes["first-order"]
    act(page, "After")
    page.screenshot(path=SCREENSHOTS / "draft.png")

    # What follows, and the patch, which git applies.
    page.get_by_text("What follows", exact=True).click()
    expect(page.get_by_text("Nobody talks more because a line is written.")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("The silent pairs across")).to_be_visible(timeout=2 * SLOW)
    page.screenshot(path=SCREENSHOTS / "draft-follows.png", full_page=True)
    page.get_by_text("Pull request", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the patch").click(timeout=SLOW)
    page.screenshot(path=SCREENSHOTS / "draft-pull-request.png", full_page=True)
    (tmp_path / "x.patch").write_bytes(Path(saved.value.path()).read_bytes())
    subprocess.run(["git", "apply", "x.patch"], cwd=tmp_path, check=True)
    after = load(tmp_path / "squads.yaml").organisation
    assert after is not None
    lead = after.teams["merchant-onboarding"].em
    assert (after.teams["first-order"].group, lead and lead.person) == ("payments", "felix")
    # The page follows the file: what is in it now is there already, and the draft says so.
    expect(page.get_by_text("The file has changed since this draft was begun.")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("A, B, C and D are there already.")).to_be_visible()
    assert [one for one in watch.complaints if "_stcore" not in one] == []
    assert watch.hosts == {"localhost"}


def positions(page: Page) -> dict[str, list[float]]:
    """{team: where its shape stands}. (A picture that is being replaced stands nowhere: it is asked again.)"""
    for _ in range(20):
        found: list[list[Any]] = page.locator("[data-team]").evaluate_all(
            "all => all.map(one => { const {x, y, width, height} = one.querySelector('.shape').getBBox();"
            " return [one.dataset.team, [x, y, width, height]]; })"
        )
        if found and all(box[2] > 0 for _, box in found):
            return {str(team): box for team, box in found}
        page.wait_for_timeout(250)
    raise AssertionError("the map was never drawn")


def press(page: Page, key: str, *, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def by_key(page: Page, key: str, words: str) -> None:
    """Opens a dialog by its key. (A key that is pressed while the page is still drawn is nobody's.)"""
    title = page.get_by_role("dialog").get_by_text(words)
    for _ in range(5):
        page.keyboard.press(key)
        try:
            expect(title).to_be_visible(timeout=3_000)
            return
        except AssertionError:
            continue
    raise AssertionError(f"{key} never opened {words}")


def tab_to(page: Page, within: str, words: str) -> None:
    """Presses Tab until an element with these words has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        page.wait_for_timeout(50)  # (a person's pace: what the page is about to draw cannot take the focus yet)
        found = page.evaluate(
            "() => { let one = document.activeElement; while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;"
            " return (one?.ariaLabel || '') + ' ' + (one?.innerText || '') + ' ' + (one?.dataset?.team || '') + ' ' + (one?.dataset?.tie || ''); }"
        )
        if words in found:
            return
    raise AssertionError(f"no Tab led to {words} in {within}")


def tab_into(page: Page, selector: str) -> None:
    """Presses Tab until the focus is inside of an element."""
    for _ in range(40):
        page.keyboard.press("Tab")
        page.wait_for_timeout(80)
        if page.evaluate("selector => document.activeElement.closest(selector) !== null", selector):
            return
    raise AssertionError(f"no Tab led into {selector}")


def test_a_draft_by_keyboard_alone(browser: Browser, site: Site) -> None:
    page = opened(browser, f"{site.url}/map?draft=new", Watch(), width=1440, height=900)
    expect(team(page, "search")).to_be_visible(timeout=SLOW)
    page.keyboard.press("Tab")
    tab_to(page, "the map", "Search")
    press(page, "Enter")
    expect(page.locator(".st-key-draft-foot").get_by_text("Search")).to_be_visible(timeout=SLOW)

    # M moves it: the dialog takes the focus, and gives it back.
    by_key(page, "m", "Move Search")
    expect(page.get_by_role("combobox", name="To the grouping")).to_be_visible(timeout=SLOW)
    tab_to(page, "the dialog", "To the grouping")
    page.keyboard.type("Pay", delay=80)
    expect(page.get_by_role("option", name="Payments")).to_be_visible(timeout=SLOW)
    press(page, "Enter")
    expect(page.locator(".st-key-add-move button")).to_be_enabled(timeout=SLOW)
    tab_into(page, ".st-key-add-move")
    press(page, "Enter")
    expect(page.get_by_text("1 change touches 1 team")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_function(
        "() => { let one = document.activeElement; while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;"
        " return one?.dataset?.team === 'search'; }",
        timeout=SLOW,
    )
    press(page, "Alt+z")
    expect(page.get_by_text("No change yet")).to_be_visible(timeout=SLOW)
    press(page, "Alt+y")
    expect(page.get_by_text("1 change touches 1 team")).to_be_visible(timeout=SLOW)
    press(page, "b")
    expect(page.get_by_text("The organisation before the draft")).to_be_visible(timeout=SLOW)
    press(page, "b")

    # Each letter opens its dialog, Escape leaves it.
    for key, words in (("n", "New interaction of Search"), ("t", "The type of Search"), ("p", "PM and EM of Search"), ("F2", "The name of Search"),
                       ("s", "Split Search"), ("g", "Merge Search"), ("d", "Whom Search depends on"), ("Delete", "Search ends")):  # fmt: skip
        by_key(page, key, words)
        press(page, "Escape")
        expect(page.get_by_role("dialog")).to_be_hidden(timeout=SLOW)

    # An interaction is reached by Tab too.
    press(page, "Escape")
    tab_to(page, "the map", "collaboration:")
    press(page, "Enter")
    by_key(page, "e", "What becomes of it")


def test_what_was_entered_is_there_again_and_a_reload_loses_nothing(browser: Browser, site: Site) -> None:
    page = opened(browser, f"{site.url}/map?draft=new&team=search", Watch(), width=1440, height=900)
    expect(page.locator(".st-key-draft-foot").get_by_text("Search")).to_be_visible(timeout=SLOW)
    by_key(page, "s", "Split Search")
    page.get_by_label("The new team is called").fill("Ranking")
    page.get_by_label("The new team is called").press("Enter")
    expect(page.locator(".st-key-add-split button")).to_be_enabled(timeout=SLOW)  # (the page has taken it)
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_be_hidden(timeout=SLOW)
    by_key(page, "s", "Split Search")
    expect(page.get_by_label("The new team is called")).to_have_value("Ranking", timeout=SLOW)
    add(page, "Split in the draft", "Ranking comes out of Search")
    expect(page).to_have_url(re.compile(r"draft=[a-z0-9]{10}"))
    page.reload()
    expect(page.get_by_text("Ranking comes out of Search").first).to_be_visible(timeout=SLOW)
    # A colleague opens the link, and what one of the two adds comes to the other.
    other = opened(browser, page.url, Watch(), width=1440, height=900)
    expect(other.get_by_text("Ranking comes out of Search").first).to_be_visible(timeout=SLOW)
    by_key(other, "Delete", "Search ends")
    add(other, "End it in the draft", "2 changes touch")
    expect(page.get_by_text("2 changes touch")).to_be_visible(timeout=SLOW)


def test_a_phone_reads_a_draft(browser: Browser, site: Site) -> None:
    page = opened(browser, f"{site.url}/map?draft=new", Watch(), width=390, height=844)
    page.locator('[data-card="discovery"]').click()
    team(page, "search").click()
    expect(page.locator(".st-key-draft-foot").get_by_text("Search")).to_be_visible(timeout=SLOW)
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= 392")
    page.screenshot(path=SCREENSHOTS / "draft-phone.png")
