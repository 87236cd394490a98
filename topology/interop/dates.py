"""Dates as exports write them: months in the words of eight languages, and digits whose order a whole export decides."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Literal
from zoneinfo import ZoneInfo

from topology.delivery.folded import folded

Order = Literal["day-first", "month-first"]

# The first letters of each month in English, French, German, Spanish, Italian, Portuguese, Dutch and Polish, without accents.
MONTHS = {
    1: ("jan", "ene", "gen", "sty"), 2: ("feb", "fev", "lut"), 3: ("mar", "mrz", "maa", "mrt"), 4: ("apr", "avr", "abr", "kwi"),
    5: ("may", "mai", "mag", "mei", "maj"), 6: ("jun", "juin", "giu", "cze"), 7: ("jul", "juil", "lug", "lip"),
    8: ("aug", "aou", "ago", "sie"),
    9: ("sep", "set", "wrz"), 10: ("oct", "okt", "ott", "out", "paz"), 11: ("nov", "lis"), 12: ("dec", "dez", "dic", "gru"),
}  # fmt: skip
_CLOCK = r"(?:,?\s+(\d{1,2})[:.h](\d{2})(?:[:.]\d{2})?\s*([AaPp])?\.?\s?[Mm]?\.?)?"
_HALVES = {"vorm": "AM", "nachm": "PM"}
_AROUND = re.compile(
    r"^[^\W\d_]{2,12}\.?,?\s+(?=\d)|(?:,?\s+(?:à|at|um|ore|alle|om|a las|às|as|o godz\.?|godz\.?))(?=\s+\d)|\s+uhr$",
    re.IGNORECASE,
)
"""What people's locales write around a date: a day of the week before it, `à` before the hour, `Uhr` behind it."""
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|º)?[/. -]+(?:de )?([^\W\d_]+)\.?[/., -]+(?:de )?(\d{{4}}|\d{{2}}){_CLOCK}"
)
_MONTH_DAY = re.compile(rf"([^\W\d_]+)\.?\s+(\d{{1,2}}),?\s+(\d{{4}}|\d{{2}}){_CLOCK}")
_DIGITS = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_CLOCK}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})[/.-](\d{{1,2}})[/.-](\d{{1,2}}){_CLOCK}")


class UndecidedError(ValueError):
    """Dates of digits whose order nothing decides, or that contradict one another."""


def order_of(cells: Iterable[str], told: str = "") -> Order:
    """Whether day or month stands first in the dates of an export: as the cells that can mean one thing only say, else as it is `told`.

    Raises UndecidedError with an example where cells contradict each other, or where nothing decides.
    """
    open_one, found = "", dict[Order, str]()
    for cell in cells:
        if order := _decides(cell):
            found.setdefault(order, cell)
        elif _DIGITS.fullmatch(_AROUND.sub("", cell.strip())):
            open_one = open_one or cell
    if len(found) > 1:
        raise UndecidedError(f"its dates contradict each other: {' and '.join(found.values())}")
    if not found and open_one and not told:
        raise UndecidedError(f"{open_one} may be day first or month first, and no date of the file decides it")
    return next(iter(found), "month-first" if told == "month-first" else "day-first")


def orders_of(columns: Mapping[str, Sequence[str]], told: str = "") -> dict[str, Order]:
    """{column: its order}: by its own cells where they decide it, else by those of the other columns, else as it is `told`.

    Raises UndecidedError as `order_of` does.
    """
    found: dict[str, Order] = {}
    for name, cells in columns.items():
        with suppress(UndecidedError):
            found[name] = order_of(cells)
        if name not in found and _contradict(cells):
            order_of(cells)
    decided = {name: order for name, order in found.items() if any(_decides(cell) for cell in columns[name])}
    rest = [cell for name, cells in columns.items() if name not in decided for cell in cells]
    if not rest:
        return found
    orders = set(decided.values())
    default = next(iter(orders)) if len(orders) == 1 else order_of(rest, told)
    return {name: decided.get(name, default) for name in columns}


def _decides(cell: str) -> Order | None:
    """The order that a cell of digits can have alone; None for one that may be read both ways, or is none."""
    match = _DIGITS.fullmatch(cell.strip()) or _DIGITS.fullmatch(_AROUND.sub("", cell.strip()))
    if not match:
        return None
    first, second = int(match[1]), int(match[3])
    if first > 12 or (match[2] == "." and second <= 12):
        return "day-first"
    return "month-first" if second > 12 else None


def _contradict(cells: Sequence[str]) -> bool:
    return len({order for cell in cells if (order := _decides(cell))}) > 1


def parse_date(text: str, zone: ZoneInfo, order: Order = "day-first") -> dt.datetime | None:
    """A date of an export: `12/Jan/26 3:45 PM`, `12 janv. 2026 15:45`, `12.01.2026`, `2026-01-12 15:45`; None when it is none."""
    text = text.strip()
    for half, written in _HALVES.items():
        text = re.sub(rf"\b{half}\.?", written, text, flags=re.IGNORECASE)
    try:
        found = dt.datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text))
        return found if found.tzinfo else found.replace(tzinfo=zone)
    except ValueError:
        pass
    parts = _parts(text, order) or _parts(_AROUND.sub("", text), order)
    if parts is None:
        return None
    year, month, day, hour, minute, half = parts
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    try:
        return dt.datetime(year + 2000 if year < 100 else year, month, day, hour, minute, tzinfo=zone)
    except ValueError:
        return None


def _parts(text: str, order: Order) -> tuple[int, int, int, int, int, str] | None:
    """(year, month, day, hour, minute, "a" or "p")."""
    if match := _DIGITS.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        day, month = (first, second) if order == "day-first" else (second, first)
        return int(match[4]), month, day, int(match[5] or 0), int(match[6] or 0), match[7] or ""
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3]), int(match[4] or 0), int(match[5] or 0), match[6] or ""
    if match := _DAY_MONTH.fullmatch(text):
        day_text, word = match[1], match[2]
    elif match := _MONTH_DAY.fullmatch(text):
        word, day_text = match[1], match[2]
    else:
        return None
    named = next((number for number, starts in MONTHS.items() if folded(word).startswith(starts)), None)
    if named is None:
        return None
    return int(match[3]), named, int(day_text), int(match[4] or 0), int(match[5] or 0), match[6] or ""
