"""What an importer is: a file of `events/` gives one as `IMPORTER`, and the command line makes a command of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from topology.interop.documents import objects
from topology.interop.imported import Imported, Who
from topology.language import Text


class OptionError(ValueError):
    """An option whose value means nothing here."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


@dataclass(frozen=True)
class Option:
    """An option of one importer: its value reaches `Asked.options` under its name without the dashes."""

    flag: str
    help: Text
    default: str = ""
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its value."""
        return self.flag.removeprefix("--").replace("-", "_")


@dataclass(frozen=True)
class Asked:
    """What a person asked to import: files or a URL, the organisation that words are found in, and the importer's own options."""

    sources: tuple[str, ...]
    who: Who
    zone: str = "UTC"
    """The organisation's zone, for times without one."""
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> list[Path]:
        """The files."""
        return [Path(one) for one in self.sources]

    def objects(self) -> list[dict[str, Any]]:
        """Every JSON object of the files. Raises InputError."""
        return [one for file in self.files for one in objects(file)]


@dataclass(frozen=True)
class Importer:
    """A format of another tool → rows of the event tables."""

    about: Text
    """One line: the tool, and what is taken from it."""
    read: Callable[[Asked], Imported]
    """Raises InputError, OptionError and, for a URL, WarehouseError."""
    options: tuple[Option, ...] = ()
    takes: Literal["files", "url"] = "files"
    ask: Callable[[str], str] | None = None
    """(what to ask the tool for, such as OWNER/REPO) → the commands that save what is read best. Raises OptionError."""
