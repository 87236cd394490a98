"""From a click to the picture drawn again, in a real Chromium, as a ratio to a bare Streamlit button.

At 30 teams a team is selected; at 300, where the map is folded, a team of an open card; in a draft of either an operation is added and
undone, until the headline says so; on the Clans page of 300 squads with
36 weeks of contacts, another layer of ties is chosen; that page's first opening is timed at once when the server answers, and some
seconds later, as for a reader who comes from another page. All run in one go, on one machine, each against its own server.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from topology.model import Organisation
from topology.simulate import contacts, designed, make_organisation, write_organisation, write_tables

ROOT = Path(__file__).resolve().parents[1]
CLICKS = 21
COMES_LATER = 4  # seconds
APP = (sys.executable, "-m", "topology", "app")
BARE = """import streamlit as st
count = st.session_state.get("count", 0) + st.button("Click")
st.session_state["count"] = count
st.markdown(f"<p id='count'>{count}</p>", unsafe_allow_html=True)
"""


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def start(command: list[str], port: int) -> subprocess.Popen[bytes]:
    """A server, once it answers."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(450):
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2):
                return process
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(command)


def write(organisation: Organisation, folder: Path) -> Path:
    """An organisation as a file."""
    file = folder / "squads.yaml"
    data = organisation.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    for one, kept in zip(data["interactions"], organisation.interactions, strict=True):
        one["mode"] = kept.mode
    file.write_text(yaml.safe_dump({"version": 1, **data}, sort_keys=False, allow_unicode=True), "utf-8")
    return file


# Clicks inside the page and waits there for the change, so that the driver's own round trips are not counted.
TIMED = """([click, changed]) => new Promise((resolve, reject) => {
  const find = (selector) => {
    for (const root of [document, ...[...document.querySelectorAll('*')].map((e) => e.shadowRoot).filter(Boolean)]) {
      const found = root.querySelector(selector);
      if (found) return found;
    }
  };
  const target = find(click), start = performance.now();
  target.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
  const look = () => {
    if (find(changed)) resolve(performance.now() - start);
    else if (performance.now() - start > 20000) reject('no change');
    else setTimeout(look, 2);
  };
  look();
})"""


