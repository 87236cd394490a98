"""Every metric at scale, as a ratio to the same metric in plain pandas; and incidents linked by sorting, against the cross join.

2 million deployments, 6 million changes, 50 000 incidents and 500 000 work items of 1 000 squads over two years, in one DuckDB
file; each side in a process of its own, so that its peak of memory is its own. pandas reads what it needs from the same file.
`--scale 0.1` makes a tenth of it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

SQUADS = 1_000
DAYS = 728
FIRST = "2024-11-25"
LAST = "2026-11-22"


def make(file: Path, scale: float) -> None:
    """The tables, by arithmetic on the row number: the same on every machine."""
    deployments, changes = int(2_000_000 * scale), int(6_000_000 * scale)
    incidents, items = int(50_000 * scale), int(500_000 * scale)
    with duckdb.connect(str(file)) as con:
        con.execute("SET TimeZone = 'UTC'")
        at = f"TIMESTAMPTZ '{FIRST} 00:00:00+00' + to_seconds(((i * 7919) % {DAYS * 86_400})::BIGINT)"
        con.execute(
            f"CREATE TABLE deployments AS SELECT 'd' || i AS id, 'service-' || (i % {SQUADS}) AS service, {at} AS finished_at, "
            "CASE WHEN hash(i) % 20 = 0 THEN 'failure' ELSE 'success' END AS result, 'production' AS environment, "
            f"hash(i) % 15 = 0 AS unplanned, 'c' || i AS commit_sha FROM range({deployments}) t(i)"
        )
        con.execute(
            "CREATE TABLE changes AS SELECT 'p' || i AS id, d.service, d.finished_at - INTERVAL 3 HOUR AS merged_at, "
            "d.finished_at - to_seconds((hash(i) % 400000 + 20000)::BIGINT) AS first_commit_at, "
            "d.finished_at - INTERVAL 5 HOUR AS opened_at, d.finished_at - INTERVAL 4 HOUR AS first_review_at, d.id AS deployment_id "
            f"FROM range({changes}) t(i) JOIN deployments d ON d.id = 'd' || (i % {deployments})"
        )
        con.execute(
            f"CREATE TABLE incidents AS SELECT 'i' || i AS id, 'service-' || ((i * 31) % {SQUADS}) AS service, "
            f"TIMESTAMPTZ '{FIRST} 00:00:00+00' + to_seconds(((i * 104729) % {DAYS * 86_400})::BIGINT) AS opened_at, "
            "opened_at + to_seconds((hash(i) % 90000)::BIGINT) AS resolved_at "
            f"FROM range({incidents}) t(i)"
        )
        con.execute(
            f"CREATE TABLE work_items AS SELECT 'w' || i AS id, 'squad-' || (i % {SQUADS}) AS team, "
            f"['feature', 'defect', 'risk', 'debt'][1 + (hash(i) % 4)::INT] AS flow_type, {at} AS created_at, {at} AS started_at, "
            f"{at} + to_seconds((hash(i) % 1000000)::BIGINT) AS done_at FROM range({items}) t(i)"
        )


def organisation() -> Any:
    """A thousand squads with a service each."""
    from topology.source import load

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "squads.yaml"
        teams = "".join(f"  squad-{i}: {{services: {{service-{i}: {{}}}}}}\n" for i in range(SQUADS))
        file.write_text(f"version: 1\nteams:\n{teams}", "utf-8")
        found = load(file).organisation
    assert found is not None
    return found


def ours(file: Path) -> dict[str, Any]:
    """{metric: seconds}, each with its headline over the last twelve weeks."""
    import datetime as dt

    from topology.delivery import Scope, load_events, whole_weeks
    from topology.delivery.metrics import METRICS

    squads = organisation()
    start = time.perf_counter()
    events = load_events(file)
    found: dict[str, Any] = {"load": time.perf_counter() - start}
    scope = Scope(events, squads, tuple(whole_weeks(dt.date.fromisoformat(LAST))))
    for name in NAMES:
        start = time.perf_counter()
        rows = METRICS[name].headline(scope).to_pyarrow().to_pylist()
        found[name] = time.perf_counter() - start
        found[f"{name} check"] = round(sum(row["value"] or 0 for row in rows), 3)
    return found


NAMES = ("deployment-frequency", "change-lead-time", "change-fail-rate", "failed-deployment-recovery-time", "deployment-rework-rate",
         "time-to-restore", "tech-investment-share", "flow-time", "flow-load", "bug-trend", "release-success-rate")  # fmt: skip
# (The other ten read small tables that people fill in, or need the authors' teams.)


def in_pandas(file: Path) -> dict[str, Any]:  # noqa: C901 (eleven small functions over the same four tables)
    """The same headlines as a person would write them in pandas, tables loaded before the clock starts."""
    import pandas as pd

    start = time.perf_counter()
    with duckdb.connect(str(file), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        d, c, i, w = (
            con.execute(f"SELECT * FROM {name}").df() for name in ("deployments", "changes", "incidents", "work_items")
        )
    found: dict[str, Any] = {"load": time.perf_counter() - start}
    end = pd.Timestamp(LAST, tz="UTC") + pd.Timedelta(days=1)
    begin = end - pd.Timedelta(weeks=12)

    def within(table: Any, column: str) -> Any:
        return table[(table[column] >= begin) & (table[column] < end)]

    def linked() -> Any:
        every = d.sort_values("finished_at")  # (failed ones too: an incident minutes after a failure belongs to it)
        return pd.merge_asof(i.sort_values("opened_at"), every[["service", "finished_at", "id"]].rename(columns={"id": "deployment"}),
                             left_on="opened_at", right_on="finished_at", by="service", tolerance=pd.Timedelta(days=7))  # fmt: skip

    def frequency() -> Any:
        x = within(d[d.result == "success"], "finished_at")
        return (x.groupby("service").size() / 12).sum()

    def lead() -> Any:
        good = d[d.result == "success"][["id", "finished_at"]]
        x = within(c.merge(good, left_on="deployment_id", right_on="id"), "finished_at").copy()
        spans = {"lead": ("first_commit_at", "finished_at"), "coding": ("first_commit_at", "opened_at"),
                 "pickup": ("opened_at", "first_review_at"),
                 "review": ("first_review_at", "merged_at"), "deploy": ("merged_at", "finished_at")}  # fmt: skip
        for name, (a, b) in spans.items():
            hours = (x[b] - x[a]).dt.total_seconds() / 3600
            x[name] = hours.where(hours >= 0)
        x.groupby("service")[["coding", "pickup", "review", "deploy"]].median()
        x.groupby("service")["lead"].quantile(0.85)
        return x.groupby("service")["lead"].median().sum()

    def fails() -> Any:
        hit = set(linked().deployment.dropna())
        x = within(d, "finished_at")
        return ((x.result == "failure") | x.id.isin(hit)).groupby(x.service).mean().sum()

    def recovery() -> Any:
        x = within(linked().dropna(subset=["deployment"]), "opened_at")
        return ((x.resolved_at - x.opened_at).dt.total_seconds() / 3600).groupby(x.service).median().sum()

    def rework() -> Any:
        x = within(d, "finished_at")
        return x.unplanned.groupby(x.service).mean().sum()

    def restore() -> Any:
        x = within(i, "opened_at")
        return ((x.resolved_at - x.opened_at).dt.total_seconds() / 3600).groupby(x.service).median().sum()

    def share() -> Any:
        x = within(w, "done_at")
        return x.flow_type.isin(["risk", "debt"]).groupby(x.team).mean().sum()

    def flow() -> Any:
        x = within(w, "done_at")
        return ((x.done_at - x.started_at).dt.total_seconds() / 86_400).groupby(x.team).median().sum()

    def load() -> Any:
        return ((w.started_at < end) & (w.done_at.isna() | (w.done_at >= end))).groupby(w.team).sum().sum()

    def bugs() -> Any:
        return (
            ((w.flow_type == "defect") & (w.created_at < end) & (w.done_at.isna() | (w.done_at >= end)))
            .groupby(w.team)
            .sum()
            .sum()
        )

    def success() -> Any:
        hit = set(linked().deployment.dropna())
        x = within(d, "finished_at")
        return 1.0 * (~((x.result == "failure") | x.id.isin(hit))).groupby(x.service).mean().sum()

    each: tuple[Callable[[], Any], ...] = (
        frequency,
        lead,
        fails,
        recovery,
        rework,
        restore,
        share,
        flow,
        load,
        bugs,
        success,
    )
    for name, function in zip(NAMES, each, strict=True):
        start = time.perf_counter()
        value = function()
        found[name] = time.perf_counter() - start
        found[f"{name} check"] = round(float(value), 3)
    return found


def links(file: Path) -> dict[str, Any]:
    """Incidents linked by the product, and by joining every pair of a deployment and a later incident, as DevLake does."""
    import ibis

    from topology.delivery.links import latest_before

    con = ibis.duckdb.connect(file, read_only=True)
    con.raw_sql("SET TimeZone = 'UTC'")
    deployments = con.table("deployments").limit(177_000).mutate(all=ibis.literal("project"))
    incidents = con.table("incidents").limit(3_000).mutate(all=ibis.literal("project"))
    start = time.perf_counter()
    sorted_ = latest_before(incidents, deployments, "all").count().execute()
    sorting = time.perf_counter() - start
    start = time.perf_counter()
    (crossed,) = con.raw_sql(
        "WITH d AS (SELECT * FROM deployments LIMIT 177000), i AS (SELECT * FROM incidents LIMIT 3000), "
        "pairs AS (SELECT i.id, d.id AS deployment, row_number() OVER (PARTITION BY i.id ORDER BY d.finished_at DESC) AS rank "
        "FROM i JOIN d ON d.finished_at <= i.opened_at) SELECT count(*) FROM pairs WHERE rank = 1"
    ).fetchone()
    crossing = time.perf_counter() - start
    assert int(sorted_) == int(crossed)
    return {"sorting": sorting, "crossing": crossing, "linked": int(crossed)}


PARTS = {"ours": ours, "pandas": in_pandas, "links": links}


def alone(part: str, file: Path) -> dict[str, Any]:
    """What a part gives, from a process of its own, with its peak of memory in GB."""
    done = subprocess.run(
        [sys.executable, __file__, "--part", part, "--file", str(file)], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Prints the table of ratios; with --part, one side's numbers as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    chosen = parser.parse_args()
    if chosen.part:
        found = PARTS[chosen.part](chosen.file)
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(json.dumps(found))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "events.duckdb"
        make(file, chosen.scale)
        first, second, third = (alone(part, file) for part in PARTS)
    print(
        f"{2 * chosen.scale:g} million deployments, {6 * chosen.scale:g} million changes, {SQUADS} squads; the last twelve weeks"
    )
    print(f"{'':36}{'ours':>9}{'pandas':>9}   pandas ÷ ours")
    for name in ("load", *NAMES):
        print(f"{name:36}{first[name]:8.2f}s{second[name]:8.2f}s   {second[name] / first[name]:6.1f}")
        for side in (first, second):
            side.setdefault(f"{name} check", 0)
        difference = abs(first[f"{name} check"] - second[f"{name} check"])
        assert difference <= 1e-3 * max(1.0, abs(second[f"{name} check"])), (
            name,
            first[f"{name} check"],
            second[f"{name} check"],
        )
    whole, theirs = (sum(side[name] for name in NAMES) for side in (first, second))
    print(f"{'all headlines, tables in memory':36}{whole:8.2f}s{theirs:8.2f}s   {theirs / whole:6.1f}")
    print(f"{'all headlines, with the load':36}{whole + first['load']:8.2f}s{theirs + second['load']:8.2f}s   "
          f"{(theirs + second['load']) / (whole + first['load']):6.1f}")  # fmt: skip
    print(f"{'peak memory':36}{first['peak']:7.2f}GB{second['peak']:7.2f}GB   {second['peak'] / first['peak']:6.1f}")
    print(f"177 000 deployments × 3 000 incidents: sorted {third['sorting']:.2f} s, every pair {third['crossing']:.2f} s, "
          f"{third['crossing'] / third['sorting']:.1f} times")  # fmt: skip


if __name__ == "__main__":
    main()
