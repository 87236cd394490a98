"""What squads and their leads say and show of their practice; Product's view against Tech's."""

from topology.maturity.load import LOAD_CLASSES
from topology.maturity.positions import DuoPosition, duo_positions, widest_gap

__all__ = ["LOAD_CLASSES", "DuoPosition", "duo_positions", "widest_gap"]
