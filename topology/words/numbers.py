"""Values as a reader reads them: short enough for a tab of the map, with their unit where a sentence needs it."""

from __future__ import annotations

from topology.delivery.units import Unit


def value_text(unit: Unit, value: float) -> str:
    """A value with its unit where the number does not speak for itself: `1.5 deployments per week`, `18%`, `2.4 d`."""
    short = short_text(unit, value)
    return short if unit.kind != "count" else f"{short} {unit.one if short == '1' else unit.several}"


def short_text(unit: Unit, value: float) -> str:
    """A value of that unit without it: `1.5`, `18%`, `2.4 d`."""
    match unit.kind:
        case "hours":
            return duration(value)
        case "days":
            return days_text(value)
        case "share" | "ratio":
            return percent(value)
        case "index":
            return f"{value:.2f}"
        case "count":
            return plain(value)


def plain(value: float) -> str:
    """A number with one digit where it is not whole."""
    return f"{value:.1f}".removesuffix(".0")


def signed(value: float) -> str:
    """A difference with its sign; 0 has none."""
    return "0" if value == 0 else f"{value:+.0f}".replace("-", "−")


def tenths(value: float) -> str:
    """The same to one decimal."""
    return "0" if value == 0 else f"{value:+.1f}".replace("-", "−")


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


def amounts_to(p: float) -> str:
    """A p or q as it is written after its letter: = .03, = .002, < .001."""
    if p < 0.001:
        return "< .001"
    return f"= {p:.3f}".replace(" 0", " ") if p < 0.0095 else f"= {p:.2f}".replace(" 0", " ")


def rounded(value: float | None, digits: int = 2) -> str:
    """A number with so many digits; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"
