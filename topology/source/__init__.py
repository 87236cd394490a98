"""YAML text ⇄ model: places of every key, all problems in one run, the JSON Schema."""

from topology.source.load import Loaded, OrganisationError, load, load_texts
from topology.source.place import Place
from topology.source.problem import Problem

__all__ = ["Loaded", "OrganisationError", "Place", "Problem", "load", "load_texts"]
