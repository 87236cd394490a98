"""The Map page while a draft is open: the bar, one of its three views, the foot."""

from __future__ import annotations

import streamlit as st

from topology.app import choices
from topology.app.chrome import palette
from topology.app.component import show_picture
from topology.app.drafting import state
from topology.app.drafting.bar import show_bar
from topology.app.drafting.follows import show_follows
from topology.app.drafting.foot import show_foot
from topology.app.drafting.meanwhile import show_meanwhile
from topology.app.drafting.pull_request import show_pull_request
from topology.app.drafting.style import style
from topology.app.registry import workspace
from topology.planning.consequences import Outcome
from topology.view.markdown import escaped
from topology.view.teammap.svg import Look, draw_map
from topology.view.whatif import layout_of, marks_of, versions_of


def show_draft() -> None:
    """Shows it."""
    style(palette())
    for name in ("team", "tie", "day"):  # (a link may name them)
        choices.chosen(name, "")
    opened = state.current()
    found = state.plan_of(opened.draft)
    follows = state.outcome_of(found)
    view = show_bar(opened, found, follows)
    if opened.why:
        st.warning(escaped(opened.why))
    show_meanwhile(opened, found)
    if view == "follows":
        show_follows(follows)
    elif view == "pull-request":
        show_pull_request(opened, follows)
    else:
        _show_map(follows)
    show_foot(opened)
    shared = {name: choices.choice(name) for name in ("draft", "team", "tie", "day", "open")}
    choices.share_in_address(**shared, overlay="", lit="")


def _show_map(follows: Outcome) -> None:
    """The map of the draft, or of the organisation before it on the same places."""
    opened, found = workspace(), follows.plan
    team, tie, earlier = choices.choice("team"), choices.choice("tie"), choices.choice("before") == "yes"
    card = choices.choice("open")
    width, room = max(300, choices.room()), choices.room()
    last = found.steps[-1] if found.steps else None
    both = opened.once(("versions", last, follows.day), lambda: versions_of(found, follows.day))
    layout = opened.once(
        ("versions laid out", both, width, earlier, team, card),
        lambda: layout_of(both, width, team, card, earlier=earlier),
    )
    marks = marks_of(found, both, picked=tie, earlier=earlier)
    title = f"Team map of {opened.organisation.title} {'before' if earlier else 'with'} the draft, on {follows.day}"
    show_picture(
        draw_map(layout, Look(palette(), selected=team or None, title=title, draft=marks)), width=room,
        selected=team or (f"tie:{tie}" if tie else None), escapes=bool(team or tie or card), on_pick=choices.pick_on_map,
        on_width=choices.keep_room,
    )  # fmt: skip
    if earlier:
        st.caption("The organisation before the draft. B shows the draft again.")
