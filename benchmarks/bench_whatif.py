"""What an operation of a draft costs: the edit, verified, to the new headline; beside what reading the file costs anyway.

Two sizes: the example (20 teams) and 300 teams. Each figure is the median of several runs in one process on a quiet machine; the ratio
is against loading the file once (`load_texts`), which any tool that shows the result would have to do. What a reader waits for in the
browser is in bench_redraw.py.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from organisations import organisation_text

from topology.once import Once
from topology.planning import Operation, plan
from topology.planning.consequences import outcome
from topology.planning.operation import operation
from topology.rules.selection import selection
from topology.source import load_texts
from topology.source.load import _parsed
from topology.source.settings import RuleSettings
from topology.view.whatif import layout_of, versions_of

ROOT = Path(__file__).resolve().parents[1]
DAY = dt.date(2026, 11, 22)
RUNS = 7


def operations(teams: list[str], groups: list[str]) -> dict[str, Operation]:
    """One of each kind that costs differently."""
    first, second, third = teams[:3]
    return {
        "move": operation("move", team=first, group=groups[-1]),
        "new interaction": operation(
            "interaction", mode="collaboration", teams=[first, third], since="2026-11-30", until="2027-01-22"
        ),
        "rename an id": operation("rename", team=first, id="another-name"),
        "split": operation("split", team=first, id="a-new-team", name="A new team", day="2026-11-30"),
        "merge": operation("merge", team=first, other=second, day="2026-11-30"),
        "end a team": operation("end-team", team=second, day="2026-11-30"),
    }


def median(make: Callable[[], object]) -> float:
    """Seconds, the median of several runs that remember nothing of each other."""
    times = []
    for _ in range(RUNS):
        _parsed.cache_clear()
        started = time.perf_counter()
        make()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def measure(name: str, text: str) -> None:
    """Prints one size."""
    texts = {"squads.yaml": text}
    base, chosen = load_texts(texts), selection(RuleSettings())
    assert base.organisation is not None
    loads = median(lambda: load_texts(texts))
    print(
        f"\n{name}: {len(base.organisation.teams)} teams, {len(text) / 1000:.0f} kB; loading the file once {1000 * loads:.0f} ms"
    )
    for what, one in operations(list(base.organisation.teams), list(base.organisation.groups)).items():
        headline = median(lambda one=one: outcome(plan(base, [one]), DAY, chosen))
        assert plan(base, [one]).counting, what
        print(f"  {what:16s} to the headline {1000 * headline:4.0f} ms, {headline / loads:.1f} times loading")
    kept = Once()
    two = list(operations(list(base.organisation.teams), list(base.organisation.groups)).values())[:2]
    outcome(plan(base, two, kept), DAY, chosen, kept)
    again = median(lambda: plan(base, two[:1], kept))
    drawn = median(lambda: layout_of(versions_of(plan(base, two, kept), DAY), 1392))
    print(f"  undo {1000 * again:.1f} ms; the map of both versions {1000 * drawn:.0f} ms")


def main() -> None:
    """Prints every figure."""
    measure("the example", (ROOT / "squads.yaml").read_text("utf-8"))
    measure("a large organisation", organisation_text(300))


if __name__ == "__main__":
    main()
