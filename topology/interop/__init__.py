"""Importers: what other tools know → rows of the event tables, one file a format. Nothing here asks the network but a database's URL."""

from topology.interop.imported import Imported, InputError, Who
from topology.interop.merging import Merged, merge

__all__ = ["Imported", "InputError", "Merged", "Who", "merge"]
