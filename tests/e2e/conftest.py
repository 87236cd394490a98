"""A real server and a real Chromium. Without a browser these tests are skipped, in one line."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import ROOT

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
START_SECONDS = 90


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: the browser tests did not run"))


@dataclass
class Site:
    """A running app and the file that it shows."""

    url: str
    model: Path


@dataclass
class Watch:
    """What a page asked for and complained of."""

    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        """Listens to a page from now on."""
        page.on(
            "request",
            lambda request: (
                self.hosts.add(request.url.split("/")[2].split(":")[0]) if request.url.startswith("http") else None
            ),
        )
        page.on(
            "console",
            lambda message: (
                self.complaints.append(f"{message.text} {message.location.get('url', '')}")
                if message.type == "error"
                else None
            ),
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @property
    def own_complaints(self) -> list[str]:
        """Complaints without the two of Streamlit's own start: opened at /map, its front end first asks whether the server
        lives under /map (a 404 on each of these), then finds it at /."""
        probes = (
            "/map/_stcore/health",
            "/map/_stcore/host-config",
            "/squad/_stcore/health",
            "/squad/_stcore/host-config",
            "/timeline/_stcore/health",
            "/timeline/_stcore/host-config",
        )
        return [one for one in self.complaints if not one.endswith(probes)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def started(model: Path, *command: str) -> tuple[Site, subprocess.Popen[bytes]]:
    """A server for a model, once it answers; `topology app` of this interpreter where no other command is given."""
    port = free_port()
    command = command or (sys.executable, "-m", "topology", "app", str(model))
    process = subprocess.Popen(
        [*command, "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://localhost:{port}"
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return Site(url, model), process
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise TimeoutError(f"the server did not answer within {START_SECONDS} s")


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Site]]:
    """Starts a server for a model of the test's own; stopped at its end."""
    running: list[subprocess.Popen[bytes]] = []

    def start(model: Path, *command: str) -> Site:
        site, process = started(model, *command)
        running.append(process)
        return site

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def example_site() -> Iterator[Site]:
    """One server of the example for every journey that only reads."""
    site, process = started(ROOT / "squads.yaml")
    yield site
    process.terminate()
    process.wait(timeout=20)
