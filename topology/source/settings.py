"""`topology.toml` beside the organisation file, or `[tool.topology]` in pyproject.toml. None is needed."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from topology.source.suggest import did_you_mean

WINDOW_WEEKS = {"month": 4, "quarter": 12, "half-year": 24}


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class DataSettings(_Section):
    """Where the event tables are, and the zone in which days and weeks are counted.

    `source` is a folder, a DuckDB file, or the URL of a warehouse; `${NAME}` stands for an environment variable, so that
    no password has to be written into a file that is reviewed.
    """

    source: str = "data/"
    timezone: str = "UTC"

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"there is no time zone `{value}`; expected a name such as Europe/Paris") from None
        return value


class DeliverySettings(_Section):
    """How delivery is counted."""

    definition: Literal["default", "devlake", "fourkeys", "gitlab", "middleware", "pelorus"] = "default"
    """Whose definition of the DORA metrics is used."""
    incident_horizon_days: int = Field(default=7, ge=0, le=365)


class ClanSettings(_Section):
    """Which groupings are looked at for clans, and over how long."""

    groupings: tuple[str, ...] = ()
    """The groupings to show, in this order: value-stream, site, platform, side, side-within or an x- key [default: all]."""
    windows: Literal["month", "quarter", "half-year"] = "quarter"
    """How long a window is: 4, 12 or 24 whole weeks."""

    @property
    def weeks(self) -> int:
        """The length of a window in whole weeks."""
        return WINDOW_WEEKS[self.windows]


class RuleSettings(_Section):
    """Which rules run, how grave each is, and their thresholds. Rules are named by code, name or prefix."""

    fail_on: Literal["error", "warning", "info", "never"] = "error"
    """The least severity with which `topology check` exits with 1."""
    select: tuple[str, ...] = ()
    """Run only these rules."""
    ignore: tuple[str, ...] = ()
    """Do not run these rules."""
    severity: dict[str, Literal["error", "warning", "info", "off"]] = Field(default_factory=dict)
    """How grave a rule's findings are."""
    thresholds: dict[str, Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=100_000)]] = Field(
        default_factory=dict
    )
    """The number of a rule, such as {team-too-large = 10}."""


class Settings(_Section):
    """Everything that an organisation can set; each has a default."""

    data: DataSettings = Field(default_factory=DataSettings)
    delivery: DeliverySettings = Field(default_factory=DeliverySettings)
    rules: RuleSettings = Field(default_factory=RuleSettings)
    clans: ClanSettings = Field(default_factory=ClanSettings)


class SettingsError(ValueError):
    """Settings that cannot be read; the message says where and what to do."""


def load_settings(model: Path) -> Settings:
    """The settings beside an organisation's file or folder. Raises SettingsError; unknown keys are errors."""
    folder = model if model.is_dir() else model.parent
    for file, keys in ((folder / "topology.toml", ()), (folder / "pyproject.toml", ("tool", "topology"))):
        if file.is_file():
            found = _read(file)
            for key in keys:
                section = found.get(key, {})
                if not isinstance(section, dict):
                    raise SettingsError(f"{file}: `{'.'.join(keys)}` is not a table.")
                found = section
            if found or not keys:
                return _validated(file, found)
    return Settings()


def data_source(model: Path, settings: Settings) -> Path | str:
    """The folder or file of event tables, relative to the organisation's; or the URL of a warehouse. Raises SettingsError."""
    source = _with_environment(settings.data.source)
    if "://" in source:
        return source
    return (model if model.is_dir() else model.parent) / source


def _with_environment(text: str) -> str:
    """The text with the values of the environment variables that it names as `${NAME}`."""

    def value(match: re.Match[str]) -> str:
        try:
            return os.environ[match[1]]
        except KeyError:
            raise SettingsError(f"`data.source` names the environment variable {match[1]}, which is not set") from None

    return re.sub(r"\$\{(\w+)\}", value, text)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise SettingsError(f"{file}: {error}") from None


def _validated(file: Path, found: dict[str, Any]) -> Settings:
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise SettingsError(f"{file}: unknown key `{place}`. {_nearest(first['loc'])}".strip()) from None
        if first["type"] == "literal_error":
            known = [word.strip("'") for word in first["ctx"]["expected"].replace(" or ", ", ").split(", ")]
            raise SettingsError(
                f"{file}: `{place}`: {first['input']!r} is unknown. {did_you_mean(str(first['input']), known)}"
            ) from None
        raise SettingsError(f"{file}: `{place}`: {first['msg'].removeprefix('Value error, ')}") from None


def _nearest(loc: tuple[int | str, ...]) -> str:
    fields = Settings.model_fields
    if len(loc) > 1 and loc[0] in fields:
        section = fields[str(loc[0])].annotation
        return (
            did_you_mean(str(loc[-1]), section.model_fields)
            if isinstance(section, type) and issubclass(section, BaseModel)
            else ""
        )
    return did_you_mean(str(loc[0]), fields)
