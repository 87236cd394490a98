"""Where event tables are. A person names any place; a settings file names a place below its own folder and nothing else.

A settings file comes with a repository, so it may be a stranger's: with an address of its choice it could load a program of its
own into the engine, or send a secret of the reader's environment to a host of its own.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from topology.source.files import leads_out
from topology.source.suggest import did_you_mean

SCHEMES = (
    "postgres",
    "postgresql",
    "mysql",
    "snowflake",
    "bigquery",
    "trino",
    "clickhouse",
    "mssql",
    "databricks",
    "pyspark",
)
"""The warehouses whose addresses are taken. (A DuckDB file is named by its path.)"""
PARAMETERS = ("schema", "catalog", "warehouse", "role", "sslmode", "sslrootcert", "auth", "dataset_id")
"""What may stand behind the `?` of an address: where tables are and how the connection is kept safe; no setting of an engine."""
# The names of the environment of which a value is put into an address.
OWN_NAMES = "TOPOLOGY_"
CLIENT_NAMES = re.compile(r"(PG|MYSQL_|SNOWFLAKE_|TRINO_|CLICKHOUSE_|DATABRICKS_|MSSQL_)[A-Z0-9_]*")
_NAME = re.compile(r"\$\{(\w+)\}")
_LIKE_AN_ADDRESS = re.compile(r"[a-z+]{2,}:/|[^/]*:[^/]*@")  # a slip may hold a password, so it is not repeated
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,19}")
HIDDEN = "•••"


class AddressError(ValueError):
    """A place of event tables that is not taken; the message says why and what to do, without any secret."""


@dataclass(frozen=True)
class Address:
    """The address of a warehouse. It shows its scheme alone: a password may stand in it."""

    scheme: str
    url: str = field(repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What must not be shown: values of the environment, the password, each as written and as encoded."""

    def __str__(self) -> str:
        """`the postgres warehouse`."""
        return f"the {self.scheme} warehouse"

    def redacted(self, text: str) -> str:
        """A text, such as an engine's error, without the address and its secrets."""
        for secret in (self.url, *sorted(self.secrets, key=len, reverse=True)):
            text = text.replace(secret, HIDDEN)
        return text


Source = Path | Address


def named_source(text: str | Path) -> Source:
    """What a person named: a folder or file, or the address of a warehouse. Raises AddressError.

    `${NAME}` stands for a value of the environment: the whole address, or a part of it, which is percent-encoded.
    """
    if isinstance(text, Path):
        return text
    whole = _NAME.fullmatch(text.strip())
    values: list[str] = []

    def value(match: re.Match[str]) -> str:
        values.append(_of_environment(match[1]))
        return quote(values[-1], safe="") if "://" in text and not whole else values[-1]

    url = _NAME.sub(value, text)
    if "://" in url:
        return _address(url, values)
    if (values and not Path(url).exists()) or _LIKE_AN_ADDRESS.match(url):
        raise AddressError("what is named is no folder or file, and no address: expected postgres://… or a path")
    return Path(url)


def _of_environment(name: str) -> str:
    if not name.startswith(OWN_NAMES) and not CLIENT_NAMES.fullmatch(name):
        raise AddressError(
            f"the environment variable {name} is not put into an address: its name has to begin with {OWN_NAMES}, or be one of a "
            "database's own, such as PGPASSWORD"
        )
    if name not in os.environ:
        raise AddressError(f"the address names the environment variable {name}, which is not set")
    return os.environ[name]


def _address(url: str, values: list[str]) -> Address:
    """Raises AddressError for a scheme or a parameter that is not in the lists."""
    scheme = url.partition("://")[0].lower()
    if scheme == "duckdb":
        raise AddressError("a DuckDB file is named by its path, without duckdb:// and without parameters")
    if scheme not in SCHEMES:
        near = did_you_mean(scheme, SCHEMES) if _SCHEME.fullmatch(scheme) else ""
        named = f"`{scheme}://`" if _SCHEME.fullmatch(scheme) else "this"
        raise AddressError(
            f"{named} is no warehouse that is read. {near or 'Expected one of ' + ', '.join(SCHEMES) + '.'}"
        )
    try:
        parts = urlsplit(url)
        password, port = parts.password or "", parts.port
    except ValueError:
        raise AddressError(
            f"the address of the {scheme} warehouse cannot be read: percent-encode what stands in it"
        ) from None
    del port  # (asked for, so that a wrong one is said here)
    for name, _ in parse_qsl(parts.query, keep_blank_values=True):
        if name not in PARAMETERS:
            raise AddressError(
                f"`{name[:40]}` is not taken behind the `?` of an address: no settings of an engine are; there may stand "
                f"{', '.join(PARAMETERS)}"
            )
    shown = {form for one in (*values, password) for form in (one, quote(one, safe=""), unquote(one)) if form}
    return Address(scheme, url, tuple(sorted(shown)))


def why_not_below(text: str) -> str:
    """Why a settings file may not name this place; "" when it may."""
    if "://" in text or "${" in text:
        what = "an address" if "://" in text else "a variable of the environment"
        return (
            f"a settings file names a folder or a file below its own, not {what}: give that with --data, in TOPOLOGY_DATA, or in your own "
            "configuration (docs/security.md)"
        )
    path = Path(text)
    if path.is_absolute() or text.startswith(("~", "\\")) or ".." in path.parts or re.match(r"[A-Za-z]:", text):
        return "a settings file names a folder or a file below its own; name another with --data"
    return "" if text.strip() and "\0" not in text else "expected the name of a folder or a file"


def source_below(folder: Path, text: str) -> Path:
    """The place that a settings file of a folder names. Raises AddressError for a link that leads out of the folder."""
    place = folder / text
    if leads_out(place, folder):
        raise AddressError(f"{place} is a link that leads out of its folder; name the place itself with --data")
    return place
