"""How often the word "finding" is said of organisations without any clan, and how often of those with a planted one.

    python benchmarks/calibrate_clans.py [RUNS [DESIGN|delays|looks|smallest …]]

Each run draws an organisation by a design of clan_designs.py, contact by contact of two people over 60 weeks, and reads the last window as
`topology clans` does (every grouping and layer; 499 shuffles). It prints the table of docs/clans.md with Wilson's intervals, how often a
beginning is told, the warning's delay and false alarms, how often findings come and go in a year of weekly looks, and how often a finding
comes at the smallest effect that was printed.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import median

import numpy as np
from clan_designs import CLAN_FREE, FIRST, LAST, PLANTED, TALKING, TURNING, WEEKS, Drawn, drifted, made, plain, turned

from topology.clans.codes import Grade
from topology.clans.reading import ClanReading, read_clans, read_window
from topology.clans.warning import warnings_of
from topology.clans.window import Window
from topology.delivery.reading import wilson

DRAWS = 499
DESIGNS = CLAN_FREE | PLANTED
CHANGES = {"sharp": turned, "gradual": drifted}
FLICKER = ("plain", "round_up", "offsite_quarterly", "weak_needs", "sized")


@dataclass(frozen=True)
class Run:
    """What one simulated organisation gave."""

    finding: bool
    sign: bool
    where: bool
    """Whether the grouping that was planted has the finding."""
    began: bool
    holds: bool | None
    """Whether the month in which it was planted lies in the interval; None where none is told."""


def run(task: tuple[str, int]) -> Run:
    """One simulated organisation."""
    design, seed = task
    organisation, rows = made(DESIGNS[design](seed))
    readings = read_clans(organisation, rows, LAST, draws=DRAWS)
    planted = next(one for one in readings if one.partition.id == "value-stream" and one.layer == "observed")
    at, between = FIRST + dt.timedelta(weeks=TURNING), planted.began_between
    return Run(
        any(one.grade == Grade.FINDING for one in readings), any(one.shows and not one.quiet for one in readings),
        planted.grade == Grade.FINDING, any(one.began is not None for one in readings),
        None if between is None else between[0] - dt.timedelta(weeks=1) <= at <= between[1] + dt.timedelta(weeks=1),
    )  # fmt: skip


def told(found: Sequence[bool]) -> str:
    """`3 % (1 to 8)`."""
    low, high = wilson(sum(found), len(found)) or (0.0, 1.0)
    return f"{sum(found) / len(found):4.0%} ({low:.0%} to {high:.0%})"


def table(designs: Sequence[str], runs: int) -> None:
    """Prints a row for each design."""
    print(
        "| design | what is simulated | finding | sign or finding | a beginning |\n| --- | --- | ---: | ---: | ---: |"
    )
    with ProcessPoolExecutor() as pool:
        for design in designs:
            found = list(pool.map(run, [(design, seed) for seed in range(runs)], chunksize=5))
            about = (DESIGNS[design].__doc__ or design).strip().rstrip(".")
            finding = told([one.where if design in PLANTED else one.finding for one in found])
            print(
                f"| {design.replace('_', ' ')} | {about} | {finding} | {told([one.sign for one in found])} | "
                f"{told([one.began for one in found])} |", flush=True,
            )  # fmt: skip
            holds = [one.holds for one in found if one.holds is not None]
            if design == "turning" and holds:
                print(
                    f"\nThe week in which it was planted lies in the interval that is told: {told(holds)} of {len(holds)}.\n"
                )


def delays(task: tuple[str, int]) -> tuple[int | None, int | None, int | None]:
    """(weeks after a change until the warning, the sign, the finding); None where it did not come in 32."""
    design, seed = task
    organisation, rows = made(CHANGES[design](seed))
    whole = Window.of(organisation, rows, LAST)
    warned = sign = found = None
    for weeks in range(1, WEEKS - TURNING + 1):
        window = whole.at(FIRST + dt.timedelta(weeks=TURNING + weeks) - dt.timedelta(days=1))
        if warned is None and warnings_of(window):
            warned = weeks
        if found is None and weeks % 2 == 0 and (grade := graded(window, DRAWS).grade) in (Grade.SIGN, Grade.FINDING):
            sign = sign or weeks
            found = weeks if grade == Grade.FINDING else None
    return warned, sign, found


def graded(window: Window, draws: int) -> ClanReading:
    """The value streams by contact on a day."""
    return read_window(window, partitions=["value-stream"], layers=["observed"], draws=draws)[0]


def looks(task: tuple[str, int]) -> tuple[int, int]:
    """(weekly looks of a clan-free organisation with a warning, findings that came or went), over 34 weeks."""
    design, seed = task
    organisation, rows = made(CLAN_FREE[design](seed))
    whole, grades, alarms = Window.of(organisation, rows, LAST), [], 0
    for weeks in range(26, 60):
        window = whole.at(FIRST + dt.timedelta(weeks=weeks) - dt.timedelta(days=1))
        alarms += bool(warnings_of(window))
        if weeks % 2 == 0:
            grades.append(graded(window, 199).grade == Grade.FINDING)
    return alarms, int(np.abs(np.diff(np.array(grades, dtype=int))).sum())


def at_the_smallest(task: tuple[int, int]) -> bool | None:
    """Whether a finding comes where just the contact is missing that was printed as the smallest; None where none was printed."""
    seed, teams = task
    drawn = plain(seed, teams)
    organisation, rows = made(drawn)
    smallest = graded(Window.of(organisation, rows, LAST), DRAWS).smallest
    if smallest is None or smallest >= 1:
        return None
    again = plain(seed + 100_000, teams)
    lack = _lack(again, smallest)
    gone = again.random.random(again.rates.shape) < lack  # of a pair across, this week
    across = np.array([[again.across(a, b) for b in range(again.n)] for a in range(again.n)])
    again.rates[gone & across] = 0.0
    organisation, rows = made(again)
    return graded(Window.of(organisation, rows, LAST), DRAWS).grade == Grade.FINDING


def _lack(drawn: Drawn, effect: float) -> float:
    """The share of the weeks of contact across to take away so that `effect` is missing against chance."""
    across = np.array([[drawn.across(a, b) for b in range(drawn.n)] for a in range(drawn.n)])
    for lack in np.linspace(0.02, 1, 50):
        weeks = 1 - np.exp(-drawn.rates[-1])
        weeks = (weeks + weeks.T) * np.where(across, 1 - lack, 1.0)
        busy = weeks.sum(axis=0)
        expected = np.outer(busy, busy) / busy.sum()
        chance = weeks[~np.eye(drawn.n, dtype=bool)].sum() / expected[~np.eye(drawn.n, dtype=bool)].sum()
        if 1 - weeks[across].sum() / expected[across].sum() / chance >= effect:
            return float(lack)
    return 1.0


def tell_delays(pool: ProcessPoolExecutor, runs: int) -> None:
    """How long a warning, a sign and a finding take after a change."""
    for design in CHANGES:
        found = list(pool.map(delays, [(design, seed) for seed in range(runs // 3)]))
        for what, weeks in zip(("warning", "sign", "finding"), zip(*found, strict=True), strict=True):
            known = sorted(one for one in weeks if one is not None)
            when = (
                f"{median(known):.0f} weeks at the median, {known[int(0.9 * len(known))]} for nine in ten"
                if known
                else "never"
            )
            print(f"\nAfter a {design} change the {what} came in {len(known)} of {len(weeks)}: {when}.", flush=True)


def tell_looks(pool: ProcessPoolExecutor, runs: int) -> None:
    """How often a warning is false, and a finding comes and goes."""
    seen = list(pool.map(looks, [(design, seed) for design in FLICKER for seed in range(runs // 10)]))
    print(
        f"\n{len(seen) * 34} weekly looks at {len(seen)} organisations without a clan: {sum(a for a, _ in seen)} with a warning, "
        f"{sum(c > 0 for _, c in seen)} organisations in which a finding came or went.", flush=True,
    )  # fmt: skip


def tell_smallest(pool: ProcessPoolExecutor, runs: int) -> None:
    """How often a finding comes at the smallest effect that was printed."""
    asked = [(seed, teams) for teams in (14, 20, 40) for seed in range(runs // 3)]
    tried = [one for one in pool.map(at_the_smallest, asked) if one is not None]
    print(f"\nAt the smallest effect that was printed the finding came in {told(tried)} of {len(tried)}.", flush=True)


PARTS = {"delays": tell_delays, "looks": tell_looks, "smallest": tell_smallest}


def main() -> None:
    """Prints everything, or the designs and parts that are named."""
    started, runs = time.perf_counter(), int(sys.argv[1]) if len(sys.argv) > 1 else 200
    named = sys.argv[2:] or [*DESIGNS, *PARTS]
    if designs := [one for one in named if one in DESIGNS]:
        table(designs, runs)
    with ProcessPoolExecutor() as pool:
        for part in (one for one in named if one in PARTS):
            PARTS[part](pool, runs)
    print(f"\n{TALKING} contacts a week of a pair that talks; {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
