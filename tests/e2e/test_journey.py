"""A reader's way through the app in a real browser."""

from __future__ import annotations

import datetime as dt
import html
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.conftest import ROOT, shared
from tests.e2e.conftest import Site, Watch
from tests.history.conftest import Repo
from topology.simulate.past import past
from topology.view.markdown import escaped

MAP = ".map svg:not([data-size])"  # (the matrix has one too, with the size of its cells)
MATRIX = ".map svg[data-size]"
SLOW = 45_000
SCREENSHOTS = Path(__file__).parent / "screenshots"


@pytest.fixture
def organisation(tmp_path: Path) -> Path:
    """A copy of the example that a test may break."""
    for name in ("squads.yaml", "topology.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "squads.yaml"


def opened(browser: Browser, url: str, watch: Watch, *, width: int = 1280, height: int = 900) -> Page:
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.set_default_timeout(SLOW)
    watch.on(page)
    page.goto(url)
    return page


def team(page: Page, id_: str):
    return page.locator(f'[data-team="{id_}"]')


def expect_selected(page: Page, id_: str, *, selected: bool = True) -> None:
    if selected:
        expect(team(page, id_)).to_have_attribute("aria-pressed", "true", timeout=SLOW)
    else:
        expect(team(page, id_)).not_to_have_attribute("aria-pressed", "true", timeout=SLOW)


def test_a_reader_s_way(browser: Browser, serve, organisation: Path) -> None:
    site, watch = serve(organisation), Watch()
    page = opened(browser, site.url, watch)
    expect(page.get_by_text("Between Payments and Onboarding seven of the nine pairs").first).to_be_visible(
        timeout=SLOW
    )

    # From the overview to the map.
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator(MAP)).to_be_visible(timeout=SLOW)
    assert page.locator("[data-team]").count() == 20

    # The mouse selects a team; its address can be sent to somebody.
    team(page, "search").locator(".shape").click()
    expect_selected(page, "search")
    expect(page).to_have_url(re.compile("team=search"))
    expect(page.get_by_role("heading", name="Search")).to_be_visible()

    # The keyboard selects another one, and Escape lets go.
    team(page, "checkout").focus()
    page.keyboard.press("Enter")
    expect_selected(page, "checkout")
    expect_selected(page, "search", selected=False)
    focused = page.evaluate(
        "(() => { let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; return e?.dataset?.team; })()"
    )
    assert focused == "checkout", "the focus stays on the team when the picture is drawn again"
    page.keyboard.press("Escape")
    expect_selected(page, "checkout", selected=False)

    # Another overlay prints values and a legend with its bounds.
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Change lead time").click()
    expect(page.locator(".map .legend")).to_contain_text("1 week to 1 month", timeout=SLOW)
    expect(page).to_have_url(re.compile("overlay=change-lead-time"))

    # Another day: the slider takes arrow keys; the address follows.
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"day=2026-11-23"), timeout=SLOW)

    # The shared link opens the same view in another browser.
    link = f"{site.url}/map?team=order-tracking&overlay=duo-gap&day=2026-11-01"
    other = opened(browser, link, watch)
    expect_selected(other, "order-tracking")
    expect(other.locator(".map .legend")).to_contain_text("PM higher by 2 or more")

    # To the squad's page and back: the team stays selected.
    other.get_by_role("link", name="Open the squad's page").click()
    expect(other.get_by_role("heading", name="Order tracking")).to_be_visible(timeout=SLOW)
    other.get_by_role("link", name="See it on the map").click()
    expect_selected(other, "order-tracking")

    # A save that breaks the file shows the problem above the last good map; mending it brings the map back.
    good = organisation.read_text("utf-8")
    organisation.write_text(good.replace("type: platform", "type: platfrom", 1), "utf-8")
    expect(other.get_by_text("below is the last version without")).to_be_visible(timeout=SLOW)
    expect(other.locator("code").first).to_contain_text("Did you mean `platform`?")
    expect(other.locator(MAP)).to_be_visible()
    organisation.write_text(good.replace("name: Search\n", "name: Search and find\n", 1), "utf-8")
    expect(other.get_by_text("below is the last version without")).to_be_hidden(timeout=SLOW)
    expect(team(other, "search")).to_contain_text("Search and find")

    assert watch.hosts == {"localhost"}
    assert watch.own_complaints == []


def member(page: Page, id_: str):
    """The row of a team in the matrix."""
    return page.locator(f'{MATRIX} g[data-member="{id_}"][tabindex]')


