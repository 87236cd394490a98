"""What the reader chose: kept for the session, carried by the address of the page, so that a view can be shared as a link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from topology.app.registry import workspace


def chosen(name: str, default: str) -> str:
    """A choice that a link can carry: a new one in the address first, then what this session chose before, then the default."""
    given = st.query_params.get(name)
    if given is not None and given != st.session_state.get(f"address:{name}"):
        st.session_state[f"choice:{name}"] = given
        st.session_state.pop(f"widget:{name}", None)
    st.session_state[f"address:{name}"] = given
    value: str = st.session_state.get(f"choice:{name}", default)
    return value


def choice(name: str) -> str:
    """What this session chose before; "" if nothing."""
    value: str = st.session_state.get(f"choice:{name}", "")
    return value


def choose(name: str, value: str) -> None:
    """Remembers a choice for this session."""
    st.session_state[f"choice:{name}"] = value


def widget(name: str, value: Any) -> str:
    """The key of the widget for a choice, set to `value` where the widget is new or a link has changed the choice.

    (A widget that is given a new default at each run loses every second edit.)
    """
    key = f"widget:{name}"
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def select(place: Any, label: str, name: str, options: Mapping[Any, str], default: str, **more: Any) -> Any:
    """A select box for a choice that a link can carry, over {value: words}; a value that is not there gives the default."""
    value = chosen(name, default)
    key = widget(name, value if value in options else default)
    if st.session_state[key] not in options:  # (what may be chosen depends on another choice)
        st.session_state[key] = default
    picked = place.selectbox(label, list(options), format_func=options.__getitem__, key=key, **more)
    choose(name, picked)
    return picked


def segments(label: str, name: str, options: Mapping[str, str], default: str, **more: Any) -> Any:
    """A segmented control for a choice that a link can carry, over {value: words}; it always has one that is chosen."""
    value = chosen(name, default)
    key = widget(name, value if value in options else default)
    if st.session_state[key] not in options:
        st.session_state[key] = default
    picked = st.segmented_control(label, list(options), format_func=options.__getitem__, key=key, **more) or default
    choose(name, picked)
    return picked


def share_in_address(**choices: str) -> None:
    """Writes the choices into the address, so that it can be sent to somebody; empty ones are left out."""
    for name, value in choices.items():
        st.session_state[f"address:{name}"] = value or None
        if value:
            if st.query_params.get(name) != value:
                st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


DEFAULT_WIDTH = 1220


def room() -> int:
    """The width that the page has for a map, as the component measured it."""
    width: int = st.session_state.get("map_width", DEFAULT_WIDTH)
    return width


def keep_room(width: int) -> None:
    """Remembers the width that the component measured."""
    st.session_state["map_width"] = width


def chosen_day() -> dt.date:
    """The day that the reader chose, else the last one with data."""
    try:
        day = dt.date.fromisoformat(chosen("day", ""))
    except ValueError:
        return workspace().last_day
    return day if 1970 <= day.year <= 2099 else workspace().last_day


def chosen_team() -> str | None:
    """The selected team, if it exists."""
    team = chosen("team", "")
    return team if team in workspace().organisation.teams else None


def pick_on_map(id_: str) -> None:
    """A click or a key on the map: a team, a card of a folded map (`card:ID`), or "" to let go of what is picked."""
    if id_.startswith("card:"):
        card = id_.removeprefix("card:")
        choose("open", "" if choice("open") == card else card)
        choose("team", "")
    elif id_.startswith("tie:"):
        choose("tie", id_.removeprefix("tie:"))
        choose("team", "")
    elif id_:
        choose("team", id_)
        choose("tie", "")
    elif choice("tie"):
        choose("tie", "")
    else:
        choose("team" if choice("team") else "open", "")
    choose("lit", "")
