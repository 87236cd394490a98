"""Organisation files of any size for the benchmarks, written as people write them: a squad in ten lines, few findings."""

from __future__ import annotations

SQUAD = """  squad-{i}:
    name: Squad number {i}
    type: stream-aligned
    group: stream-{g}
    mission: Customers of area {i} find what they need.
    since: 2024-01-15
    pm: pm-{i}
    em: em-{i}
    size: {size}
    domains:
      - {{name: area {i}, complexity: complicated}}
    services:
      service-{i}: {{repositories: [shop/service-{i}], since: 2024-01-15}}
    cognitive_load: {{intrinsic: 5, extraneous: {load}, germane: 6, assessed: 2026-10-05}}
    objectives:
      - {{title: Fewer steps, side: shared, baseline: 61%, target: 66%}}
    api: {{channels: ["#squad-{i}"], service_level: answer within one working day}}
"""
PLATFORM = """  platform-{i}:
    name: Platform number {i}
    type: platform
    group: foundation
    pm: ppm-{i}
    em: pem-{i}
    size: 7
    services:
      platform-{i}: {{repositories: [shop/platform-{i}]}}
    api: {{channels: ["#platform-{i}"], service_level: answer within one working day}}
"""
EVERY = 8  # seven squads, then their platform; six squads in a value stream


def organisation_text(teams: int) -> str:
    """`teams` teams: seven in eight squads, each platform serves seven, one squad in ten collaborates; about 1 finding in 20 teams."""
    squads = [i for i in range(teams) if i % EVERY != EVERY - 1]
    streams = max(squads) // 6 + 1
    parts = ["version: 1\norganisation: {name: Benchmark, leaders: {product: cpo, technology: cto}}\ngroups:\n"]
    parts += [f"  stream-{g}: {{name: Stream {g}}}\n" for g in range(streams)]
    parts += ["  foundation: {kind: platform}\nteams:\n"]
    for i in range(teams):
        if i % EVERY == EVERY - 1:
            parts.append(PLATFORM.format(i=i))
        else:
            parts.append(SQUAD.format(i=i, g=i // 6, size=11 if i % 40 == 3 else 7, load=8 if i % 40 == 5 else 4))
    parts.append("interactions:\n")
    for i in range(EVERY - 1, teams, EVERY):
        consumers = ", ".join(f"squad-{j}" for j in range(i - EVERY + 1, i))
        parts.append(f"  - mode: x-as-a-service\n    provider: platform-{i}\n    consumer: [{consumers}]\n")
    for i in squads[::20]:
        if i + 1 in squads[:-1] or (i + 1 < teams and (i + 1) % EVERY != EVERY - 1):
            parts.append(
                f"  - mode: collaboration\n    between: [squad-{i}, squad-{i + 1}]\n    purpose: One flow\n"
                "    since: 2026-09-28\n    until: 2026-12-18\n"
            )
    return "".join(parts)
