"""Output formats: a file `as_NAME.py` in the folder of a report is a format of it, with `render(…)`; the command line lists it."""

from __future__ import annotations

import importlib
from collections.abc import Callable


def renderer(package: str) -> Callable[..., str]:
    """A function: (format, report …) → its text, by the package of the report; the format's file is imported when it is asked for."""

    def render(format_: str, *report: object) -> str:
        text: str = importlib.import_module(f"{package}.as_{format_}").render(*report)
        return text

    return render
