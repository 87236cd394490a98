"""What to look at this week."""

import datetime as dt
from statistics import median

import streamlit as st

from topology.app import choices
from topology.app.chrome import no_data, page_link
from topology.app.registry import workspace
from topology.report.text import summary
from topology.view.agreed import agreed
from topology.view.markdown import bullets, escaped
from topology.view.maturity.prompts import gaps_of
from topology.view.notices import (
    MONTH,
    Notice,
    Then,
    between_streams,
    changes_since,
    coming,
    fell_silent,
    of_the_map,
    within_squads,
)
from topology.view.overview import finding_rows, freshness, team_counts
from topology.words.clans import grade_words, reading_sentence

PAGE = {"title": "Overview", "order": 1}
QUARTER_WEEKS = 13
EARLIER = dt.timedelta(weeks=40)  # the window to compare with ends this long before, so that a year of data holds both
LEAD_TIME = ("change-lead-time",)

opened = workspace()
organisation, day, events = opened.organisation, choices.chosen_day(), opened.events
readings = opened.readings(opened.scope(day), LEAD_TIME)
then = day - EARLIER if events.last_day else None
before = Then(then, opened.readings(opened.scope(then), LEAD_TIME)) if then else None


def show(notice: Notice) -> None:
    """One notice: the sentence, its evidence, the way to the map or the squad."""
    with st.container(border=True):
        st.markdown(f"**{escaped(notice.text)}**" if notice.evidence else escaped(notice.text))
        for line in notice.evidence:
            st.markdown(escaped(line))
        links = st.columns([2, 2, 6])
        with links[0]:
            page_link("map", "See it on the map", team=notice.team, overlay=notice.overlay, lit=notice.lit)
        if notice.team:
            with links[1]:
                page_link("squad", "Open the squad's page", team=notice.team)


st.title(escaped(organisation.title))
when = "" if day == opened.today else ", the last day with data" if day == opened.last_day else ""
st.caption(f"{team_counts(organisation, day) or 'no teams'} on {day}{when}")

st.header("What to look at this week")
silent = fell_silent(opened.window(day))
streams = between_streams(opened.window(day), opened.window(then) if then else None)
found = silent + streams + within_squads(organisation, day, readings, before)
for notice in found:
    show(notice)
sides = gaps_of(opened, day)
for dimension, (text, evidence) in sides.items():
    with st.container(border=True):
        st.markdown(f"**{escaped(text)}.**")
        st.markdown(escaped(evidence))
        page_link("maturity", "See the question, the interval and the squads", dimension=dimension)
smaller = of_the_map(organisation, day)
if smaller:
    with st.container(border=True):
        for notice in smaller:
            page_link("map", escaped(notice.text), team=notice.team)
if not found and not sides and not smaller:
    st.write(
        "Nothing stands out on this day: no interaction past its end date, no open seat, no wide gap between a PM and an EM."
    )

agreements = agreed(organisation, day)
if agreements:
    st.header("What was agreed")
    for workshop, lines in agreements.items():
        st.markdown(f"**{escaped(workshop)}**\n\n{bullets(lines)}")

st.header("What the rules find")
checked = opened.checked(day, with_data=True)
aside = f"; {len(checked.suppressed)} suppressed in the file, with a reason" if checked.suppressed else ""
found_words = f"{escaped(summary(checked.findings) or 'No finding')}{aside}."
st.markdown(f"{found_words} `topology check --with-data` prints the same, and `topology rule CODE` says why.")
if checked.findings:
    with st.expander("Every finding, with its place"):
        st.dataframe(finding_rows(checked.findings), hide_index=True)

st.header("Bridges between groups")
if not organisation.teams_on(day):
    st.write("There are no teams on this day.")
for clan in (one for one in opened.clans(day).readings if one.layer == "observed"):
    grade = f" · {grade_words(clan)}" if clan.tells else ""
    st.markdown(f"**{escaped(clan.partition.name)}**{grade} · {escaped(reading_sentence(organisation, clan))}")
page_link("clans", "Open Clans: the four tests, the silent pairs, what would help")

left, right = st.columns(2)
with left:
    st.header("Since last month, by the dates in the file")
    st.markdown(bullets(changes_since(organisation, day, day - MONTH) or ["Nothing in the file has begun or ended."]))
    st.header("The next eight weeks, by the dates in the file")
    st.markdown(bullets(coming(organisation, day, day + 2 * MONTH) or ["Nothing in the file begins or ends."]))
with right:
    st.header("The two leaders' ritual")
    quarter = (day - dt.timedelta(weeks=QUARTER_WEEKS) + dt.timedelta(days=1), day + dt.timedelta(days=1))
    slots = opened.rituals("executive", *quarter)
    if slots is None:
        no_data(
            "the weekly slot of the CPO and the CTO",
            "rituals.csv",
            "id,team,kind,planned_at,held,minutes\nweek-1,,executive,2026-11-16T09:00:00Z,yes,45",
        )
    else:
        minutes = [slot["minutes"] for slot in slots if slot["held"] and slot["minutes"]]
        st.markdown(
            f"Held in **{sum(bool(slot['held']) for slot in slots)} of {len(slots)}** planned weeks of the last {QUARTER_WEEKS}"
            + (f"; median {median(minutes):.0f} minutes." if minutes else ".")
        )
    st.header("How fresh the data is")
    if not events.report.files:
        no_data(
            "delivery and contact",
            "deployments.csv",
            "id,service,finished_at,result\n1,checkout-web,2026-11-16T14:03:00Z,success",
        )
    st.markdown("\n".join(freshness(file) for file in events.report.files))
    if events.last_day:
        st.caption(f"The last event was on {events.last_day}.")
