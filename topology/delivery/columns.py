"""A raw table → its columns under their own names and types, and what is wrong with each row."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.datatypes as types

from topology.delivery.tables import PERSONAL, Column, Table
from topology.source.suggest import nearest

UTC = types.Timestamp(timezone="UTC")
UNREAD = "unread_"
TRUE, FALSE = ("true", "yes", "y", "1"), ("false", "no", "n", "0", "")
ZONE_SUFFIX = r"([Zz]|[+-]\d\d(:?\d\d)?|UTC|GMT)$"
FIRST_YEAR, LAST_YEAR = 1970, 2099  # what lies outside is a slip of a tool or of a hand


class ColumnError(ValueError):
    """A table that cannot be used: a required column is missing, or has a type that says something else."""


def found_columns(table: Table, headers: list[str]) -> dict[str, Column]:
    """{header: the column that it is taken for}: each column once, by its own name before any alias.

    Raises ColumnError when a required column is missing; the nearest header is named.
    """
    exact = {
        table.column(name): name for name in headers if (c := table.column(name)) and name.strip().lower() == c.name
    }
    found: dict[str, Column] = {}
    for name in headers:
        column = table.column(name)
        if column and exact.get(column, name) == name and column not in found.values():
            found[name] = column
    missing = [c.name for c in table.columns if c.required and c not in found.values()]
    if table.one_of and not any(c.name in table.one_of for c in found.values()):
        missing.append(" or ".join(table.one_of))
    if missing:
        raise ColumnError(_missing(missing, headers))
    return found


def _missing(missing: list[str], headers: list[str]) -> str:
    words = []
    for name in missing:
        near = nearest(name, headers)
        words.append(f"`{name}`" + (f" (is `{near}` meant?)" if near else ""))
    if len(headers) == 1 and ";" in headers[0]:
        return "its columns are separated by `;`, and event tables by `,`: save it with commas"
    return f"required column{'s' if len(words) > 1 else ''} missing: {', '.join(words)}; found {', '.join(headers)}"


def typed(raw: Any, table: Table, found: dict[str, Column], sound: frozenset[str] = frozenset(), **kept: Any) -> Any:
    """Columns under their own names and types, those of `kept` as they are; `bad_` says what is wrong with a row, or is null.

    A time also gives `<name>_day`, its local day. An optional value that cannot be read is null and marked in
    `unread_<name>`. The headers in `sound` are taken as they are (see `unsound`).
    Raises ColumnError for a column whose type in a warehouse says something else.
    """
    columns: dict[str, Any] = dict(kept)
    names_people = any(column.name in PERSONAL for column in table.columns)
    faults = [ibis.null("string")]
    for header, column in found.items():
        given = raw[header]
        value = _as_it_is(given, column) if header in sound else _value(given, column)
        absent = _absent(given)
        columns[column.name] = value
        if column.kind in ("time", "day"):
            columns[f"{column.name}_day"] = value.cast("date") if column.kind == "time" else value
        if header in sound:
            continue
        if column.required:
            wrong = ibis.literal(f"{column.name} is not {_expected(column)}")
            if not names_people:  # (in a row whose cells have moved, any of them may be a name)
                wrong = wrong + ": " + given.cast("string")
            faults.append(ibis.cases((absent, f"no {column.name}"), (value.isnull(), wrong)))
        elif column.kind != "text":
            columns[f"{UNREAD}{column.name}"] = ~absent & value.isnull()
    for column in table.columns:
        if column.name not in columns:
            columns[column.name] = ibis.null(_type_of(column))
            if column.kind in ("time", "day"):
                columns[f"{column.name}_day"] = ibis.null("date")
    return raw.select(**columns, bad_=ibis.coalesce(*faults))


def needs_mending(given: Any, column: Column) -> Any:
    """A condition: the value has to be mended, left out or refused before it can be used.

    A column of which no value does can be used as it stands, so that a warehouse's planner keeps its statistics.
    """
    if _as_it_is(given, column) is None:
        return given.isnull() | given.notnull()  # (true of every row: it has to be parsed)
    value = _value(given, column)
    wrong = given.notnull() & value.isnull()
    if given.type().is_string():
        wrong = wrong | (given.notnull() & (value.cast("string") != given))
    return wrong | given.isnull() if column.required else wrong


def day_of(given: Any, column: Column) -> Any:
    """The local day of a time or date, null when it cannot be read."""
    return _value(given, column).cast("date")


def _value(given: Any, column: Column) -> Any:
    return _text_value(given, column) if given.type().is_string() else _native_value(given, column)


def _absent(given: Any) -> Any:
    return given.nullif("").isnull() if given.type().is_string() else given.isnull()


def _as_it_is(given: Any, column: Column) -> Any:
    """The column without any mending, cast where its type is another one; None where it has to be parsed."""
    wanted = _type_of(column)
    kind = given.type()
    if kind.is_string() and column.kind not in ("text", "choice"):
        return None
    return given if kind == wanted else given.cast(wanted)


def unreadable(typed_table: Any) -> tuple[tuple[str, int], ...]:
    """(optional column, how many of its values could not be read and count as absent)."""
    marks = [name for name in typed_table.columns if name.startswith(UNREAD)]
    if not marks:
        return ()
    counted = typed_table.aggregate(**{name: typed_table[name].ifelse(1, 0).sum() for name in marks})
    (row,) = counted.to_pyarrow().to_pylist()
    return tuple((name.removeprefix(UNREAD), int(row[name])) for name in marks if row[name])


def without_marks(typed_table: Any) -> Any:
    """The table without its `unread_` columns."""
    return typed_table.drop([name for name in typed_table.columns if name.startswith(UNREAD)])


def _text_value(given: Any, column: Column) -> Any:
    """The value of a text; null when it is wrong or absent."""
    text = given.nullif("")
    match column.kind:
        case "time":
            return _plausible(text.try_cast(UTC))
        case "day":
            return _plausible(text.try_cast("date"))
        case "number":
            return _finite(text.try_cast("float64"))
        case "count":
            number = _finite(text.try_cast("float64"))
            return ibis.cases((number >= 0, number), else_=ibis.null("float64"))
        case "flag":
            lower = text.lower()
            return ibis.cases((lower.isin(TRUE), True), (lower.isin(FALSE), False), else_=ibis.null("boolean"))
        case "choice":
            return _chosen(text.lower(), column)
    return text


def _chosen(word: Any, column: Column) -> Any:
    """The choice that a word means; null for none."""
    meant = [(word == other, ibis.literal(choice)) for other, choice in column.words.items() if other]
    return ibis.cases((word.isin(column.choices), word), *meant, else_=ibis.null("string"))


def _native_value(given: Any, column: Column) -> Any:
    """The value of a column that a warehouse has already typed."""
    kind = given.type()
    match column.kind:
        case "time" if kind.is_timestamp() or kind.is_date():
            return _plausible(given.cast(UTC))  # (without a zone: read in the session's)
        case "day" if kind.is_timestamp() or kind.is_date():
            return _plausible(given.cast("date"))
        case "number" | "count" if kind.is_numeric():
            return given.cast("float64")
        case "flag" if kind.is_boolean():
            return given
        case "flag" if kind.is_integer():
            return given != 0
        case "text":
            return given.cast("string")
    raise ColumnError(f"column {given.get_name()} is of type {kind}; expected {_expected(column)}")


def _plausible(when: Any) -> Any:
    """The time or date if its year is one in which software was delivered; else null."""
    first, after = (ibis.literal(f"{year}-01-01").cast(when.type()) for year in (FIRST_YEAR, LAST_YEAR + 1))
    return ibis.cases(((when >= first) & (when < after), when), else_=ibis.null(when.type()))


def _finite(number: Any) -> Any:
    """The number unless it is infinite or none (a text such as `nan` is one to an engine)."""
    return ibis.cases((number.abs() < 1e300, number), else_=ibis.null("float64"))


def _expected(column: Column) -> str:
    if column.kind == "choice":
        return "one of " + ", ".join(column.choices)
    return {
        "time": f"a time of the years {FIRST_YEAR} to {LAST_YEAR}", "day": "a date", "number": "a number",
        "count": "a number of 0 or more", "flag": "yes or no",
    }.get(column.kind, "a text")  # fmt: skip


def _type_of(column: Column) -> Any:
    return {"time": UTC, "day": "date", "number": "float64", "count": "float64", "flag": "boolean"}.get(
        column.kind, "string"
    )
