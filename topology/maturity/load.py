"""Cognitive load: the team's own assessment, 3 to 30, in five classes."""

from __future__ import annotations

from topology.model.team import HIGH_LOAD

# From 24 of 30 on a load counts as high; the other edges divide the range below it evenly.
LOAD_CLASSES = (12, 16, 20, HIGH_LOAD)
