"""A simulated year: every event table of an organisation, from a seed."""

from __future__ import annotations

from topology.simulate.contacts import contacts
from topology.simulate.deliveries import deliveries
from topology.simulate.experiments import experiments
from topology.simulate.practice import decisions, interviews, outcomes, rituals, showcases
from topology.simulate.work import delays, work_items
from topology.simulate.year import Row, Simulation


def simulate(simulation: Simulation) -> dict[str, list[Row]]:
    """The rows of each event table, in the order of their time. Raises ValueError if `first` is not a Monday."""
    if simulation.first.weekday() != 0:
        raise ValueError(f"{simulation.first} is not a Monday; whole weeks begin on one")
    deployments, changes, incidents = deliveries(simulation)
    return {
        "deployments": deployments,
        "changes": changes,
        "incidents": incidents,
        "work_items": work_items(simulation),
        "delays": delays(simulation),
        "outcomes": outcomes(simulation),
        "contacts": contacts(simulation),
        "rituals": rituals(simulation),
        "decisions": decisions(simulation),
        "interviews": interviews(simulation),
        "showcases": showcases(simulation),
        "experiments": experiments(simulation),
    }
