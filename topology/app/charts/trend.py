"""A team's metric week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from topology.app.palette import Palette

HEIGHT = 170


def trend(
    rows: Sequence[dict[str, Any]], weeks: Sequence[dt.date], *, title: str, percent: bool, palette: Palette
) -> alt.LayerChart | alt.FacetChart:
    """Points and a line by week, one place for every week of the window; a week without a value has no point.

    `rows` have `week`, `value` and `n`.
    """
    known = {row["week"]: row for row in rows}
    table = pd.DataFrame({
        "week": pd.to_datetime(list(weeks)),
        "value": [known[week]["value"] if week in known else None for week in weeks],
        "n": [int(known[week]["n"]) if week in known else 0 for week in weeks],
    })  # fmt: skip
    colour = palette.sequential[3]
    form = ".0%" if percent else ".1f"
    x = alt.X("week:T", title=None, axis=alt.Axis(format="%d %b", labelAngle=0, tickCount=5, grid=False))
    scale = alt.Scale(domain=[0, 1]) if percent else alt.Scale(domainMin=0, nice=True)
    y = alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(format="%" if percent else ",~f", tickCount=4))
    tips = [
        alt.Tooltip("week:T", title="Week from", format="%Y-%m-%d"),
        alt.Tooltip("value:Q", title=title, format=form),
        alt.Tooltip("n:Q", title="n"),
    ]
    base = alt.Chart(table).encode(x=x, y=y, tooltip=tips)
    line = base.mark_line(color=colour, strokeWidth=2)
    points = base.mark_point(color=colour, filled=True, size=45, opacity=1)
    return alt.layer(line, points).properties(height=HEIGHT, width="container")
