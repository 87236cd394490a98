"""One organisation with its settings, events, readings and history: the one place where these are put together."""

from topology.workspace.workspace import Workspace

__all__ = ["Workspace"]
