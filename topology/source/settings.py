"""`topology.toml` beside the organisation file, or `[tool.topology]` in pyproject.toml. None is needed."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from topology.source.address import AddressError, Source, named_source, source_below, why_not_below
from topology.source.files import leads_out, left_home
from topology.source.suggest import did_you_mean

DATA_VARIABLE = "TOPOLOGY_DATA"
STATE_VARIABLE = "TOPOLOGY_STATE"
EDIT_VARIABLE = "TOPOLOGY_EDIT"  # "1": the app may write a draft into the file
MAX_SETTINGS_BYTES = 1_000_000
MOST_PARTS = 20  # of a key such as `rules.thresholds.TT101` (tomllib takes time and memory with the square of them)
_NO_KEY = re.compile(r"[^\w\"'. \t-]+")  # what stands in no key that is not quoted
WINDOW_WEEKS = {"month": 4, "quarter": 12, "half-year": 26, "year": 52}


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class DataSettings(_Section):
    """Where the event tables are, and the zone in which days and weeks are counted.

    `source` is a folder or a DuckDB file below the folder of the settings. Another place, or the address of a warehouse, is for the
    person to name: with `--data`, in `TOPOLOGY_DATA`, or in their own configuration.
    """

    source: str = "data/"
    timezone: str = "UTC"

    @field_validator("source")
    @classmethod
    def _below(cls, value: str) -> str:
        if why := why_not_below(value):
            raise ValueError(why)
        return value

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
    """How long before an incident its deployment may lie."""
    production: tuple[str, ...] = ()
    """Patterns of the environments that are production, such as prod-*; they stand before what the tools say [default: the usual names]."""
    branch: str = ""
    """The branch that is deployed [default: what the tools say, else the branch that the deployments name]."""
    regions: Literal["together", "apart"] = "together"
    """Whether one version in several production environments within an hour is one deployment."""
    items: tuple[Literal["story", "sub-task", "epic"], ...] = ("story",)
    """Which work items are counted."""


class JiraSettings(_Section):
    """What a Jira's columns and types are called."""

    columns: dict[str, str] = Field(default_factory=dict)
    """{column of ours, such as created: its header in the export}."""
    types: dict[str, Literal["feature", "defect", "risk", "debt", "incident", "sub-task", "epic"]] = Field(
        default_factory=dict
    )
    """{type of the export: what it is}."""
    states: dict[str, Literal["open", "done", "dropped"]] = Field(default_factory=dict)
    """{status or resolution of the export: what it says of an item}."""
    dates: Literal["", "day-first", "month-first"] = ""
    """How dates of digits are written, where no cell of the column decides it."""


class ImportSettings(_Section):
    """How other tools' words are understood when they are imported."""

    bots: tuple[str, ...] = ()
    """Accounts of programs, as patterns such as *-deployer, beside those that are well known."""
    map: dict[str, str] = Field(default_factory=dict)
    """{label, job or environment, as a pattern: service}, for repositories that hold several services."""
    jira: JiraSettings = Field(default_factory=JiraSettings)


class ClanSettings(_Section):
    """Which groupings are looked at for clans, and over how long."""

    groupings: tuple[str, ...] = ()
    """The groupings to show, in this order: value-stream, site, platform, side, side-within or an x- key [default: all]."""
    windows: Literal["month", "quarter", "half-year", "year"] = "quarter"
    """How long a window is: 4, 12, 26 or 52 whole weeks."""

    @property
    def weeks(self) -> int:
        """The length of a window in whole weeks."""
        return WINDOW_WEEKS[self.windows]


class MaturitySettings(_Section):
    """Which pack of dimensions squads are looked at by."""

    pack: str = ""
    """The folder of the organisation's own pack, below the folder of the settings [default: the package's own]."""

    @field_validator("pack")
    @classmethod
    def _below(cls, value: str) -> str:
        if value and why_not_below(value):
            raise ValueError("expected a folder below the one of the settings, such as maturity/")
        return value


class AppSettings(_Section):
    """Where the app keeps what is not in the organisation's file: surveys that are open, and drafts.

    `state` is a file below the folder of the settings; a PostgreSQL is for the person to name: with `--database` or in
    `TOPOLOGY_STATE`.
    """

    state: str = ".topology/state.db"

    @field_validator("state")
    @classmethod
    def _below(cls, value: str) -> str:
        file = value.removeprefix("sqlite:///")
        if not file or why_not_below(file):
            raise ValueError("expected a file below the folder of the settings, such as sqlite:///state.db")
        return file


