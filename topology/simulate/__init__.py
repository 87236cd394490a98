"""Seeded organisations and their events, with or without planted stories: the example, the tests, the benchmarks.

The same organisation, dates, seed and stories give the same bytes on every machine and Python.
"""

from topology.simulate.contacts import contacts
from topology.simulate.designs import CLAN_FREE, DESIGNS, PLANTED, designed
from topology.simulate.organisations import make_organisation
from topology.simulate.simulation import simulate
from topology.simulate.stories import EXAMPLE_STORIES, SidesApart, Stories, TurningInward
from topology.simulate.writing import write_answers, write_organisation, write_tables
from topology.simulate.year import EXAMPLE_FIRST, EXAMPLE_SEED, EXAMPLE_WEEKS, Simulation

__all__ = [
    "CLAN_FREE",
    "DESIGNS",
    "EXAMPLE_FIRST",
    "EXAMPLE_SEED",
    "EXAMPLE_STORIES",
    "EXAMPLE_WEEKS",
    "PLANTED",
    "SidesApart",
    "Simulation",
    "Stories",
    "TurningInward",
    "contacts",
    "designed",
    "make_organisation",
    "simulate",
    "write_answers",
    "write_organisation",
    "write_tables",
]
