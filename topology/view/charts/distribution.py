"""The spans behind a median: a dot for each on a logarithmic axis, with the median and the 85th percentile; and the parts of a way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from topology.view.palette import Palette

LEAST = 1 / 60  # hours: a logarithmic axis has no place for 0
HEIGHT, ROW, FOOT = 170, 30, 60  # pixels; the axis and its title are part of a height
MARKS = ((1 / 60, "1 min"), (1.0, "1 h"), (24.0, "1 day"), (168.0, "1 week"), (730.0, "1 month"), (4380.0, "6 months"))


def dots(hours: Sequence[float], median: float, p85: float, *, palette: Palette) -> alt.LayerChart | alt.FacetChart:
    """A dot for each span, at heights that only keep them apart."""
    table = pd.DataFrame({
        "hours": [max(LEAST, value) for value in hours], "exact": list(hours), "row": [(index * 7) % 11 for index in range(len(hours))],
    })  # fmt: skip
    labels = " : ".join(f"abs(datum.value - {value}) < {value / 100} ? '{words}'" for value, words in MARKS)
    axis = alt.Axis(values=[value for value, _ in MARKS], labelExpr=f"{labels} : ''", grid=True)
    scale = alt.Scale(type="log", nice=False, domain=_around(table["hours"].min(), table["hours"].max()))
    x = alt.X("hours:Q", title=None, scale=scale, axis=axis)
    tip = [alt.Tooltip("exact:Q", title="hours", format=",.1f")]
    points = alt.Chart(table).mark_point(filled=True, size=36, opacity=0.55, color=palette.sequential[3])
    quantiles = pd.DataFrame({"hours": [max(LEAST, median), max(LEAST, p85)], "words": ["p50", "p85"]})
    rules = alt.Chart(quantiles).mark_rule(color=palette.muted, strokeDash=[4, 3])
    words = alt.Chart(quantiles).mark_text(color=palette.muted, align="left", dx=4, fontSize=11).encode(y=alt.value(8))
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[-2, 15]))
    return alt.layer(points.encode(x=x, y=y, tooltip=tip), rules.encode(x=x), words.encode(x=x, text="words:N")).properties(
        height=HEIGHT, width="container"
    )  # fmt: skip


def _around(least: float, most: float) -> list[float]:
    """The marks between which all spans lie, so that at least two of them have their words."""
    below = [value for value, _ in MARKS if value <= least]
    above = [value for value, _ in MARKS if value >= most and value > max(below, default=LEAST)]
    return [max(below, default=LEAST), min(above, default=most * 1.2)]


def stages(hours: Mapping[str, tuple[float, int]], *, palette: Palette) -> alt.LayerChart | alt.FacetChart:
    """{stage: (median hours, n)} as bars below each other, in the order of the way."""
    rows = [{"stage": stage, "hours": value, "words": f"{value:,.1f} h · n {n}"} for stage, (value, n) in hours.items()]
    table = pd.DataFrame(rows)
    y = alt.Y("stage:N", sort=list(hours), title=None)
    base = alt.Chart(table).encode(
        y=y, x=alt.X("hours:Q", title="hours, median of each part", axis=alt.Axis(tickCount=5))
    )
    bars = base.mark_bar(color=palette.sequential[2], height=14)
    text = base.mark_text(align="left", dx=4, color=palette.muted).encode(text="words:N")
    return alt.layer(bars, text).properties(height=ROW * len(hours) + FOOT, width="container")
