"""What DORA's survey says (benchmarks.yaml): means and edges, never a goal."""

from __future__ import annotations

import pytest

from topology.delivery import METRICS
from topology.delivery.benchmarks import lines, quick_checks, reports
from topology.view.delivery import benchmark_tables


def test_every_metric_that_is_named_is_one_of_ours_and_every_year_has_its_source() -> None:
    named = {metric for check in quick_checks() for metric in check.means}
    named |= {metric for report in reports() for tier in report.tiers.values() for metric in tier}
    assert named <= set(METRICS)
    assert all(str(one.year) in one.source for one in (*quick_checks(), *reports()))
    assert [check.year for check in quick_checks()] == [2024, 2025]


@pytest.mark.parametrize(
    ("metric", "rate", "answers"),
    [
        ("change-fail-rate", 0.19, ()),
        ("deployment-rework-rate", 0.22, ()),
        ("change-lead-time", None, ("one week to one month", "one day to one week")),
        ("deployment-frequency", None, ("once a week to once a month", "once a day to once a week")),
        ("failed-deployment-recovery-time", None, ("one day to one week", "less than one day")),
        ("flow-time", None, ()),
    ],
)
def test_a_mean_is_a_rate_or_the_answers_it_lies_between(
    metric: str, rate: float | None, answers: tuple[str, ...]
) -> None:
    newest = quick_checks()[-1]
    assert newest.rate(metric) == (None if rate is None else pytest.approx(rate))
    assert newest.answers(metric) == answers


def test_a_rate_has_one_line_and_a_time_the_edges_of_the_answers() -> None:
    assert [(line.label, round(line.value, 2)) for line in lines("change-fail-rate")] == [("mean answer 2025", 0.19)]
    assert [line.label for line in lines("change-lead-time")] == ["1 hour", "1 day", "1 week", "1 month", "6 months"]
    assert lines("flow-time") == ()


def test_the_tables_give_the_newest_first_and_nothing_of_what_the_survey_does_not_ask() -> None:
    means, tiers = benchmark_tables("change-fail-rate")
    assert [(row["Year"], row["Mean answer"]) for row in means] == [("2025", "19%"), ("2024", "17%")]
    assert [row["Year"] for row in tiers] == ["2024", "2023"]
    assert len(benchmark_tables("deployment-rework-rate")) == 1
    assert benchmark_tables("flow-time") == []
