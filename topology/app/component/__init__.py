"""The map as a component of the page: the SVG of this package and forty lines of JavaScript.

Nothing is fetched: the script and the style travel with the page. The component gives two states: `pick`, what was
clicked or chosen by keyboard, and `width`, the room that the page has for the map.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
MAP_KEY = "teammap"
MATRIX_KEY = "matrix"

_mount = st.components.v2.component(
    "squad-topology.teammap",
    html='<div class="map"></div>',
    css=(_HERE / "picture.css").read_text("utf-8") + "\n",
    js=(_HERE / "picture.js").read_text("utf-8") + "\n",
)


def show_picture(
    svg: str,
    *,
    width: int,
    selected: str | None,
    escapes: bool,
    on_pick: Callable[[str], None],
    on_width: Callable[[int], None] | None = None,
    key: str = MAP_KEY,
) -> None:
    """Shows the SVG of a map, or (with a key of its own) of a matrix.

    `on_pick` is called before the next run with the id of a team, `card:ID` of a card, or "" when the selected team is
    picked again or Escape is pressed while there is something to let go of (`escapes`).
    """

    def picked() -> None:
        pick = _state(key).get("pick") or {}
        on_pick(str(pick.get("id", "")))

    def resized() -> None:
        found = _state(key).get("width")
        if on_width and isinstance(found, int | float) and 200 <= found <= 8000:
            on_width(int(found))

    data = {"svg": svg, "width": width, "selected": selected or "", "escapes": escapes}
    _mount(key=key, data=data, on_pick_change=picked, on_width_change=resized)


def _state(key: str) -> dict[str, Any]:
    found = st.session_state.get(key)
    return dict(found) if found else {}
