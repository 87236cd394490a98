"""Makes the pictures of the README and the guides: `make pictures`.

The maps come from the product's own SVG; the pages are photographed in a Chromium, where there is one.
"""

from __future__ import annotations

import datetime as dt
import html
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import vl_convert

from topology.graph.teammap import fold_map, layout_map
from topology.simulate import make_organisation
from topology.simulate.past import past
from topology.source import Loaded
from topology.view.overlays import overlay
from topology.view.palette import DARK, LIGHT
from topology.view.teammap.svg import Look, draw_map
from topology.workspace import Workspace

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
DAY = dt.date(2026, 11, 22)  # the example's last day with data
PAGES = {
    "overview": "",
    "squad": "squad?team=order-tracking",
    "delivery": "delivery?metric=change-lead-time&team=order-tracking",
    "alignment": "alignment",
    "clans": "clans?grouping=value-stream",
    "maturity": "maturity",
    "map_findings": "map?overlay=findings",
    "map_page": "map?lit=payments%2Conboarding&overlay=bridges",
}


def main() -> None:
    """Writes every picture."""
    PICTURES.mkdir(exist_ok=True)
    maps()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("No Chromium: the pictures of the pages were not made again.")
    else:
        pages(chromium)
        drafts(chromium)
        timeline(chromium)
        pull_request(chromium)
        survey(chromium)


def maps() -> None:
    """The example's map, light and dark, and a folded one of 300 teams."""
    example = Workspace.open(ROOT / "squads.yaml", DAY)
    layout = layout_map(example.organisation, DAY, 1280)
    save("map", draw_map(layout, Look(LIGHT)))
    save("map_lead_time", draw_map(layout, Look(DARK, overlay("change-lead-time", example, DAY))))
    save("map_selected", draw_map(layout, Look(LIGHT, selected="data-platform")))
    large = example.with_loaded(Loaded(make_organisation(300), (), {}))
    folded = fold_map(large.organisation, DAY, 1280, "stream-3")
    save("map_300_folded", draw_map(folded, Look(LIGHT, overlay("cognitive-load", large, DAY))))


def save(name: str, svg: str) -> None:
    """One picture, at its size on the screen."""
    (PICTURES / f"{name}.png").write_bytes(vl_convert.svg_to_png(svg))
    print(f"Made docs/pictures/{name}.png")


def pages(chromium: str) -> None:
    """The pages of the running app."""
    from playwright.sync_api import sync_playwright

    with served("squads.yaml") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
        for name, path in PAGES.items():
            page.goto(f"{url}/{path}")
            page.wait_for_selector(".stMainBlockContainer h1, .map svg", timeout=60_000)
            page.wait_for_timeout(7_000)
            photograph(page, name)


def photograph(page: Page, name: str) -> None:
    """What the page shows now, as a picture of the docs."""
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"Made docs/pictures/{name}.png")


@contextmanager
def served(model: str) -> Iterator[str]:
    """The address of the app, running for a model."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "topology", "app", model, "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def timeline(chromium: str) -> None:
    """The Timeline page of the example with a made-up past, as commits of a temporary repository."""
    from playwright.sync_api import sync_playwright

    joined = ["delivery-coaching", "risk-engine", "identity-platform", "recommendations", "returns", "first-order"]
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["git", "init", "-q", "-b", "main", name], check=True)
        for day, text in past((ROOT / "squads.yaml").read_text("utf-8"), joined, DAY):
            (Path(name) / "squads.yaml").write_text(text, "utf-8")
            when = f"{day}T12:00:00+00:00"
            author = {"GIT_AUTHOR_NAME": "-", "GIT_AUTHOR_EMAIL": "-", "GIT_COMMITTER_NAME": "-", "GIT_COMMITTER_EMAIL": "-",
                      "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}  # fmt: skip
            for command in (["add", "-A"], ["commit", "-q", "-m", "change"]):
                subprocess.run(["git", "-C", name, *command], check=True, env={**os.environ, **author})
        with served(str(Path(name) / "squads.yaml")) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_context(viewport={"width": 1280, "height": 1250}).new_page()
            page.goto(f"{url}/timeline")
            page.wait_for_selector(".map svg", timeout=60_000)
            page.wait_for_timeout(7_000)
            photograph(page, "timeline")


def survey(chromium: str) -> None:
    """The forms on a phone, side by side, and the facilitator's page, of a made-up survey of the example."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name:
        model = Path(name) / "squads.yaml"
        shutil.copy(ROOT / "squads.yaml", model)
        tokens, word = open_survey(model)
        with served(str(model)) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR").new_page()
            root, shots = f"{url}/s/{tokens[0]}", []
            for step in ("", "/1", "/8", "/review"):
                phone.goto(root + step)
                if step == "/1":
                    for number in range(1, 13):
                        phone.locator("label.choice").nth((number * 5) % 6).click()
                        phone.get_by_role("button").click()
                    continue
                shots.append(phone.screenshot())
            side_by_side("survey_phone", shots)
            page = browser.new_context(viewport={"width": 1280, "height": 1500}).new_page()
            page.goto(f"{url}/survey?word={word}")
            page.get_by_text("Close the survey").wait_for(timeout=60_000)
            page.wait_for_timeout(4_000)
            photograph(page, "survey_status")