def test_the_matrix_and_the_map_select_the_same_team(browser: Browser, example_site: Site) -> None:
    site, watch = example_site, Watch()
    page = opened(browser, f"{site.url}/map", watch, height=1500)
    expect(page.locator(MATRIX)).to_be_visible(timeout=SLOW)
    member(page, "checkout").locator(".shape").click()
    expect_selected(page, "checkout")
    expect(member(page, "checkout")).to_have_attribute("aria-pressed", "true", timeout=SLOW)

    # A cell marks its row and column, and selects its row's team.
    cell = page.locator(f'{MATRIX} g[data-member="refunds"][data-row]').first
    cell.locator("rect").first.hover()
    expect(page.locator(f"{MATRIX} .across")).to_have_attribute("visibility", "visible")
    cell.locator("rect").first.click()
    expect_selected(page, "refunds")

    # The keyboard: Enter selects, Escape lets go.
    member(page, "search").focus()
    page.keyboard.press("Enter")
    expect_selected(page, "search")
    page.keyboard.press("Escape")
    expect_selected(page, "search", selected=False)
    assert watch.hosts == {"localhost"}
    assert watch.own_complaints == []


def test_from_a_finding_to_its_tests_the_map_and_the_lines_for_the_file(browser: Browser, example_site: Site) -> None:
    site, watch = example_site, Watch()
    page = opened(browser, site.url, watch, height=1500)
    page.get_by_role("link", name=re.compile("Open Clans")).click()
    expect(page.get_by_role("heading", name="Finding: Value streams")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("around May 2026").first).to_be_visible()
    expect(page.get_by_text(re.compile("7 of 9 are silent across"))).to_be_visible()
    page.get_by_text("The lines for the file").first.click()
    expect(page.get_by_text("mode: collaboration").first).to_be_visible(timeout=SLOW)
    page.keyboard.press("Escape")
    page.get_by_text("How is this computed?").click()
    expect(page.get_by_text("how often so little across would come by chance")).to_be_visible(timeout=SLOW)
    page.get_by_text("For the reader who knows the terms").click()
    page.get_by_text("Compute the expert view").click()
    expect(page.get_by_text("Communities need 50 units")).to_be_visible(timeout=SLOW)
    page.get_by_role("link", name="See it on the map").click()
    expect(page.locator(MAP)).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(re.compile("overlay=missing-bridges"))
    assert watch.hosts == {"localhost"}
    assert watch.own_complaints == []


