"""Statistics on the networks between teams, each with its null model. The page behind it is docs/clans.md."""

from topology.clans.congruence import Congruence, congruence
from topology.clans.reading import ClanReading, read_clans
from topology.clans.segregation import Bridges, bridges, closed_form, group_ei, odds_ratio
from topology.clans.shuffles import Shuffled, permutation_test

__all__ = [
    "Bridges",
    "ClanReading",
    "Congruence",
    "Shuffled",
    "bridges",
    "closed_form",
    "congruence",
    "group_ei",
    "odds_ratio",
    "permutation_test",
    "read_clans",
]
