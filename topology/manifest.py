"""What there is, by the names of files: the command line lists metrics, formats and importers without importing any of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent


@cache
def modules_in(folder: str) -> tuple[str, ...]:
    """The modules of a folder of this package, such as `delivery/metrics`, by name."""
    return tuple(sorted(file.stem for file in (ROOT / folder).glob("[a-z]*.py")))


def ids_in(folder: str) -> tuple[str, ...]:
    """The same as ids: `change_lead_time.py` is `change-lead-time`."""
    return tuple(name.replace("_", "-") for name in modules_in(folder))


def formats_of(report: str) -> tuple[str, ...]:
    """The formats of a report, such as `findings`: the files `as_NAME.py` of its folder."""
    names = modules_in(f"report/{report}")
    return tuple(name.removeprefix("as_") for name in names if name.startswith("as_"))
