"""Two bars of a hundred per cent: what was planned, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from topology.view.palette import Palette

ORDER = ["feature", "defect", "risk", "debt"]


def split(rows: Sequence[Mapping[str, Any]], palette: Palette) -> alt.LayerChart | alt.FacetChart:
    """`rows` have `which` (a bar), `category`, `count` and `share`; the count stands in each part that has room."""
    table = pd.DataFrame(rows)
    table["place"] = table["category"].map({name: index for index, name in enumerate(ORDER)})
    scale = alt.Scale(domain=ORDER, range=[palette.sequential[i] for i in (0, 1, 2, 4)])
    order = list(dict.fromkeys(row["which"] for row in rows))
    tips = [alt.Tooltip("which:N", title="What"), alt.Tooltip("category:N", title="Category"),
            alt.Tooltip("count:Q", title="Items"), alt.Tooltip("share:Q", title="Share", format=".0%")]  # fmt: skip
    base = alt.Chart(table).encode(
        y=alt.Y("which:N", title=None, sort=order, axis=alt.Axis(labelLimit=200)),
        x=alt.X("share:Q", title=None, stack="zero", axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 1])),
        order=alt.Order("place:Q"),
        tooltip=tips,
    )  # fmt: skip
    legend = alt.Legend(title=None, orient="top", labelColor=palette.ink)
    bars = base.mark_bar(stroke=palette.page, strokeWidth=1).encode(
        color=alt.Color("category:N", scale=scale, legend=legend)
    )
    return alt.layer(bars).properties(height=190, width="container")
