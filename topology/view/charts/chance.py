"""Bridges against what chance would give: border by border, and window by window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from topology.view.palette import Palette

ROW = 34
HEIGHT = 220


def against_chance(
    rows: Sequence[Mapping[str, Any]], palette: Palette, what: str = "Bridges"
) -> alt.LayerChart | alt.FacetChart:
    """`rows` have `border`, `bridges`, `low` and `high`: a grey range of chance, a dot for what there is; `what` is counted."""
    table = pd.DataFrame(rows)
    table["side"] = ["less than chance" if row["bridges"] < row["low"] else "as chance, or more" for row in rows]
    most = float(max(table["high"].max(), table["bridges"].max(), 1))
    x = alt.Scale(domain=[0, most], nice=True)
    axis = alt.Axis(tickMinStep=1, grid=False, title=what)
    tips = [alt.Tooltip("border:N", title="Border"), alt.Tooltip("bridges:Q", title=what, format=".0f"),
            alt.Tooltip("low:Q", title="Chance from", format=".0f"), alt.Tooltip("high:Q", title="to", format=".0f")]  # fmt: skip
    y = alt.Y(
        "border:N",
        title=None,
        sort=[row["border"] for row in rows],
        axis=alt.Axis(labelLimit=320, labelFontSize=13, labelOverlap=False, labelFlush=False, labelBound=False),
    )
    base = alt.Chart(table).encode(y=y, tooltip=tips)
    span = base.mark_bar(color=palette.rule, height=12, cornerRadius=6).encode(
        x=alt.X("low:Q", scale=x, axis=axis), x2="high:Q"
    )
    scale = alt.Scale(
        domain=["less than chance", "as chance, or more"], range=[palette.warning.fill, palette.sequential[3]]
    )
    legend = alt.Legend(title=None, orient="top", labelColor=palette.ink)
    dots = base.mark_point(filled=True, size=120, opacity=1).encode(
        x=alt.X("bridges:Q", scale=x, axis=axis), color=alt.Color("side:N", scale=scale, legend=legend),
        shape=alt.Shape("side:N", scale=alt.Scale(domain=scale.domain, range=["diamond", "circle"]), legend=legend),
    )  # fmt: skip
    return alt.layer(span, dots).properties(height=ROW * len(rows) + 40, width="container")


def share_over_time(
    rows: Sequence[Mapping[str, Any]], palette: Palette, began: dt.date | None = None
) -> alt.LayerChart | alt.FacetChart:
    """`rows` have `last`, `share`, `low` and `high`: the share of bridges as a line over the grey range of chance."""
    table = pd.DataFrame(rows)
    table["last"] = pd.to_datetime(table["last"])
    x = alt.X("last:T", title=None, axis=alt.Axis(format="%b %Y", labelAngle=0, tickCount=6, grid=False))
    y = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format="%", tickCount=5)
    tips = [alt.Tooltip("last:T", title="Weeks up to", format="%Y-%m-%d"), alt.Tooltip("share:Q", title="Across", format=".0%"),
            alt.Tooltip("low:Q", title="Chance from", format=".0%"), alt.Tooltip("high:Q", title="to", format=".0%"),
            alt.Tooltip("ties:Q", title="Ties or weeks of contact")]  # fmt: skip
    base = alt.Chart(table).encode(x=x, tooltip=tips)
    band = base.mark_area(color=palette.rule, opacity=0.55).encode(
        y=alt.Y("low:Q", scale=y, axis=axis, title=None), y2="high:Q"
    )
    line = base.mark_line(color=palette.sequential[3], strokeWidth=2).encode(
        y=alt.Y("share:Q", scale=y, axis=axis, title=None)
    )
    points = base.mark_point(color=palette.sequential[3], filled=True, size=50, opacity=1).encode(
        y=alt.Y("share:Q", scale=y)
    )
    layers: list[Any] = [band, line, points]
    if began is not None:
        mark = pd.DataFrame([{"last": pd.Timestamp(began), "words": f"it began around {began:%B %Y}"}])
        when = alt.Chart(mark).encode(x=x)
        layers.append(when.mark_rule(color=palette.warning.fill, strokeDash=[4, 3], strokeWidth=1.5))
        layers.append(
            when.mark_text(color=palette.ink, align="left", dx=5, baseline="top", fontSize=12).encode(
                y=alt.value(4), text="words:N"
            )
        )
    return alt.layer(*layers).properties(height=HEIGHT, width="container")
