"""The verbs: each file of this folder gives one as `VERB`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from topology.manifest import modules_in
from topology.planning.verb import Verb


@cache
def verbs() -> dict[str, Verb[Any]]:
    """{id: verb}."""
    found = (import_module(f"{__name__}.{name}").VERB for name in modules_in("planning/verbs"))
    return {one.id: one for one in found}
