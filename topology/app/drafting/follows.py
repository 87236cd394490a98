"""What follows from a draft: findings that come and go, the teams it touches, and what it does about contact."""

from __future__ import annotations

import streamlit as st

from topology.app import choices
from topology.app.registry import workspace
from topology.planning.consequences import Outcome
from topology.view.markdown import escaped
from topology.view.whatif import finding_rows, findings_html, team_rows, teams_html
from topology.view.whatif_clans import bridges_html, clans_of
from topology.words.lists import counted
from topology.words.planning import NOBODY_TALKS


def show_follows(follows: Outcome) -> None:
    """Three columns, each a question."""
    if not follows.plan.counting:
        st.info("Nothing follows from a draft without a change.", icon=None)
        return
    first, second, third = st.columns([4.4, 4.2, 3.6], gap="medium")
    with first:
        _findings(follows)
    with second:
        rows = team_rows(follows)
        st.subheader(f"The {counted(len(rows), 'team')} that it touches")
        st.html(teams_html(rows))
        st.caption(
            "▱ collaborations ○ help △ services. Cognitive load is the team's own assessment of 3 to 30 and does not move with a draft. "
            "**Added** is an assumption, in units of one team's collaboration (docs/clans.md); help is not counted."
        )
    with third:
        _clans(follows)


def _findings(follows: Outcome) -> None:
    st.subheader(f"Findings that come: {len(follows.come)}")
    st.html(findings_html(finding_rows(follows.come, together=False), help_=True))
    st.subheader(f"Findings that go: {len(follows.go)}")
    st.html(findings_html(finding_rows(follows.go, together=True), help_=False))
    st.caption(
        f"Both versions judged on {follows.day}, the first day on which all of the draft has begun (at most 13 weeks ahead)."
    )


def _clans(follows: Outcome) -> None:
    st.subheader("Value streams, contact that was seen")
    st.html(f'<div class="nobody"><b>{NOBODY_TALKS["short"]}</b> {NOBODY_TALKS["long"]}</div>')
    opened, day = workspace(), choices.chosen_day()
    with st.spinner("Comparing with chance ..."):
        told = opened.once(("clans of draft", follows.plan.steps[-1], day), lambda: clans_of(opened, follows, day))
    if told is None:
        st.write("Nothing is told of contact between value streams: there are no data, or no two value streams.")
        return
    for label, words in (("Before", told.before), ("After", told.after)):
        st.markdown(f"**{label}.** {escaped(words)}")
    if told.why:
        st.markdown(escaped(told.why))
    st.subheader("The silent pairs across")
    if not told.fates:
        st.write("No needed pair across is known to be silent.")
        return
    st.html(bridges_html(told.fates))
    st.caption(f"Look again on {told.again}: twelve weeks after all of the draft has begun.")
