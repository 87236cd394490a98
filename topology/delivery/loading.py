"""What loading did: rows read, rows left out and why, columns mapped and ignored. Nothing disappears silently."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that does not count, with its line in the file (0 where there are no lines) and the reason."""

    line: int
    reason: str

    def __str__(self) -> str:
        """Its place and the reason, in a line."""
        return f"line {self.line}: {self.reason}" if self.line else self.reason


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file."""

    table: str
    file: str
    rows: int = 0
    left_out: tuple[LeftOut, ...] = ()
    left_out_count: int | None = None
    """How many rows were left out, where not each of them is named; None where each is."""
    mapped: tuple[tuple[str, str], ...] = ()
    """(header in the file, column that it was taken for)."""
    ignored: tuple[str, ...] = ()
    unreadable: tuple[tuple[str, int], ...] = ()
    """(optional column, how many of its values could not be read and count as absent)."""
    last_day: dt.date | None = None
    """The last day on which something was observed, for tables that hold observations."""
    without_zone: int = 0
    """Times without a zone, read in the organisation's zone."""
    error: str = ""
    """Why the whole file could not be used; "" when it could."""

    @property
    def missing_rows(self) -> int:
        """How many rows were left out."""
        return len(self.left_out) if self.left_out_count is None else self.left_out_count

    @property
    def summary(self) -> str:
        """One line for a terminal or a caption."""
        if self.error:
            return f"{self.file}: not loaded — {self.error}"
        parts = [f"{self.rows} rows"]
        if self.last_day:
            parts.append(f"the last on {self.last_day}")
        if self.missing_rows:
            parts.append(f"{self.missing_rows} left out")
        parts += [f"{count} unreadable in {column}, taken as absent" for column, count in self.unreadable]
        if self.without_zone:
            parts.append(f"{self.without_zone} times without a zone")
        if self.mapped:
            parts.append("read as: " + ", ".join(f"{header} → {column}" for header, column in self.mapped))
        if self.ignored:
            parts.append("columns ignored: " + ", ".join(self.ignored))
        return f"{self.file}: " + "; ".join(parts)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of every file."""

    files: tuple[FileReport, ...] = field(default=())

    @property
    def errors(self) -> list[str]:
        """Files that could not be used."""
        return [one.summary for one in self.files if one.error]
