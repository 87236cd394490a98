"""What is wrong with a file: the TT0xx family."""

from dataclasses import dataclass
from typing import Literal

from topology.source.place import Place

# The codes of the file and its format that loading itself holds; a retired code is never used again.
NAMES = {
    "TT001": "unreadable",
    "TT002": "duplicate-key",
    "TT003": "unknown-key",
    "TT004": "wrong-value",
    "TT005": "unknown-reference",
    "TT006": "duplicate-id-across-files",
    "TT007": "period-reversed",
}


@dataclass(frozen=True, slots=True)
class Fix:
    """What `topology check --fix` writes: `text` instead of the value at `path`, or instead of its key."""

    path: tuple[str | int, ...]
    text: str
    key: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: what is wrong, where, and what to do about it."""

    code: str
    message: str
    place: Place
    help: str = ""
    path: tuple[str | int, ...] = ()
    """The model path, such as ("teams", "checkout", "pm")."""
    related: tuple[Place, ...] = ()
    """Other places that belong to the problem, such as the first of two equal keys."""
    severity: Literal["error", "warning", "info"] = "error"
    fix: Fix | None = None
    """How it can be mended safely; None when a person has to decide."""

    @property
    def name(self) -> str:
        """The name of the rule, such as unknown-key."""
        return NAMES[self.code]
