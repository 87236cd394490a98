"""Deployments, the changes in them and the incidents after them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from topology.simulate.dice import Dice
from topology.simulate.year import Row, Simulation


@dataclass(frozen=True, slots=True)
class Pace:
    """How a team delivers: deployments a week, hours from commit to production, share of failures."""

    per_week: float
    lead_hours: float
    fail_share: float

    def drifting(self, strength: float) -> Pace:
        """The pace of a squad whose sides have drifted apart: a third of the deployments, five times the wait."""
        return Pace(
            self.per_week * (1 - 0.68 * strength),
            self.lead_hours * (1 + 4.5 * strength),
            self.fail_share + 0.2 * strength,
        )


def _pace(simulation: Simulation, team: str) -> Pace:
    """Every team has a pace of its own, drawn once."""
    dice = Dice(simulation.seed, "pace", team)
    return Pace(dice.uniform(1.1, 2.6), dice.around(30, 0.5), dice.uniform(0.04, 0.12))


OUTSIDE = 0.12  # the share of changes that people of other teams make, where other teams need the service


def _neighbours(simulation: Simulation, team: str) -> list[tuple[str, str]]:
    """(team, engineer) of the teams that depend on this one."""
    organisation = simulation.organisation
    return [
        (id_, person)
        for id_, one in organisation.teams.items()
        if any(dependency.team == team for dependency in one.depends_on)
        for person in one.people()
        if organisation.side(person) == "tech"
    ]


def deliveries(simulation: Simulation) -> tuple[list[Row], list[Row], list[Row]]:
    """(deployments, changes, incidents) of every team that owns a service, each by time."""
    deployments: list[Row] = []
    changes: list[Row] = []
    incidents: list[Row] = []
    for team in simulation.organisation.teams:
        _Team(simulation, team).run(deployments, changes, incidents)
    return (
        sorted(deployments, key=lambda row: (row["finished_at"], row["id"])),
        sorted(changes, key=lambda row: (row["merged_at"], row["id"])),
        sorted(incidents, key=lambda row: (row["opened_at"], row["id"])),
    )


class _Team:
    def __init__(self, simulation: Simulation, team: str) -> None:
        self.simulation, self.team = simulation, team
        self.pace = _pace(simulation, team)
        self.dice = Dice(simulation.seed, "delivery", team)
        model = simulation.organisation.teams[team]
        self.services = model.services
        self.engineers = [p for p in model.people() if simulation.organisation.side(p) == "tech"] or [
            f"{team}-engineer"
        ]
        self.count = 0
        self.outside = Dice(simulation.seed, "outside", team)
        self.neighbours = _neighbours(simulation, team)

    def run(self, deployments: list[Row], changes: list[Row], incidents: list[Row]) -> None:
        """Adds a team's whole period."""
        for week in range(self.simulation.weeks):
            owned = [name for name, one in self.services.items() if one.covers(self.simulation.monday(week))]
            if not owned or not self.simulation.organisation.teams[self.team].covers(self.simulation.monday(week)):
                continue
            pace = self.pace.drifting(self.simulation.stories.apart_strength(self.team, week))
            for _ in range(self.dice.poisson(pace.per_week)):
                self._deploy(week, self.dice.pick(owned), pace, deployments, changes, incidents)

    def _deploy(
        self, week: int, service: str, pace: Pace, deployments: list[Row], changes: list[Row], incidents: list[Row]
    ) -> None:
        self.count += 1
        id_ = f"{self.team}-{self.count}"
        finished = self.simulation.time(week, self.dice.uniform(0, 5), self.dice.uniform(8, 17))
        fails = self.dice.chance(pace.fail_share)
        result = "failure" if fails and self.dice.chance(0.4) else "success"
        rolled_back = fails and result == "success" and self.dice.chance(0.3)
        deployments.append({
            "id": id_, "service": service, "environment": "production", "finished_at": finished, "result": result,
            "rolled_back": "yes" if rolled_back else "", "unplanned": "yes" if self.dice.chance(pace.fail_share) else "",
        })  # fmt: skip
        batch = range(1, 2 + self.dice.poisson(0.7))
        changes.extend(self._change(f"{id_}-{index}", service, id_, finished, pace) for index in batch)
        if fails and result == "success":
            incidents.append(self._incident(id_, service, finished))

    def _change(self, id_: str, service: str, deployment: str, deployed: dt.datetime, pace: Pace) -> Row:
        lead = self.dice.around(pace.lead_hours)
        cuts = sorted(self.dice.uniform() for _ in range(3))
        begin = deployed - dt.timedelta(hours=lead)
        opened, reviewed, merged = (begin + dt.timedelta(seconds=round(cut * lead * 3600)) for cut in cuts)
        author = self._outsider(merged) or self.dice.pick(self.engineers)
        others = [one for one in self.engineers if one != author] or [author]
        return {
            "id": id_, "service": service, "author": author, "reviewers": self.dice.pick(others),
            "first_commit_at": begin.replace(microsecond=0), "opened_at": opened.replace(microsecond=0),
            "first_review_at": reviewed.replace(microsecond=0), "merged_at": merged.replace(microsecond=0), "deployment_id": deployment,
        }  # fmt: skip

    def _outsider(self, merged: dt.datetime) -> str | None:
        """Once in a while the author is an engineer of a team that needs this one; seldom, once the two have turned away."""
        dice = self.outside
        if not self.neighbours or not dice.chance(OUTSIDE):
            return None
        other, person = dice.pick(self.neighbours)
        organisation = self.simulation.organisation
        week = (merged.date() - self.simulation.first).days // 7
        streams = organisation.value_stream(self.team), organisation.value_stream(other)
        turned = self.simulation.stories.inward_strength(*streams, week) if streams[0] != streams[1] else 0.0
        return None if dice.chance(0.9 * turned) else person

    def _incident(self, deployment: str, service: str, finished: dt.datetime) -> Row:
        opened = finished + dt.timedelta(minutes=round(self.dice.uniform(5, 240)))
        resolved: Any = opened + dt.timedelta(minutes=round(self.dice.around(90, 0.9)))
        named = self.dice.chance(0.5)
        looked_into = self.outside.chance(0.7)
        actions = 1 + self.outside.poisson(1.5)
        done = sum(self.outside.chance(0.7) for _ in range(actions))
        return {
            "id": f"inc-{deployment}", "service": service, "opened_at": opened,
            "resolved_at": resolved if resolved < self.simulation.end else "", "severity": self.dice.pick(["high", "medium", "low"]),
            "kind": "incident", "caused_by": deployment if named else "",
            "postmortem_url": f"https://wiki.example/post-mortems/{deployment}" if looked_into else "",
            "actions_open": actions - done if looked_into else "", "actions_done": done if looked_into else "",
        }  # fmt: skip