def open_survey(model: Path) -> tuple[list[str], str]:
    """(unused links of Checkout, the facilitator's word) of a survey of which two thirds have answered an hour ago."""
    from topology.maturity.voices.asking import asked_of, invited
    from topology.store.opening import surveys_at
    from topology.store.values import Kind

    opened = Workspace.open(model, DAY)
    surveys = surveys_at(model.parent / ".topology" / "state.db", make=True)
    assert surveys is not None
    now = dt.datetime.now(dt.UTC)
    asked = asked_of(opened.organisation, opened.pack, DAY, "Ludivine, #alignment", "2026-12-18")
    links, word = surveys.open(
        "2026-12",
        asked,
        list(invited(opened.organisation, DAY)),
        now + dt.timedelta(days=7),
        now - dt.timedelta(hours=2),
    )
    answering = [one for one in links if one.kind == Kind.ANSWER]
    for index, one in enumerate(answering):
        if index % 3:
            surveys.send(
                one.token, one.team, one.side or "tech", dict.fromkeys(asked.items, 3), now - dt.timedelta(hours=2)
            )
    return [one.token for index, one in enumerate(answering) if not index % 3 and one.team == "checkout"], word


def drafts(chromium: str) -> None:
    """The draft of docs/draft.yaml: its map, what follows from it, its pull request."""
    from playwright.sync_api import sync_playwright

    from topology.planning import draft_of
    from topology.planning.draft import mark_of
    from topology.store.opening import drafts_at

    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "squads.yaml"
        for name in ("squads.yaml", "topology.toml"):
            shutil.copy(ROOT / name, folder)
        for name in ("data", "answers"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        draft = draft_of((ROOT / "docs" / "draft.yaml").read_text("utf-8"), "docs/draft.yaml")
        drafts = drafts_at(Path(folder) / ".topology" / "state.db", make=True)
        assert drafts is not None
        kept = drafts.new(
            draft.based_on(mark_of({str(model): model.read_text("utf-8")})).text, dt.datetime.now(dt.UTC).date()
        )
        with served(str(model)) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            page.goto(f"{url}/map?draft={kept.id}&team=first-order")
            page.get_by_text("First order stood here").wait_for(timeout=60_000)
            page.wait_for_timeout(2_000)
            photograph(page, "draft")
            page.set_viewport_size({"width": 1440, "height": 1260})
            page.get_by_text("What follows", exact=True).click()
            page.get_by_text("The silent pairs across").wait_for(timeout=60_000)
            page.wait_for_timeout(1_000)
            photograph(page, "draft_follows")
            page.get_by_text("Pull request", exact=True).click()
            page.get_by_text("The pull request").wait_for(timeout=60_000)
            page.wait_for_timeout(1_000)
            photograph(page, "draft_pull_request")


def side_by_side(name: str, shots: list[bytes]) -> None:
    """Several screens of a phone as one picture."""
    import io

    from PIL import Image

    images = [Image.open(io.BytesIO(shot)) for shot in shots]
    gap = 16
    whole = Image.new(
        "RGB", (sum(one.width + gap for one in images) + gap, max(one.height for one in images) + 2 * gap), "#e8ebf3"
    )
    x = gap
    for one in images:
        whole.paste(one, (x, gap))
        x += one.width + gap
    whole.save(PICTURES / f"{name}.png")
    print(f"Made docs/pictures/{name}.png")


def pull_request(chromium: str) -> None:
    """The picture of the pull-request comment, drawn by Mermaid where `make test` has fetched it."""
    from playwright.sync_api import sync_playwright

    script = ROOT / ".venv" / "npm" / "package" / "dist" / "mermaid.min.js"
    if not script.exists():
        print("No Mermaid: the picture of the comment was not made again.")
        return
    comment = (ROOT / "docs" / "pull-request-comment.md").read_text("utf-8")
    picture = comment.partition("```mermaid\n")[2].partition("```")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 760, "height": 420})
        page.set_content(f"<pre class='mermaid'>{html.escape(picture)}</pre>")
        page.add_script_tag(path=str(script))
        page.evaluate("mermaid.run()")
        page.wait_for_selector("svg .node", timeout=30_000)
        page.wait_for_timeout(1_000)
        page.locator("svg").first.screenshot(path=PICTURES / "pull_request.png")
        print("Made docs/pictures/pull_request.png")


def wait_for(url: str) -> None:
    """Until the server answers, for a minute and a half."""
    for _ in range(450):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


if __name__ == "__main__":
    main()
