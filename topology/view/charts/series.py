"""Counts over time: one line a series, named in a legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from topology.view.palette import Palette

HEIGHT = 190


def series(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, tuple[str, str]], palette: Palette
) -> alt.LayerChart | alt.FacetChart:
    """A step line for each column, from 0; `rows` have `day` and the columns, `columns` gives {column: (name to show, colour)}.

    A legend names the lines; the tooltip of each point says it in words.
    """
    table = pd.DataFrame(
        [
            {"day": row["day"], "series": name, "count": row.get(column, 0)}
            for row in rows
            for column, (name, _) in columns.items()
        ]
    )
    table["day"] = pd.to_datetime(table["day"])
    legend = (
        alt.Legend(title=None, orient="top", columns=2, labelColor=palette.ink, labelLimit=240)
        if len(columns) > 1
        else None
    )
    scale = alt.Scale(domain=[name for name, _ in columns.values()], range=[colour for _, colour in columns.values()])
    tips = [alt.Tooltip("day:T", title="Day", format="%Y-%m-%d"), alt.Tooltip("series:N", title="What"),
            alt.Tooltip("count:Q", title="Count")]  # fmt: skip
    most = max(1, int(table["count"].max()))  # (an axis of zeros alone would have no room)
    base = alt.Chart(table).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%b %Y", labelAngle=0, tickCount=5, grid=False)),
        y=alt.Y("count:Q", title=None, scale=alt.Scale(domain=[0, most], nice=True), axis=alt.Axis(tickCount=4, tickMinStep=1)),
        color=alt.Color("series:N", scale=scale, legend=legend),
        tooltip=tips,
    )  # fmt: skip
    line = base.mark_line(interpolate="step-after", strokeWidth=2)
    points = base.mark_point(filled=True, size=30, opacity=1)
    return alt.layer(line, points).properties(height=HEIGHT, width="container")
