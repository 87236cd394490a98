"""The bare map: team types by shape and colour."""

from topology.language import Text
from topology.view.overlays.overlay import TYPE, Kind

OVERLAY = Kind("type", 0, Text("Team type"), lambda workspace, day: TYPE)