def test_the_real_organisation_folds_and_a_card_opens(browser: Browser, serve, tmp_path: Path) -> None:
    model = tmp_path / "squads.yaml"
    model.write_bytes(shared("organisations/product-groups-2022.yaml").read_bytes())
    site, watch = serve(model), Watch()
    page = opened(browser, f"{site.url}/map", watch)
    expect(page.locator("[data-card]")).to_have_count(20, timeout=SLOW)
    page.locator('[data-card="verify"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-team]")).to_have_count(5, timeout=SLOW)
    page.get_by_text("All teams").click()
    expect(page.locator("[data-team]")).to_have_count(60, timeout=SLOW)
    assert watch.hosts == {"localhost"}
    assert watch.own_complaints == []


def escaped_text(name: str) -> str:
    """A name as the page shows it: with invisible word joiners where Streamlit would make arrows or links of it."""
    return html.unescape(escaped(name))


def test_a_file_that_is_broken_from_the_start_is_followed_too(browser: Browser, serve, tmp_path: Path) -> None:
    model = tmp_path / "squads.yaml"
    model.write_text("version: 1\nteams: {a: {typ: x}}\n")
    page = opened(browser, f"{serve(model).url}/map", Watch())
    expect(page.get_by_text("This organisation cannot be shown yet")).to_be_visible(timeout=SLOW)
    model.write_text("version: 1\nteams: {a: {name: Mended, type: platform}}\n")
    expect(team(page, "a")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("This organisation cannot be shown yet")).to_have_count(0)


def test_names_are_text_and_never_markup(browser: Browser, serve, tmp_path: Path) -> None:
    model = tmp_path / "squads.yaml"
    names = [
        "<img src=x onerror=\"document.title='owned'\">",
        "<script>document.title='owned'</script>",
        "**bold**",
        "R&amp;D -> Ship -- x <= y",
        "www.shop.example a@b.example",
        "فريق الدفع",
        "🙂" * 30,
    ]
    teams = "".join(
        f"  t{i}: {{name: '{name.replace(chr(39), chr(39) * 2)}', type: stream-aligned, mission: '{name.replace(chr(39), chr(39) * 2)}'}}\n"
        for i, name in enumerate(names)
    )
    model.write_text(f"version: 1\nteams:\n{teams}", "utf-8")
    site, watch = serve(model), Watch()
    page = opened(browser, f"{site.url}/map", watch)
    for index, name in enumerate(names):
        expect(team(page, f"t{index}")).to_have_attribute("aria-label", re.compile(re.escape(name)), timeout=SLOW)
        page.goto(f"{site.url}/squad?team=t{index}")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text(re.compile(re.escape(escaped_text(name))), timeout=SLOW)
        page.goto(f"{site.url}/map")
        expect(page.locator(MAP)).to_be_visible(timeout=SLOW)
    assert page.title() != "owned"
    assert watch.hosts == {"localhost"}


def test_the_timeline_shows_the_history_and_the_map_of_then(serve, browser: Browser, tmp_path: Path) -> None:
    """Six months of commits: the series, the slider back to an earlier map, and what changed; nothing asked of the network."""
    repo = Repo(tmp_path / "repo")
    joined = ["risk-engine", "identity-platform", "recommendations", "returns", "first-order"]
    for day, text in past((ROOT / "squads.yaml").read_text("utf-8"), joined, dt.date(2026, 11, 20)):
        repo.commit({"squads.yaml": text}, day=day.isoformat())
    watch = Watch()
    page = opened(browser, f"{serve(repo.root / 'squads.yaml').url}/timeline", watch)
    expect(page.get_by_role("heading", name="Teams by type")).to_be_visible()
    expect(page.locator(".stVegaLiteChart, [data-testid=stVegaLiteChart]")).to_have_count(6)
    expect(team(page, "first-order")).to_be_visible()
    slider = page.get_by_role("slider").last
    slider.focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    expect(team(page, "first-order")).to_have_count(0)
    expect(page).to_have_url(re.compile("then=2026-"))
    page.get_by_text("quarter", exact=True).click()
    expect(page).to_have_url(re.compile("every=quarter"))
    page.screenshot(path=str(SCREENSHOTS / "timeline.png"), full_page=True)
    assert watch.hosts == {"localhost"}
    assert watch.own_complaints == []


def pick(page: Page, label: str, option: str) -> None:
    """Chooses in a select box; a page that is drawn again meanwhile closes its list, so it may have to be opened again."""
    box, wanted = page.get_by_role("combobox", name=label), page.get_by_role("option", name=option)
    for _ in range(8):
        if not wanted.is_visible():
            box.click()
        try:
            wanted.click(timeout=4_000)
            return
        except PlaywrightTimeout:
            continue
    raise AssertionError(f"{label} never showed {option}")


def test_open_a_number_see_its_rows_and_switch_the_definition(browser: Browser, example_site: Site) -> None:
    site, watch = example_site, Watch()
    page = opened(browser, f"{site.url}/delivery?metric=change-fail-rate&team=order-tracking", watch, height=1400)
    expect(page.get_by_role("heading", name="Delivery", exact=True)).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("11 rows in this number")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("2 of 11").first).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_test_id("stDownloadButton").first.get_by_role("button").click()
    lines = Path(saved.value.path()).read_text("utf-8").splitlines()
    assert len(lines) == 12 and lines[0].startswith("id,service,environment,finished_at,result")

    # The same events as DevLake counts them.
    pick(page, "Definition", "Apache DevLake")
    expect(page.get_by_text("10 rows in this number")).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(re.compile("definition=devlake"))
    page.screenshot(path=SCREENSHOTS / "delivery.png", full_page=True)
    page.get_by_role("button", name="The query").click()
    expect(page.get_by_text("from_the_organisation_file").first).to_be_visible(timeout=SLOW)
    page.keyboard.press("Escape")

    # How Product and Tech work together, in the same app.
    page.get_by_role("link", name="Alignment", exact=True).click()
    expect(page.get_by_text("The weekly slot of the two leaders was held in")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("heading", name="Open a number")).to_be_visible(timeout=SLOW)
    page.screenshot(path=SCREENSHOTS / "alignment.png", full_page=True)
    # (Opened below the root, Streamlit first asks for its own files beside the page.)
    assert [one for one in watch.complaints if "_stcore" not in one] == []
    assert watch.hosts == {"localhost"}