class SurveySettings(_Section):
    """From how many answers on a squad's totals are shown."""

    minimum_answers: int = Field(default=5, ge=5, le=50)


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
    maturity: MaturitySettings = Field(default_factory=MaturitySettings)
    app: AppSettings = Field(default_factory=AppSettings)
    surveys: SurveySettings = Field(default_factory=SurveySettings)
    import_: ImportSettings = Field(default_factory=ImportSettings, alias="import")


class SettingsError(ValueError):
    """Settings that cannot be read; the message says where and what to do."""


def load_settings(model: Path) -> Settings:
    """The settings beside an organisation's file or folder. Raises SettingsError; unknown keys are errors."""
    for file, keys in (
        (folder_of(model) / "topology.toml", ()),
        (folder_of(model) / "pyproject.toml", ("tool", "topology")),
    ):
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


def folder_of(model: Path) -> Path:
    """The folder of an organisation: itself, or that of its file."""
    return model if model.is_dir() else model.parent


def data_source(model: Path, settings: Settings) -> Source:
    """Where the event tables are: what the person says (`TOPOLOGY_DATA`, their own configuration), else a place below the folder of
    the settings. Raises SettingsError."""
    try:
        if named := os.environ.get(DATA_VARIABLE) or _own_configuration().get(str(model.absolute())):
            return named_source(named)
        return source_below(folder_of(model), settings.data.source)
    except AddressError as error:
        raise SettingsError(str(error)) from None


def state_database(model: Path, settings: Settings) -> Path | str:
    """Where surveys and drafts are kept: the address or file that the person names in `TOPOLOGY_STATE`, else a file below the folder of the
    settings. Raises SettingsError for a link that leads out of it."""
    if named := os.environ.get(STATE_VARIABLE):
        return (
            named if "://" in named and not named.startswith("sqlite:///") else Path(named.removeprefix("sqlite:///"))
        )
    file = folder_of(model) / settings.app.state
    if leads_out(file, folder_of(model)):
        raise SettingsError(f"{file} is a link that leads out of its folder; name the file itself in {STATE_VARIABLE}")
    return file


def _own_configuration() -> dict[str, str]:
    """{path of an organisation: where its event tables are}, from the person's own configuration. Raises SettingsError.

    `topology/config.toml` below `$XDG_CONFIG_HOME`, else below `~/.config`.
    """
    file = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "topology" / "config.toml"
    found = _read(file, own=True).get("data", {}) if file.is_file() else {}
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise SettingsError(
            f'{file}: expected a table `[data]` of lines such as "/path/to/squads.yaml" = "postgres://reader@db/events"'
        )
    return found


def _read(file: Path, *, own: bool = False) -> dict[str, Any]:
    """A TOML file; one that comes with an organisation is no link out of its repository."""
    try:
        if not own and (home := left_home(file)) is not None:
            raise SettingsError(f"{file}: it is a link that leads out of {home}, which is not followed.")
        if (size := file.stat().st_size) > MAX_SETTINGS_BYTES:
            raise SettingsError(f"{file}: it has {size} bytes; {MAX_SETTINGS_BYTES} are read at most.")
        text = file.read_text("utf-8-sig")
        if any(part.count(".") > MOST_PARTS for line in text.splitlines() for part in _NO_KEY.split(line)):
            raise SettingsError(f"{file}: a key of more than {MOST_PARTS} parts is not read.")
        return tomllib.loads(text)
    except (ValueError, OSError, RecursionError) as error:
        if isinstance(error, SettingsError):
            raise
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
    """What an unknown key may have meant, among those of its section."""
    section: type[BaseModel] = Settings
    for part in loc[:-1]:
        found = _keys_of(section).get(str(part))
        if not (isinstance(found, type) and issubclass(found, BaseModel)):
            return ""
        section = found
    return did_you_mean(str(loc[-1]), _keys_of(section))


def _keys_of(section: type[BaseModel]) -> dict[str, Any]:
    """{key of a section as it is written: what may stand there}."""
    return {one.alias or name: one.annotation for name, one in section.model_fields.items()}
