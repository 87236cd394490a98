"""What the light installation does not bring, and the extra that does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

EXTRAS = {
    **dict.fromkeys(("duckdb", "filelock", "ibis", "numpy", "pandas", "pyarrow", "scipy", "sqlglot"), "data"),
    **dict.fromkeys(
        ("altair", "itsdangerous", "jinja2", "segno", "sqlalchemy", "starlette", "streamlit", "vl_convert"), "app"
    ),
}

P = ParamSpec("P")
Given = TypeVar("Given")


class MissingExtraError(ImportError):
    """A library that an extra of this package brings is not installed; the message has the line that installs it."""


def missing_extra(error: ModuleNotFoundError) -> MissingExtraError | None:
    """The same as an error that names the extra; None where the library is of no extra."""
    library = (error.name or "").partition(".")[0]
    if library not in EXTRAS:
        return None
    return MissingExtraError(
        f"this needs {library}, which is not installed: pip install 'squad-topology[{EXTRAS[library]}]'", name=library
    )


def naming_its_extra(function: Callable[P, Given]) -> Callable[P, Given]:
    """Makes a function raise MissingExtraError where a library of an extra is not installed."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> Given:
        try:
            return function(*args, **kwargs)
        except ModuleNotFoundError as error:
            if (named := missing_extra(error)) is None:
                raise
            raise named from None

    return call
