"""What the map can lay over the teams: every delivery metric, and each file of this folder.

A metric brings its classes in its own file; any other overlay is a file here.
"""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from topology.delivery import METRICS, Metric
from topology.view.overlays.overlay import TYPE, Kind, Overlay, classed
from topology.words.delivery import why_nothing, withheld_words
from topology.words.numbers import short_text

if TYPE_CHECKING:
    from topology.workspace import Workspace

__all__ = ["TYPE", "Kind", "Overlay", "classed", "overlay", "overlays"]

METRICS_FROM = 100  # the order of the first metric: behind the team types, before the rest


@cache
def overlays() -> dict[str, Kind]:
    """{id: kind} of every overlay, in the order of the list."""
    modules = (importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__))
    found = [module.OVERLAY for module in modules if hasattr(module, "OVERLAY")]
    found += [Kind(id_, METRICS_FROM + one.order, one.name, partial(_of_metric, one)) for id_, one in METRICS.items()]
    return {one.id: one for one in sorted(found, key=lambda one: one.order)}


def overlay(id_: str, workspace: Workspace, day: dt.date) -> Overlay:
    """The overlay of that name on a day, of what stands behind its colon (else of the first that it can be laid of); the bare map for a
    name that is not known."""
    name, _, of = id_.partition(":")
    kind = overlays().get(name)
    if kind is None:
        return TYPE
    if kind.of is None:
        return kind.lay(workspace, day)
    known = kind.of(workspace)
    chosen = of if of in known else next(iter(known), "")
    return kind.lay(workspace, day, chosen) if chosen else TYPE


def _of_metric(metric: Metric, workspace: Workspace, day: dt.date) -> Overlay:
    """A delivery metric by its own classes."""
    scope = workspace.scope(day)
    reading, laid = workspace.reading(metric.id, scope), metric.classes
    found = classed(
        metric.id, laid.label, {team: reading.value(team) for team in workspace.organisation.teams}, laid.edges, laid.bounds,
        lambda value: short_text(reading.unit, value), about=laid.about, empty=why_nothing(reading), weeks=scope.weeks,
    )  # fmt: skip
    return replace(found, texts={**found.texts, **dict.fromkeys(reading.withheld, withheld_words())})