def map_clicks(browser: Browser, url: str, teams: tuple[str, str], first: str | None = None) -> float:
    """Median milliseconds from a click on one of two teams, in turn, until it is drawn as selected."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{url}/map" + (f"?open={first}" if first else ""))
    page.wait_for_selector(f'[data-team="{teams[0]}"]', timeout=60_000)
    page.wait_for_timeout(2_000)
    times = []
    for index in range(CLICKS + 2):
        team = teams[index % 2]
        times.append(
            page.evaluate(TIMED, [f'[data-team="{team}"] .shape', f'[data-team="{team}"][aria-pressed="true"]'])
        )
        page.wait_for_timeout(400)
    return median(times[2:])


# (Whatever the grade: at 300 squads of this design everybody meets everybody now and then, which is no clan.)
READ = re.compile("^(No sign|Sign|Finding): Value streams")


def opening(page: Page, url: str) -> float:
    """Milliseconds until the Clans page stands."""
    started = time.perf_counter()
    page.goto(f"{url}/clans?grouping=value-stream")
    page.get_by_text(READ).first.wait_for(timeout=120_000)
    page.get_by_text("Who meets whom").wait_for(timeout=120_000)
    return 1_000 * (time.perf_counter() - started)


def clan_clicks(browser: Browser, url: str) -> tuple[float, float]:
    """Milliseconds until the Clans page first stands, and the median from a click on another layer until it shows it."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    first = opening(page, url)
    page.wait_for_timeout(3_000)
    times = []
    for index in range(CLICKS // 2):
        layers = (
            ("Declared interactions", "Not enough data: Value streams"),
            ("Observed contact", READ),
        )
        name, shown = layers[index % 2]
        started = time.perf_counter()
        page.get_by_role("radio", name=name).or_(page.get_by_role("button", name=name)).first.click()
        page.get_by_text(shown).first.wait_for(timeout=60_000)
        times.append(time.perf_counter() - started)
        page.wait_for_timeout(1_500)
    return first, 1_000 * median(times[2:])


def button_clicks(page: Page, url: str) -> float:
    """Median milliseconds from a click on a bare button until the page shows the next count."""
    page.goto(url)
    page.wait_for_selector("#count", timeout=60_000)
    page.wait_for_timeout(2_000)
    times = []
    for index in range(CLICKS + 2):
        page.evaluate(f"document.querySelector('#count').closest('.stMarkdown').dataset.n = {index}")
        changed = page.evaluate(
            """() => new Promise((resolve) => {
              const before = document.querySelector('#count').textContent, start = performance.now();
              document.querySelector('[data-testid="stBaseButton-secondary"]').click();
              const look = () => document.querySelector('#count')?.textContent !== before
                ? resolve(performance.now() - start) : setTimeout(look, 2);
              look();
            })"""
        )
        times.append(changed)
        page.wait_for_timeout(400)
    return median(times[2:])


# Clicks in the page and waits there until the bar of a draft says another thing.
SAID = """([click, words]) => new Promise((resolve, reject) => {
  const start = performance.now();
  document.querySelector(click).click();
  const look = () => {
    if (document.querySelector('.st-key-draft-bar')?.innerText.includes(words)) resolve(performance.now() - start);
    else if (performance.now() - start > 20000) reject(`never ${words}`);
    else setTimeout(look, 2);
  };
  look();
})"""


def draft_clicks(browser: Browser, url: str, team: str) -> tuple[float, float]:
    """Median milliseconds from the press that adds an operation (an end), and from Undo, until the bar says the new headline."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{url}/map?draft=new&team={team}")
    page.locator(".st-key-act-end button").wait_for(timeout=60_000)
    page.wait_for_timeout(2_000)
    added, undone = [], []
    for _ in range(CLICKS // 3):
        page.locator(".st-key-act-end button").click()
        page.locator(".st-key-add-end-team button:enabled").wait_for(timeout=20_000)
        page.wait_for_timeout(800)
        added.append(page.evaluate(SAID, [".st-key-add-end-team button", "1 change touches"]))
        page.wait_for_timeout(800)
        undone.append(page.evaluate(SAID, [".st-key-draft-undo button", "No change yet"]))
        page.wait_for_timeout(800)
    return median(added[1:]), median(undone[1:])


def main() -> None:
    """Prints the four times and their ratios."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("No Chromium on this machine: click-to-redraw was not measured.")
        return
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "bare.py").write_text(BARE)
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        port = free_port()
        server = start(
            [sys.executable, "-m", "streamlit", "run", str(folder / "bare.py"), "--server.port", str(port)], port
        )
        bare = button_clicks(browser.new_page(), f"http://localhost:{port}")
        server.terminate()
        print(f"bare Streamlit button       {bare:6.0f} ms")
        for teams in (30, 300):
            organisation = make_organisation(teams)
            home = folder / str(teams)
            home.mkdir()
            port = free_port()
            server = start([*APP, str(write(organisation, home)), "--port", str(port)], port)
            squads = [
                id_
                for id_, team in organisation.teams.items()
                if team.group == "stream-1" and team.type == "stream-aligned"
            ]
            found = map_clicks(
                browser, f"http://localhost:{port}", (squads[0], squads[1]), "stream-1" if teams >= 60 else None
            )
            added, undone = draft_clicks(browser, f"http://localhost:{port}", squads[0])
            server.terminate()
            print(
                f"select a team of {teams:3}         {found:6.0f} ms   {found / bare:.1f} times a bare Streamlit button"
            )
            print(f"an operation at {teams:3}        {added:6.0f} ms   {added / bare:.1f} times; undo {undone:.0f} ms")
        simulation = designed("inward", 300)
        home = folder / "clans"
        write_organisation(simulation.organisation, home / "squads.yaml")
        write_tables({"contacts": contacts(simulation)}, home / "data")
        port = free_port()
        server = start([*APP, str(home / "squads.yaml"), "--port", str(port)], port)
        first, found = clan_clicks(browser, f"http://localhost:{port}")
        server.terminate()
        port = free_port()
        server = start([*APP, str(home / "squads.yaml"), "--port", str(port)], port)
        time.sleep(COMES_LATER)
        later = opening(browser.new_page(), f"http://localhost:{port}")
        server.terminate()
        words = f"{found / bare:.1f} times a bare Streamlit button; first opened in {first / 1000:.1f} s"
        words += f", {COMES_LATER} s after the start in {later / 1000:.1f} s"
        print(f"Clans page of 300 squads    {found:6.0f} ms   {words}")
        browser.close()


if __name__ == "__main__":
    main()
