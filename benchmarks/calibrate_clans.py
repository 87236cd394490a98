"""How often the word "finding" is said on organisations without any clan, and how often on those with a planted one.

    python benchmarks/calibrate_clans.py [RUNS]

Each run draws an organisation by a design of topology.simulate.designs, makes 36 weeks of contacts, and reads the last window
as `topology clans` does (every grouping and layer, with 999 shuffles). It prints the table of docs/clans.md, the power of
test 2 alone on two equal groups, and how far the month of the turning point is off.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from topology.clans.codes import Grade
from topology.clans.labelled import Labelled
from topology.clans.reading import ClanReading, read_clans
from topology.clans.shuffles import permutation_test
from topology.clans.verdict import MOST_Q
from topology.delivery.contacts import Contact
from topology.simulate import CLAN_FREE, DESIGNS, PLANTED, contacts, designed

DRAWS = 999
# The partition in which each planted design has its clan.
WHERE = {"inward": "value-stream", "turning": "value-stream", "sides": "side-within"}
POWER_TEAMS, POWER_SHARES, POWER_RUNS = (10, 12, 20, 30, 50), (0.6, 0.7, 0.8), 1_000


@dataclass(frozen=True)
class Run:
    """What one simulated organisation gave."""

    finding: bool
    sign: bool
    months_off: float | None


def read_design(design: str, seed: int, draws: int = DRAWS) -> list[ClanReading]:
    """The readings of one simulated organisation on its last day."""
    simulation = designed(design, seed=seed)
    rows = [Contact(**row) for row in contacts(simulation)]
    return read_clans(simulation.organisation, rows, simulation.end.date() - dt.timedelta(days=1), draws=draws)


def run(task: tuple[str, int]) -> Run:
    """One simulated organisation: a finding anywhere, or where it was planted."""
    design, seed = task
    readings = [one for one in read_design(design, seed) if one.partition.id == WHERE.get(design, one.partition.id)]
    began = next((one.began for one in readings if one.grade == Grade.FINDING and one.began), None)
    planted = designed(design, seed=seed).monday(12)
    return Run(
        any(one.grade == Grade.FINDING for one in readings),
        any(one.shows and not one.quiet for one in readings),
        (began - planted).days / 30.4 if began and design == "turning" else None,
    )


def calibrate(designs: Sequence[str], runs: int) -> None:
    """Prints the table: a row for each design."""
    print(f"{'design':9} {'expected':>9} {'finding':>8} {'sign or finding':>16}   what is simulated")
    with ProcessPoolExecutor() as pool:
        for design in designs:
            found = list(pool.map(run, [(design, seed) for seed in range(runs)], chunksize=10))
            finding, sign = (
                sum(values) / runs for values in zip(*((one.finding, one.sign) for one in found), strict=True)
            )
            expected = "≤ 5 %" if design in CLAN_FREE else "≥ 90 %"
            print(f"{design:9} {expected:>9} {finding:8.1%} {sign:16.1%}   {DESIGNS[design]}", flush=True)
            off = [one.months_off for one in found if one.months_off is not None]
            if off:
                low, middle, high = np.quantile(off, [0.1, 0.5, 0.9])
                print(
                    f"{'':9} the month is told in {len(off)} runs: off by {middle:+.1f} months (80 %: {low:+.1f} to {high:+.1f})"
                )


def power() -> None:
    """Prints how often p ≤ .05 alone finds two equal groups, where each team draws three others, by the share of ties inside."""
    print(
        "\npower of p ≤ .05: two equal groups, each team draws three others, share inside "
        + " / ".join(f"{s:.0%}" for s in POWER_SHARES)
    )
    random = np.random.default_rng(1)
    for teams in POWER_TEAMS:
        hits: Counter[float] = Counter()
        for share in POWER_SHARES:
            for _ in range(POWER_RUNS):
                test = permutation_test(_two_groups(teams, share, random), draws=DRAWS)
                hits[share] += test is not None and test.p_fewer <= MOST_Q
        print(
            f"{teams:4} teams  " + " / ".join(f"{hits[share] / POWER_RUNS:.2f}" for share in POWER_SHARES), flush=True
        )


def _two_groups(teams: int, share: float, random: np.random.Generator) -> Labelled:
    """Each team draws three others, each from its own group with the given chance."""
    labels = np.repeat([0, 1], teams // 2)
    ties: set[tuple[int, int]] = set()
    for team in range(teams):
        own = np.flatnonzero((labels == labels[team]) & (np.arange(teams) != team))
        kept = random.binomial(3, share)
        drawn = [
            *random.choice(own, kept, replace=False),
            *random.choice(np.flatnonzero(labels != labels[team]), 3 - kept, replace=False),
        ]
        ties |= {(min(team, int(other)), max(team, int(other))) for other in drawn}
    heads, tails = np.array(sorted(ties)).T
    return Labelled(tuple(map(str, range(teams))), labels, ("a", "b"), heads, tails, np.ones(len(heads)))


if __name__ == "__main__":
    started = time.perf_counter()
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print(f"{wanted} organisations of 20 squads each; {DRAWS} shuffles a test\n")
    calibrate([*CLAN_FREE, *PLANTED], wanted)
    power()
    print(f"\n{time.perf_counter() - started:.0f} s")
