"""A rule, as its module in catalogue/ describes it.

The file's name gives code and name (`tt101_collaboration_without_end.py`), its docstring the documentation. Under fixed
headings, each followed by an indented text, stand: What it finds, Why it matters, What to do, Source, Bad, Good. `Bad` and
`Good` are whole organisation files; a line of `Bad` that ends with `# here` is where the finding must stand. They are tests
(as of EXAMPLE_DAY) as well as documentation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from topology.rules.finding import Severity
from topology.rules.hit import Hit

if TYPE_CHECKING:
    from topology.rules.facts import Facts

HEADINGS = ("What it finds", "Why it matters", "What to do", "Source", "Bad", "Good")
EXAMPLE_DAY = dt.date(2026, 11, 23)
HERE = "# here"
FAMILIES = {
    "TT0": "The file and its format",
    "TT1": "Interactions",
    "TT2": "Team shape and load",
    "TT3": "Platform",
    "TT4": "Enabling",
    "TT5": "Ownership and dependencies",
    "TT7": "Product and Tech",
    "TT8": "Maturity",
    "TT9": "Clans",
}


@dataclass(frozen=True)
class Rule:
    """One rule: its metadata, its documentation and its check (None for rules that loading itself holds)."""

    code: str
    name: str
    severity: Severity
    """The default; a project's settings override it."""
    text: str
    """The docstring of the module."""
    check: Callable[[Facts, float], Iterator[Hit]] | None = None
    threshold: float | None = None
    """The default of the one number that a project can set; None when there is none."""
    unit: str = ""
    """What the threshold counts."""
    types: tuple[str, ...] = ()
    """The team types to which it applies; empty for all."""
    with_data: bool = False
    """Whether it reads what was observed, so that it runs with `--with-data` alone."""

    @property
    def family(self) -> str:
        """What the first digit of the code stands for."""
        return FAMILIES[self.code[:3]]

    @property
    def of_reading(self) -> bool:
        """Whether it is about reading the file (TT001 to TT007): it cannot be switched off or suppressed."""
        return self.code < "TT008"

    @property
    def title(self) -> str:
        """The first line of the documentation: what is wrong, in one sentence."""
        return self.text.strip().splitlines()[0]

    @cached_property
    def sections(self) -> dict[str, str]:
        """{heading: text}, dedented. Raises ValueError when a heading is missing, unknown or out of order."""
        found: dict[str, list[str]] = {}
        for line in self.text.strip().splitlines()[1:]:
            if line and not line.startswith(" "):
                found[line] = []
            elif found:
                found[next(reversed(found))].append(line[4:])
        if tuple(found) != HEADINGS:
            raise ValueError(f"{self.code}: the headings are {list(found)}, expected {list(HEADINGS)}")
        return {heading: "\n".join(lines).strip("\n") for heading, lines in found.items()}

    @property
    def help(self) -> str:
        """The first sentence of "What to do"."""
        first, stop, _ = " ".join(self.sections["What to do"].split()).partition(". ")
        return first + ("." if stop else "")
