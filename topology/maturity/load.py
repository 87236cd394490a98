"""Cognitive load: the team's own assessment, 3 to 30, in five classes."""

from __future__ import annotations

# The last edge is the threshold of rule TT204 (24 of 30); the others divide the range below it evenly.
LOAD_CLASSES = (12, 16, 20, 24)
