"""What a rule's check gives."""

from __future__ import annotations

from dataclasses import dataclass

from topology.language import Text

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule's check gives: the engine finds its place in the file and makes a finding of it."""

    message: Text
    path: Path
    ids: tuple[str, ...]
    teams: tuple[str, ...] = ()
    """The teams it is about; what holds for most teams at once becomes one finding about the organisation."""
    related: tuple[Path, ...] = ()
    help: str = ""
    """Instead of the first sentence of "What to do"."""
