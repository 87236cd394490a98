"""The scalar types of the organisation file, with messages written for the person who edits it.

YAML gives us text; each type here decides how its text is read. An error is a `ValueError` whose message
says what is expected, so that it can stand behind a place in the file as it is.
"""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

ID_PATTERN = r"^[a-z0-9][a-z0-9-]*$"
SERVICE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._/-]*$"  # (they come from other tools)
DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"


class Value(BaseModel):
    """A frozen part of the organisation. Keys that the format does not know are kept (`x-…`): labels of the project's own."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    @property
    def labels(self) -> dict[str, Any]:
        """The `x-` keys: {name without "x-": value}."""
        return {key[2:]: value for key, value in (self.model_extra or {}).items() if key.startswith("x-")}


def _iso_date(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value.isascii():
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value} is not a day of the calendar") from None
    raise ValueError("expected a date such as 2026-09-28")


def _whole_number(value: Any) -> Any:
    if isinstance(value, int):
        return value
    if isinstance(value, str) and len(value) < 10 and (value.isdecimal() or re.fullmatch(r"[+-]\d+", value)):
        return int(value)
    raise ValueError("expected a whole number")


def _percent(value: Any) -> Any:
    if isinstance(value, int | float):
        return float(value)
    if (
        isinstance(value, str)
        and (found := re.fullmatch(r"(\d{1,3}(?:\.\d{1,6})?) ?%", value))
        and float(found[1]) <= 100
    ):
        return float(found[1]) / 100
    raise ValueError("expected a percentage up to 100%, such as 50%")


def _measure(value: Any) -> Any:
    """A baseline or target: a number, or a percentage as written (`61%`)."""
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d+(\.\d+)?( ?%)?", value):
        return value
    raise ValueError("expected a number or a percentage such as 61%")


def _amount(value: Any) -> Any:
    """A number of 0 or more, or a percentage as written, as a share of 1."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(\.\d{1,6})?( ?%)?", value):
        number = float(value.rstrip(" %"))
        return number / 100 if value.endswith("%") else number
    raise ValueError("expected a number or a percentage such as 15%")


def _spoken(value: Any) -> Any:
    """Minutes and seconds, such as 2m05s, as seconds."""
    if isinstance(value, int):
        return value
    found = re.fullmatch(r"(?:(\d{1,3})m)?(?:(\d{1,4})s)?", value) if isinstance(value, str) and value else None
    if found is None:
        raise ValueError("expected minutes and seconds such as 2m05s")
    return 60 * int(found[1] or 0) + int(found[2] or 0)


def one_or_several(value: Any) -> Any:
    """`consumer: a` means the same as `consumer: [a]`."""
    return value if isinstance(value, list | tuple) else [value]


def _keyed(value: Any) -> Any:
    """`services: [a, b]` means the same as `services: {a: {}, b: {}}`."""
    if not isinstance(value, list | tuple):
        return value
    if not all(isinstance(one, str) for one in value):
        raise ValueError("expected a mapping of ids, such as `checkout-api: {}`, or a list of ids")
    if len(set(value)) < len(value):
        raise ValueError("the same id stands twice in the list")
    return {one: {} for one in value}


Keyed = BeforeValidator(_keyed)
"""A mapping by id that may be written as a list of the ids."""
Several = Annotated[
    list[str],
    BeforeValidator(one_or_several),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One text, or a list of them."""
ServiceId = Annotated[str, StringConstraints(pattern=SERVICE_PATTERN)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Day = Annotated[
    dt.date,
    BeforeValidator(_iso_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": DATE_PATTERN}),
]
Share = Annotated[
    float, BeforeValidator(_percent), WithJsonSchema({"type": "string", "pattern": r"^\d{1,3}(\.\d+)? ?%$"})
]
Amount = Annotated[
    float,
    BeforeValidator(_amount),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\d{1,9}(\.\d{1,6})?( ?%)?$"}]}),
]
Measure = Annotated[str, BeforeValidator(_measure), WithJsonSchema({"type": ["string", "number"]})]
# (Limits stand before the function that reads the text: pydantic then checks them in its core instead of in Python.)
Count = Annotated[
    int,
    Field(ge=0, le=10_000),
    BeforeValidator(_whole_number),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 10_000}),
]
Level = Annotated[
    int,
    Field(ge=1, le=5),
    BeforeValidator(_whole_number),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 5}),
]
Load = Annotated[
    int,
    Field(ge=1, le=10),
    BeforeValidator(_whole_number),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 10}),
]
Spoken = Annotated[int, BeforeValidator(_spoken), WithJsonSchema({"type": "string", "pattern": r"^(\d+m)?(\d+s)?$"})]
"""A length of speech in seconds."""
