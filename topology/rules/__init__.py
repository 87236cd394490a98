"""The rules of `topology check`: one file a rule (catalogue/), and the engine that runs them."""

from topology.rules.engine import Checked, check
from topology.rules.finding import Finding
from topology.rules.registry import rules
from topology.rules.selection import Selection, SelectionError

__all__ = ["Checked", "Finding", "Selection", "SelectionError", "check", "rules"]
