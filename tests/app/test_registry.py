"""Which organisations the server holds open: read once a run, kept apart, the same one for the same files."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from topology.app import main, registry
from topology.server.application import ENTRY
from topology.source import settings

PAGES = ("overview", "map", "squad", "delivery", "maturity", "survey", "clans", "alignment", "timeline")


def test_every_file_of_the_folder_is_a_page_in_the_order_that_it_says() -> None:
    assert tuple(main.pages()) == (
        "overview",
        "map",
        "squad",
        "delivery",
        "maturity",
        "survey",
        "clans",
        "alignment",
        "timeline",
    )
    assert all(set(page) == {"title", "order"} for page in main.pages().values())


@pytest.mark.parametrize("page", PAGES)
def test_a_run_of_a_page_reads_the_settings_once(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setenv("TOPOLOGY_MODEL", str(ROOT / "squads.yaml"))
    app = AppTest.from_file(ENTRY, default_timeout=60).run()
    app.switch_page(f"../pages/{page}.py")
    calls, read = [], settings.load_settings

    def counted(model: Path) -> settings.Settings:
        calls.append(model)
        return read(model)

    for module in (settings, registry):
        monkeypatch.setattr(module, "load_settings", counted)
    monkeypatch.setattr("topology.workspace.workspace.load_settings", counted)
    app.run()
    assert not app.exception
    assert len(calls) == 1


def test_the_same_files_are_the_same_workspace_and_changed_ones_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "squads.yaml"
    file.write_text("version: 1\nteams: {a: {}}\n")
    monkeypatch.setenv("TOPOLOGY_MODEL", str(file))
    first = registry.open_model().workspace
    assert registry.open_model().workspace is first
    (tmp_path / "topology.toml").write_text("[clans]\nwindows = 'month'\n")
    other = registry.open_model().workspace
    assert other is not first and other is not None and other.settings.clans.weeks == 4
    file.write_text("version: 1\nteams: {a: {name: Later}}\n")
    last = registry.open_model().workspace
    assert last is not None and last.organisation.team_name("a") == "Later"
    assert first is not None and first.organisation.team_name("a") == "a"


def test_a_long_question_to_one_organisation_does_not_hold_up_another(tmp_path: Path) -> None:
    """There is no lock around everything: only what is made under one key is waited for."""
    started, done = threading.Event(), threading.Event()

    def long() -> int:
        started.set()
        done.wait(10)
        return 1

    waiting = threading.Thread(target=lambda: registry._OPEN("long", long))
    waiting.start()
    started.wait(10)
    begun = time.monotonic()
    assert registry._OPEN("other", lambda: 2) == 2
    assert time.monotonic() - begun < 5
    done.set()
    waiting.join()
