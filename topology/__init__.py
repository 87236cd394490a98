"""Topology: a team-topology and squad health modeler."""

__version__ = "0.1.0"
