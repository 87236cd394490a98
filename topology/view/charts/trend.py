"""A team's metric week by week, as a Vega-Lite specification.

Written out and not drawn with Altair, of which two dozen charts take two seconds of a switch; the tests hold it against the schema.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from topology.delivery.benchmarks import Line
from topology.view.palette import Palette

HEIGHT = 170
ENOUGH = 5  # events of a week from which on its rate is part of a line
LEAST_ROOM = 0.11  # of the height, between two reference lines: their words would lie over each other
REACH = 1.5  # a reference line is drawn up to so many times the highest value: further ones would flatten the trend

Spec = dict[str, Any]


def trend(
    rows: Sequence[Mapping[str, Any]], weeks: Sequence[dt.date], *, title: str, percent: bool, palette: Palette,
    lines: Sequence[Line] = (), partial: Mapping[str, Any] | None = None,
) -> Spec:  # fmt: skip
    """Points and a line by week, one place for every week of the window; a week without a value has no point.

    `rows` have `week`, `value` and `n`. `partial` is the row of the week that is not over: a hollow point, on no line.
    `lines` are drawn as dashed references with their words.
    """
    known = {row["week"]: row for row in rows}
    shown = [*weeks, partial["week"]] if partial else list(weeks)
    highest = max((row["value"] for row in rows if row["value"] is not None), default=0.0)
    place = {"x": _weeks_axis(shown), "tooltip": _tips(title, percent)}
    colour = palette.sequential[3]
    layers = _references(lines, highest, percent, palette)
    if percent:  # (a week of one deployment is 0 or 100 %: a line through it would draw what nobody measured)
        layers += _dots(place, colour)
    else:
        y = _values_axis(percent)
        layers += [_layer(_line(colour), place, y), _layer(_point(colour, 45, 1), place, y)]
    if partial is not None and partial["value"] is not None:
        hollow = {**_point(colour, 60, 1), "filled": False}
        layers.append(
            {"data": {"values": [_datum(partial["week"], partial)]}, **_layer(hollow, place, _values_axis(percent))}
        )
    return {
        "data": {"values": [_datum(week, known.get(week)) for week in weeks]}, "layer": layers, "height": HEIGHT, "width": "container",
    }  # fmt: skip


def _datum(week: dt.date, row: Mapping[str, Any] | None) -> Spec:
    """(A time without a zone is drawn as what it says, wherever the reader is; a day alone would be taken for midnight in UTC.)"""
    at = f"{week.isoformat()}T00:00:00"
    return {"week": at, "value": row["value"] if row else None, "n": int(row["n"]) if row else 0}


def _weeks_axis(weeks: Sequence[dt.date]) -> Spec:
    return {
        "field": "week", "type": "temporal", "title": None, "axis": {"format": "%d %b", "grid": False, "labelAngle": 0, "tickCount": 5},
        "scale": {"domain": [f"{weeks[0].isoformat()}T00:00:00", f"{weeks[-1].isoformat()}T00:00:00"]},
    }  # fmt: skip


def _values_axis(percent: bool, field: str = "value") -> Spec:
    scale = {"domain": [0, 1]} if percent else {"domainMin": 0, "nice": True}
    axis = {"format": "%" if percent else ",~f", "tickCount": 4}
    return {"field": field, "type": "quantitative", "title": None, "scale": scale, "axis": axis}


def _tips(title: str, percent: bool) -> list[Spec]:
    return [
        {"field": "week", "type": "temporal", "title": "Week from", "format": "%Y-%m-%d"},
        {"field": "value", "type": "quantitative", "title": title, "format": ".0%" if percent else ".1f"},
        {"field": "n", "type": "quantitative", "title": "n"},
    ]


def _layer(mark: Spec, place: Spec, y: Spec, **more: Any) -> Spec:
    encoding = {**place, "y": y}
    return {"mark": mark, "encoding": {**encoding, **more.pop("encoding", {})}, **more}


def _line(colour: str) -> Spec:
    return {"type": "line", "color": colour, "strokeWidth": 2}


def _point(colour: str, size: int, opacity: float) -> Spec:
    return {"type": "point", "color": colour, "filled": True, "size": size, "opacity": opacity}


def _dots(place: Spec, colour: str) -> list[Spec]:
    """A rate: a line over the weeks with enough events, and dots with their count for those with few."""
    enough, few = f"datum.n >= {ENOUGH}", f"datum.n < {ENOUGH} && isValid(datum.value)"
    y = _values_axis(percent=True)
    counts = {"type": "text", "color": colour, "fontSize": 9, "dy": -8}
    text = {"text": {"field": "n", "type": "quantitative"}}
    shown = [{"calculate": f"{enough} ? datum.value : null", "as": "shown"}]
    return [
        _layer(_line(colour), place, _values_axis(percent=True, field="shown"), transform=shown),
        _layer(_point(colour, 45, 1), place, y, transform=[{"filter": enough}]),
        _layer(_point(colour, 20, 0.6), place, y, transform=[{"filter": few}]),
        _layer(counts, place, y, transform=[{"filter": few}], encoding=text),
    ]


def _references(lines: Sequence[Line], highest: float, percent: bool, palette: Palette) -> list[Spec]:
    """Dashed lines with their words at the left end, those that lie near the values."""
    top = 1.0 if percent else REACH * highest
    near = _apart([line for line in lines if line.value <= top], top)
    if not near:
        return []
    data = {"values": [{"value": line.value, "label": line.label} for line in near]}
    y = {"field": "value", "type": "quantitative"}
    rule = {"type": "rule", "color": palette.muted, "strokeDash": [3, 3], "strokeWidth": 1}
    words = {
        "type": "text",
        "color": palette.muted,
        "align": "left",
        "baseline": "bottom",
        "dx": 3,
        "dy": -1,
        "fontSize": 10,
    }
    label = {"field": "label", "type": "nominal"}
    return [
        {"data": data, "mark": rule, "encoding": {"y": y}},
        {"data": data, "mark": words, "encoding": {"y": y, "x": {"value": 0}, "text": label}},
    ]


def _apart(lines: Sequence[Line], top: float) -> list[Line]:
    """The lines, highest first, that have room for their words above the one before and above the foot."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda one: -one.value):
        if line.value >= LEAST_ROOM * top and (not kept or kept[-1].value - line.value >= LEAST_ROOM * top):
            kept.append(line)
    return kept
