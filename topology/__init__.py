"""Topology: a team-topology and squad health modeler.

    import topology

    workspace = topology.open("squads.yaml", data="data/")

The guide is docs/library.md. Names are imported when they are first used, so that the command line starts in a blink.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from topology.extras import MissingExtraError as MissingExtraError
    from topology.library import Map as Map
    from topology.library import WhatIf as WhatIf
    from topology.library import Workspace as Workspace
    from topology.library import load as load
    from topology.library import open_workspace as open
    from topology.planning.operation import OperationError as OperationError
    from topology.source import OrganisationError as OrganisationError
    from topology.source.edit import EditError as EditError
    from topology.source.settings import SettingsError as SettingsError

__version__ = "0.1.0"
__all__ = [
    "EditError", "Map", "MissingExtraError", "OperationError", "OrganisationError", "SettingsError", "WhatIf", "Workspace",
    "__version__", "load", "open",
]  # fmt: skip

_HOMES = {
    "EditError": ("topology.source.edit", "EditError"),
    "MissingExtraError": ("topology.extras", "MissingExtraError"),
    "OperationError": ("topology.planning.operation", "OperationError"),
    "OrganisationError": ("topology.source", "OrganisationError"),
    "SettingsError": ("topology.source.settings", "SettingsError"),
    "Map": ("topology.library", "Map"),
    "WhatIf": ("topology.library", "WhatIf"),
    "Workspace": ("topology.library", "Workspace"),
    "load": ("topology.library", "load"),
    "open": ("topology.library", "open_workspace"),
}


def __getattr__(name: str) -> Any:
    """One of the names of the library, imported now."""
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, its_name = _HOMES[name]
    return getattr(importlib.import_module(module), its_name)


def __dir__() -> list[str]:
    return sorted(__all__)
