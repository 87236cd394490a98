"""Where everything stands on the team map: pure geometry, the same for every overlay, selection and theme.

The rules are docs/map.md. `layout_map` gives a `MapLayout`; topology.view.teammap draws it as SVG.
"""

from topology.graph.teammap.fold import FoldedLayout, fold_map, folds
from topology.graph.teammap.geometry import MapLayout
from topology.graph.teammap.layout import layout_map
from topology.graph.teammap.matrix import MatrixLayout, layout_matrix
from topology.graph.teammap.ties import Frame, frame_between

__all__ = [
    "FoldedLayout",
    "Frame",
    "MapLayout",
    "MatrixLayout",
    "fold_map",
    "folds",
    "frame_between",
    "layout_map",
    "layout_matrix",
]
