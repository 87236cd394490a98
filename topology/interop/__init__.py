"""What other tools know → rows of the event tables: one file a format in `events`. Nothing here asks the network but a database's URL."""

from topology.interop.imported import Imported, InputError, Who
from topology.interop.importer import Asked, Importer, Option, OptionError
from topology.interop.merging import Merged, merge

__all__ = ["Asked", "Imported", "Importer", "InputError", "Merged", "Option", "OptionError", "Who", "merge"]
