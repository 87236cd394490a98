"""Where something stands in a file."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A span of a file. Lines and columns count from 1, in characters; the end is exclusive."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
