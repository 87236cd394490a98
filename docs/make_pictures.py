"""Makes the pictures of the README and the guides: `make pictures`.

The maps come from the product's own SVG; the pages are photographed in a Chromium, where there is one.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import vl_convert

from topology.app.layers import overlay
from topology.app.palette import DARK, LIGHT
from topology.app.teammap.svg import Look, draw_map
from topology.delivery import METRICS, Scope, load_events, read_metric, whole_weeks
from topology.graph.teammap import fold_map, layout_map
from topology.simulate import make_organisation
from topology.source import load

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
DAY = dt.date(2026, 11, 22)  # the example's last day with data
PAGES = {
    "overview": "",
    "squad": "squad?team=order-tracking",
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


def maps() -> None:
    """The example's map, light and dark, and a folded one of 300 teams."""
    organisation = load(ROOT / "squads.yaml").organisation
    assert organisation is not None
    scope = Scope(load_events(ROOT / "data", "Europe/Paris"), organisation, tuple(whole_weeks(DAY)))
    readings = {metric: read_metric(metric, scope) for metric in METRICS}
    lead_time = overlay("change-lead-time", organisation, DAY, readings, {})
    layout = layout_map(organisation, DAY, 1280)
    save("map", draw_map(layout, Look(LIGHT)))
    save("map_lead_time", draw_map(layout, Look(DARK, lead_time)))
    save("map_selected", draw_map(layout, Look(LIGHT, selected="data-platform")))
    large = make_organisation(300)
    load_overlay = overlay("cognitive-load", large, DAY, {}, {})
    save("map_300_folded", draw_map(fold_map(large, DAY, 1280, "stream-3"), Look(LIGHT, load_overlay)))


def save(name: str, svg: str) -> None:
    """One picture, at its size on the screen."""
    (PICTURES / f"{name}.png").write_bytes(vl_convert.svg_to_png(svg))
    print(f"Made docs/pictures/{name}.png")


def pages(chromium: str) -> None:
    """The pages of the running app."""
    from playwright.sync_api import sync_playwright

    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "MODEL": "squads.yaml", "PORT": str(port)}
    server = subprocess.Popen(
        [sys.executable, "-m", "topology.app.serve"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://localhost:{port}/_stcore/health")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
            for name, path in PAGES.items():
                page.goto(f"http://localhost:{port}/{path}")
                page.wait_for_selector(".stMainBlockContainer h1, .map svg", timeout=60_000)
                page.wait_for_timeout(3_000)
                page.screenshot(path=PICTURES / f"{name}.png")
                print(f"Made docs/pictures/{name}.png")
    finally:
        server.terminate()
        server.wait()


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
