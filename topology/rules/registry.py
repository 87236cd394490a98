"""Which rules there are: the modules of catalogue/, by code."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType

from topology.rules import catalogue
from topology.rules.facts import Facts
from topology.rules.hit import Hit
from topology.rules.rule import Rule


@cache
def rules() -> Mapping[str, Rule]:
    """{code: rule} in the order of the codes."""
    folder = Path(catalogue.__path__[0])
    names = sorted(file.stem for file in folder.glob("tt*.py"))
    found = [_rule(name, importlib.import_module(f"{catalogue.__name__}.{name}")) for name in names]
    return MappingProxyType({rule.code: rule for rule in found})


def _rule(file_name: str, module: ModuleType) -> Rule:
    code, _, name = file_name.partition("_")
    return Rule(
        code.upper(),
        name.replace("_", "-"),
        module.SEVERITY,
        module.__doc__ or "",
        _check(module),
        getattr(module, "THRESHOLD", None),
        getattr(module, "UNIT", ""),
        getattr(module, "TYPES", ()),
        getattr(module, "WITH_DATA", False),
    )


def _check(module: ModuleType) -> Callable[[Facts, float], Iterator[Hit]] | None:
    """The module's `check`; one without a threshold takes the facts alone."""
    check: Callable[..., Iterator[Hit]] | None = getattr(module, "check", None)
    if check is None or hasattr(module, "THRESHOLD"):
        return check
    return lambda facts, _: check(facts)
