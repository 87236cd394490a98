"""A team's metric week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from topology.delivery.benchmarks import Line
from topology.view.palette import Palette

HEIGHT = 170
ENOUGH = 5  # events of a week from which on its rate is part of a line
LEAST_ROOM = 0.11  # of the height, between two reference lines: their words would lie over each other
REACH = 1.5  # a reference line is drawn up to so many times the highest value: further ones would flatten the trend


def trend(
    rows: Sequence[dict[str, Any]], weeks: Sequence[dt.date], *, title: str, percent: bool, palette: Palette,
    lines: Sequence[Line] = (), partial: Mapping[str, Any] | None = None,
) -> alt.LayerChart | alt.FacetChart:  # fmt: skip
    """Points and a line by week, one place for every week of the window; a week without a value has no point.

    `rows` have `week`, `value` and `n`. `partial` is the row of the week that is not over: a hollow point, on no line.
    `lines` are drawn as dashed references with their words.
    """
    known = {row["week"]: row for row in rows}
    shown = [*weeks, partial["week"]] if partial else list(weeks)
    table = pd.DataFrame({
        "week": pd.to_datetime(list(weeks)),
        "value": [known[week]["value"] if week in known else None for week in weeks],
        "n": [int(known[week]["n"]) if week in known else 0 for week in weeks],
    })  # fmt: skip
    domain = [pd.Timestamp(shown[0]).isoformat(), pd.Timestamp(shown[-1]).isoformat()]
    x = alt.X(
        "week:T",
        title=None,
        axis=alt.Axis(format="%d %b", labelAngle=0, tickCount=5, grid=False),
        scale=alt.Scale(domain=domain),
    )
    scale = alt.Scale(domain=[0, 1]) if percent else alt.Scale(domainMin=0, nice=True)
    y = alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(format="%" if percent else ",~f", tickCount=4))
    tips = [
        alt.Tooltip("week:T", title="Week from", format="%Y-%m-%d"),
        alt.Tooltip("value:Q", title=title, format=".0%" if percent else ".1f"),
        alt.Tooltip("n:Q", title="n"),
    ]
    colour = palette.sequential[3]
    base = alt.Chart(table).encode(x=x, y=y, tooltip=tips)
    layers: list[Any] = _references(lines, table["value"].max(), percent, palette)
    if percent:  # (a week of one deployment is 0 or 100 %: a line through it would draw what nobody measured)
        layers += _dots(base, colour)
    else:
        layers += [
            base.mark_line(color=colour, strokeWidth=2),
            base.mark_point(color=colour, filled=True, size=45, opacity=1),
        ]
    if partial is not None and partial["value"] is not None:
        open_week = pd.DataFrame(
            [{"week": pd.Timestamp(partial["week"]), "value": partial["value"], "n": int(partial["n"])}]
        )
        layers.append(
            alt.Chart(open_week)
            .mark_point(color=colour, filled=False, size=60, opacity=1)
            .encode(x=x, y=y, tooltip=tips)
        )
    return alt.layer(*layers).properties(height=HEIGHT, width="container")


def _dots(base: Any, colour: str) -> list[Any]:
    """A rate: a line over the weeks with enough events, and dots with their count for those with few."""
    enough, few = f"datum.n >= {ENOUGH}", f"datum.n < {ENOUGH} && isValid(datum.value)"
    y = alt.Y("shown:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=4))
    line = (
        base.transform_calculate(shown=f"{enough} ? datum.value : null")
        .mark_line(color=colour, strokeWidth=2)
        .encode(y=y)
    )
    points = base.transform_filter(enough).mark_point(color=colour, filled=True, size=45, opacity=1)
    dots = base.transform_filter(few).mark_point(color=colour, filled=True, size=20, opacity=0.6)
    counts = base.transform_filter(few).mark_text(color=colour, fontSize=9, dy=-8).encode(text=alt.Text("n:Q"))
    return [line, points, dots, counts]


def _references(lines: Sequence[Line], highest: Any, percent: bool, palette: Palette) -> list[Any]:
    """Dashed lines with their words at the left end, those that lie near the values."""
    top = 1.0 if percent else REACH * (0.0 if pd.isna(highest) else float(highest))
    near = _apart([line for line in lines if line.value <= top], top)
    if not near:
        return []
    table = pd.DataFrame([{"value": line.value, "label": line.label} for line in near])
    base = alt.Chart(table).encode(y=alt.Y("value:Q"))
    rule = base.mark_rule(color=palette.muted, strokeDash=[3, 3], strokeWidth=1)
    text = base.mark_text(color=palette.muted, align="left", baseline="bottom", dx=3, dy=-1, fontSize=10)
    return [rule, text.encode(x=alt.value(0), text="label:N")]


def _apart(lines: Sequence[Line], top: float) -> list[Line]:
    """The lines, highest first, that have room for their words above the one before and above the foot."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda one: -one.value):
        if line.value >= LEAST_ROOM * top and (not kept or kept[-1].value - line.value >= LEAST_ROOM * top):
            kept.append(line)
    return kept
