"""What holds for any events: the order of rows and files changes nothing, totals count once, rates are rates."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import organisation_of
from topology.delivery import ORGANISATION, Scope, load_events, read_metric, rows_behind, whole_weeks

SHARED = organisation_of(
    "version: 1\ngroups: {one: {group: all}, two: {group: all}, all: {}}\nteams:\n"
    "  a: {group: one, services: {s: {}, shared: {}}}\n  b: {group: one, services: {shared: {}, t: {until: 2026-11-11}}}\n"
    "  c: {group: two, services: {t: {since: 2026-11-11}}}\n"
)
SERVICES = ("s", "t", "shared", "nobodys")
COMPARED = (
    "deployment-frequency",
    "change-lead-time",
    "change-fail-rate",
    "failed-deployment-recovery-time",
    "flow-time",
    "bug-trend",
)
RATES = ("change-fail-rate", "release-success-rate", "tech-investment-share")
START = dt.datetime(2026, 10, 26, tzinfo=dt.UTC)
FEW = settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def moment(hours: int) -> str:
    return (START + dt.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


hours = st.integers(0, 28 * 24 - 1)
deployments = st.lists(
    st.tuples(st.sampled_from(SERVICES), hours, st.sampled_from(["success", "failure"]), st.sampled_from(["", "yes"])),
    max_size=25,
)
incidents = st.lists(st.tuples(st.sampled_from(SERVICES), hours, st.integers(-5, 90)), max_size=12)
items = st.lists(
    st.tuples(
        st.sampled_from("abcx"), st.sampled_from(["feature", "defect", "risk", "debt"]), hours, st.integers(-50, 300)
    ),
    max_size=20,
)


def texts(deployed: list[Any], broken: list[Any], worked: list[Any]) -> dict[str, list[str]]:
    """{table: its lines, the header first}."""
    return {
        "deployments": ["id,service,finished_at,result,rolled_back", *(f"d{i},{s},{moment(at)},{result},{back}" for i, (s, at, result, back) in enumerate(deployed))],
        "changes": ["id,service,merged_at,first_commit_at,deployment_id", *(f"c{i},{s},{moment(at)},{moment(at - 30)},d{i}" for i, (s, at, _, _) in enumerate(deployed))],
        "incidents": ["id,service,opened_at,resolved_at", *(f"i{i},{s},{moment(at)},{moment(at + span)}" for i, (s, at, span) in enumerate(broken))],
        "work_items": ["id,team,flow_type,created_at,started_at,done_at", *(f"w{i},{t},{kind},{moment(at)},{moment(at)},{moment(at + span)}" for i, (t, kind, at, span) in enumerate(worked))],
    }  # fmt: skip


def scope_of(tables: dict[str, list[str]]) -> Scope:
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in tables.items():
            (Path(folder) / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
        return Scope(load_events(Path(folder)), SHARED, tuple(whole_weeks(dt.date(2026, 11, 22), 4)))


def readings(scope: Scope) -> dict[str, Any]:
    return {
        metric: (reading.headline, reading.weekly)
        for metric in COMPARED
        if (reading := read_metric(metric, scope)).computed
    }


@FEW
@given(deployments, incidents, items, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    deployed: list[Any], broken: list[Any], worked: list[Any], random: Any
) -> None:
    tables = texts(deployed, broken, worked)
    before = readings(scope_of(tables))
    for lines in tables.values():
        rest = lines[1:]
        random.shuffle(rest)
        lines[1:] = rest
    after = readings(scope_of(tables))
    assert after.keys() == before.keys()
    assert all(_close(after[metric], before[metric]) for metric in before)


def _close(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_close(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_close, one, other))
    return bool(one == other)


@FEW
@given(deployments, incidents, items)
def test_rates_lie_between_0_and_1_and_hold_their_interval(
    deployed: list[Any], broken: list[Any], worked: list[Any]
) -> None:
    scope = scope_of(texts(deployed, broken, worked))
    for by in ("team", "group"):
        for metric in RATES:
            for row in read_metric(metric, replace(scope, by=by)).headline.values():
                assert 0 <= row["low"] <= row["value"] <= row["high"] <= 1


@FEW
@given(deployments, incidents, items)
def test_a_shared_service_counts_once_in_every_total_and_rows_are_as_many_as_n(
    deployed: list[Any], broken: list[Any], worked: list[Any]
) -> None:
    scope = scope_of(texts(deployed, broken, worked))
    whole = replace(scope, by="organisation")
    owned = [one for one in deployed if one[0] != "nobodys"]
    row = read_metric("change-fail-rate", whole).headline.get(ORGANISATION, {"n": 0})
    assert row["n"] == len(owned)
    for metric in ("change-fail-rate", "deployment-frequency", "tech-investment-share"):
        for team, one in read_metric(metric, scope).headline.items():
            assert len(rows_behind(metric, scope, team)) == one["n"], (metric, team)


@FEW
@given(deployments, incidents)
def test_weeks_recombine_to_the_window(deployed: list[Any], broken: list[Any]) -> None:
    scope = scope_of(texts(deployed, broken, []))
    reading = read_metric("change-fail-rate", scope)
    for team, row in reading.headline.items():
        assert row["n"] == sum(one["n"] for one in reading.weekly[team])
        assert row["fails"] == sum(one["fails"] for one in reading.weekly[team])


def test_a_file_in_two_parts_is_the_same_file(tmp_path: Path) -> None:
    """A warehouse's view over two halves, or one file: the same numbers."""
    import duckdb

    lines = texts([("s", hour * 7, "success", "") for hour in range(40)], [], [])["deployments"]
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, part in ((first, lines), (second, lines[:20])):
        folder.mkdir()
        (folder / "deployments.csv").write_text("\n".join(part) + "\n")
    (second / "more.csv").write_text("\n".join([lines[0], *lines[20:]]) + "\n")
    with duckdb.connect(str(tmp_path / "both.duckdb")) as both:
        both.execute("SET TimeZone = 'UTC'")
        both.execute(
            f"CREATE TABLE deployments AS SELECT * FROM read_csv(['{second}/deployments.csv', '{second}/more.csv'])"
        )
    weeks = tuple(whole_weeks(dt.date(2026, 11, 22), 4))
    one, other = (Scope(load_events(source), SHARED, weeks) for source in (first, tmp_path / "both.duckdb"))
    assert read_metric("deployment-frequency", one).headline == read_metric("deployment-frequency", other).headline
