"""What all tests share: the example organisation, the shared reference data, small organisations from text."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from topology.language import Language, speaking
from topology.model import Organisation
from topology.source import Loaded, load, load_texts
from topology.source.settings import Settings
from topology.source.tree import Mapping
from topology.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
DAY = dt.date(2026, 11, 22)  # the example's last day with data

# No test may depend on time or chance: examples come from a fixed seed, without a deadline.
settings.register_profile("fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fixed")


# Nor on what the person who runs it has set.
for name in ("TOPOLOGY_DATA", "TOPOLOGY_MODEL", "TOPOLOGY_STATE"):
    os.environ.pop(name, None)

LONGEST = ("tests/delivery/test_engines.py", "tests/e2e/")  # begun first, so that no process waits for them at the end


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take minutes before those that take seconds."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def backwards(said: Any) -> Any:
    """A sentence that nobody reads."""
    if isinstance(said, str):
        return said[::-1]
    if isinstance(said, list):
        return [backwards(one) for one in said]
    return {key: backwards(one) for key, one in said.items()} if isinstance(said, dict) else said


PSEUDO = Language("backwards", otherwise=backwards)
LOGIC = (
    "clans",
    "delivery",
    "graph",
    "history",
    "interop",
    "maturity",
    "model",
    "rules",
    "simulate",
    "source",
    "workspace",
)


@pytest.fixture(autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[None]:
    """Logic is tested in a language that nobody reads, so that none of it hangs on a sentence; a test of what is said
    is marked `english`."""
    if request.path.parent.name not in LOGIC or request.node.get_closest_marker("english"):
        yield
        return
    with speaking(PSEUDO):
        yield


def organisation_of(text: str) -> Organisation:
    """The organisation of a YAML text; the test fails with its problems if it has any."""
    loaded = load_texts({"squads.yaml": text})
    assert loaded.organisation is not None, "\n".join(str(problem) for problem in loaded.problems)
    return loaded.organisation


def in_memory(organisation: Organisation) -> Workspace:
    """A workspace around an organisation, without any event."""
    loaded = Loaded(organisation, (), {}, Mapping())
    return Workspace(Path("squads.yaml"), loaded, Settings(), Path("no-such-folder"), "UTC", DAY)


@pytest.fixture(scope="session")
def example() -> Organisation:
    """The example organisation."""
    found = load(ROOT / "squads.yaml").organisation
    assert found is not None
    return found


def shared(name: str) -> Path:
    """A file of the shared reference data; the test is skipped where the data is not beside the checkout."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the shared data file {name} is not beside the checkout")
    return path


@pytest.fixture(scope="session")
def product_groups() -> Organisation:
    """The real organisation of 60 product groups."""
    found = load(shared("organisations/product-groups-2022.yaml")).organisation
    assert found is not None
    return found
