"""A shared indicator day by day, with the deployments of its service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from topology.view.palette import Palette


def indicator(
    rows: Sequence[Mapping[str, Any]], deployed: Sequence[dt.date], *, unit: str, palette: Palette
) -> alt.LayerChart | alt.FacetChart:
    """`rows` have `day` and `value`; each day in `deployed` is a thin vertical line."""
    table = pd.DataFrame(rows)
    table["day"] = pd.to_datetime(table["day"])
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%b %Y", labelAngle=0, tickCount=5, grid=False))
    y = alt.Y(
        "value:Q", title=unit or None, scale=alt.Scale(zero=False, nice=True, padding=12), axis=alt.Axis(tickCount=4)
    )
    tips = [
        alt.Tooltip("day:T", title="Day", format="%Y-%m-%d"),
        alt.Tooltip("value:Q", title=unit or "Value", format=".2f"),
    ]
    layers: list[Any] = [
        alt.Chart(table).encode(x=x, y=y, tooltip=tips).mark_line(color=palette.sequential[3], strokeWidth=2)
    ]
    if deployed:
        ticks = pd.DataFrame({"day": pd.to_datetime(sorted(set(deployed)))})
        tip = [alt.Tooltip("day:T", title="Deployed on", format="%Y-%m-%d")]
        rule = alt.Chart(ticks).mark_rule(color=palette.muted, strokeWidth=1, opacity=0.45)
        layers.insert(0, rule.encode(x=x, tooltip=tip))
    return alt.layer(*layers).properties(height=170, width="container")
