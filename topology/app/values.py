"""Values as a reader reads them: short enough for a tab of the map, with their unit where a sentence needs it."""

from __future__ import annotations

from topology.delivery import Reading


def value_text(reading: Reading, value: float) -> str:
    """A metric's value with its unit, such as `1.5 deployments per week`, `18%` or `2.4 d`."""
    short = short_text(reading.unit, value)
    return short if _speaks(reading.unit) else f"{short} {_of_one(reading.unit) if short == '1' else reading.unit}"


def short_text(unit: str, value: float) -> str:
    """A value of that unit without it: `1.5`, `18%`, `2.4 d`."""
    if unit == "hours":
        return duration(value)
    if unit == "days":
        return days_text(value)
    if is_share(unit) or unit.startswith("incidents per"):
        return percent(value)
    return f"{value:.2f}" if unit == "0 to 1" else plain(value)


def is_share(unit: str) -> bool:
    """Whether a value of that unit is a share, which is drawn from 0 to 100 %."""
    return unit.startswith("share")


def _speaks(unit: str) -> bool:
    return unit in ("hours", "days", "0 to 1") or is_share(unit) or unit.startswith("incidents per")


def _of_one(unit: str) -> str:
    """The unit of a single one: `1 showcase`, `1 deployment per week`."""
    for several in ("deployments", "deployment days", "deployed versions", "open bugs", "items", "showcases"):
        if unit.startswith(several):
            return several.removesuffix("s") + unit.removeprefix(several)
    return unit


def plain(value: float) -> str:
    """A number with one digit where it is not whole."""
    return f"{value:.1f}".removesuffix(".0")


def signed(value: float) -> str:
    """A difference with its sign; 0 has none."""
    return "0" if value == 0 else f"{value:+.0f}".replace("-", "−")


def percent(value: float) -> str:
    """A share."""
    return f"{value:.0%}"


def duration(hours: float) -> str:
    """Hours under two days, else days, short enough for a tab."""
    if hours < 1:
        return f"{hours * 60:.0f} min"
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.1f} d" if hours < 240 else f"{hours / 24:.0f} d"


def days_text(days: float) -> str:
    """Days, short enough for a tab."""
    return f"{days:.1f} d".replace(".0 d", " d") if abs(days) < 10 else f"{days:.0f} d"
