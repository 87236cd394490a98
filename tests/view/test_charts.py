"""The charts are what the schema of Vega-Lite allows, whatever their data."""

from __future__ import annotations

import datetime as dt
from typing import Any

import altair as alt
import pytest

from topology.delivery.benchmarks import Line
from topology.view.charts.distribution import dots, stages
from topology.view.charts.trend import trend
from topology.view.palette import DARK, LIGHT

WEEKS = [dt.date(2026, 1, 5) + dt.timedelta(weeks=index) for index in range(4)]


@pytest.mark.parametrize("percent", [True, False])
@pytest.mark.parametrize("values", [[0.5, None, 1.0, 0.0], [None] * 4, [0.0] * 4])
def test_a_trend(values: list[float | None], percent: bool) -> None:
    rows: list[dict[str, Any]] = [
        {"week": week, "value": value, "n": index * 4}
        for index, (week, value) in enumerate(zip(WEEKS, values, strict=True))
        if value is not None
    ]
    partial = {"week": WEEKS[-1] + dt.timedelta(weeks=1), "value": 0.5, "n": 2}
    found = trend(
        rows, WEEKS, title="x", percent=percent, palette=LIGHT, lines=[Line(0.4, "high 2024")], partial=partial
    )
    assert alt.Chart.from_dict(found).to_dict()["layer"]  # (which checks it against the schema)
    marks = [layer["mark"]["type"] for layer in found["layer"]]
    assert marks.count("line") == 1
    assert ("text" in marks[1:]) >= percent  # few events of a week stand there with their count


@pytest.mark.parametrize("hours", [[0.0, 0.0], [0.001, 1.0, 5000.0], [30.0, 31.0]])
def test_a_distribution_lies_between_two_marks(hours: list[float]) -> None:
    found = dots(hours, hours[0], hours[-1], palette=DARK).to_dict()
    low, high = found["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low <= max(1 / 60, min(hours))
    assert high >= max(hours)
    assert low < high


def test_stages_stand_in_the_order_of_the_way() -> None:
    found = stages({"coding": (2.0, 3), "deploy": (0.0, 1)}, palette=LIGHT).to_dict()
    assert found["layer"][0]["encoding"]["y"]["sort"] == ["coding", "deploy"]
