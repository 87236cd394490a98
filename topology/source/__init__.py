"""YAML text ⇄ model: places of every key, all problems in one run, the JSON Schema."""

from topology.source.load import Loaded, load, load_texts
from topology.source.place import Place
from topology.source.problem import Problem

__all__ = ["Loaded", "Place", "Problem", "load", "load_texts"]
