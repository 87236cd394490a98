"""Every measure, by id: each file of this folder has `MEASURES`."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType

from topology.manifest import modules_in
from topology.maturity.measure import Measure


def _all() -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for name in modules_in("maturity/measures"):
        for one in importlib.import_module(f"{__name__}.{name}").MEASURES:
            assert one.id not in found, f"two measures are called {one.id}"
            found[one.id] = one
    return found


MEASURES: Mapping[str, Measure] = MappingProxyType(_all())
