"""What all tests share: the example organisation, the shared reference data, small organisations from text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from topology.model import Organisation
from topology.source import load, load_texts

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
DAY = dt.date(2026, 11, 22)  # the example's last day with data

# No test may depend on time or chance: examples come from a fixed seed, without a deadline.
settings.register_profile("fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fixed")


def organisation_of(text: str) -> Organisation:
    """The organisation of a YAML text; the test fails with its problems if it has any."""
    loaded = load_texts({"squads.yaml": text})
    assert loaded.organisation is not None, "\n".join(str(problem) for problem in loaded.problems)
    return loaded.organisation


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
