"""What to look at this week."""

import datetime as dt
from statistics import median

import streamlit as st

from topology.app import choices, state
from topology.app.chrome import no_data
from topology.app.markdown import bullets, escaped
from topology.app.notices import MONTH, Notice, Then, between_streams, changes_since, coming, of_the_map, within_squads
from topology.app.squad_facts import SEVERITY
from topology.clans.groupings import grouping_name
from topology.delivery import FileReport
from topology.report.text import summary

QUARTER_WEEKS = 13
EARLIER = dt.timedelta(weeks=40)  # the window to compare with ends this long before, so that a year of data holds both

organisation = state.organisation()
day = choices.chosen_day()
events = state.events()
LEAD_TIME = ("change-lead-time",)
readings = state.readings(state.scope(day), LEAD_TIME)
then = day - EARLIER if events.last_day else None
before = Then(then, state.readings(state.scope(then), LEAD_TIME)) if then else None


def show(notice: Notice) -> None:
    """One notice: the sentence, its evidence, the way to the map or the squad."""
    with st.container(border=True):
        st.markdown(f"**{escaped(notice.text)}**" if notice.evidence else escaped(notice.text))
        for line in notice.evidence:
            st.markdown(escaped(line))
        query = {
            name: value
            for name, value in (("team", notice.team), ("overlay", notice.overlay), ("lit", notice.lit))
            if value
        }
        links = st.columns([2, 2, 6])
        links[0].page_link("topology/app/pages/map.py", label="See it on the map", query_params=query)
        if notice.team:
            links[1].page_link(
                "topology/app/pages/squad.py", label="Open the squad's page", query_params={"team": notice.team}
            )


def freshness(file: FileReport) -> str:
    """A bullet for a file, and below it the first rows that were left out."""
    left_out = [str(row) for row in file.left_out[:3]]
    return bullets([file.summary]) + "".join(f"\n    - {escaped(line)}" for line in left_out)


st.title(escaped(organisation.title))
teams = organisation.teams_on(day)
kinds = {"stream-aligned": "squad", "platform": "platform team", "enabling": "enabling team",
         "complicated-subsystem": "subsystem team", "undefined": "team without a type"}  # fmt: skip
numbers = {word: sum(team.type == type_ for team in teams.values()) for type_, word in kinds.items()}
counts = [
    f"{count} {word if count == 1 else word.replace('squad', 'squads').replace('team', 'teams')}"
    for word, count in numbers.items()
    if count
]
st.caption(
    f"{', '.join(counts) or 'no teams'} on {day}"
    + ("" if day == state.today() else ", the last day with data" if day == state.last_day() else "")
)

st.header("What to look at this week")
streams = between_streams(state.clan_source(), day, then)
found = streams + within_squads(organisation, day, readings, before)
for notice in found:
    show(notice)
smaller = of_the_map(organisation, day)
if smaller:
    with st.container(border=True):
        for notice in smaller:
            st.page_link(
                "topology/app/pages/map.py", label=escaped(notice.text), query_params={"team": notice.team or ""}
            )
if not found and not smaller:
    st.write(
        "Nothing stands out on this day: no interaction past its end date, no open seat, no wide gap between a PM and an EM."
    )

st.header("What the rules find")
checked = state.checked(day)
aside = f"; {len(checked.suppressed)} suppressed in the file, with a reason" if checked.suppressed else ""
found_words = f"{escaped(summary(checked.findings) or 'No finding')}{aside}."
st.markdown(f"{found_words} `topology check --with-data` prints the same, and `topology rule CODE` says why.")
if checked.findings:
    with st.expander("Every finding, with its place"):
        st.dataframe(
            [
                {"Severity": SEVERITY[one.severity], "Finding": one.message, "What to do": one.help, "Rule": one.code,
                 "Line": one.place.line, "File": one.place.file}
                for one in checked.findings
            ],
            hide_index=True,
        )  # fmt: skip

st.header("Bridges between groups")
if not teams:
    st.write("There are no teams on this day.")
for clan in (one for one in state.clans(day).readings if one.layer == "observed"):
    grade = "" if clan.grade == "not enough data" else f" · {clan.told}"
    st.markdown(f"**{escaped(grouping_name(clan.grouping))}**{grade} · {escaped(clan.sentence)}")
st.page_link("topology/app/pages/clans.py", label="Open Clans: the four tests, the missing bridges, what would help")

left, right = st.columns(2)
with left:
    st.header("Since last month, by the dates in the file")
    st.markdown(bullets(changes_since(organisation, day, day - MONTH) or ["Nothing in the file has begun or ended."]))
    st.header("The next eight weeks, by the dates in the file")
    st.markdown(bullets(coming(organisation, day, day + 2 * MONTH) or ["Nothing in the file begins or ends."]))
with right:
    st.header("The two leaders' ritual")
    slots = state.rituals(
        "executive", day - dt.timedelta(weeks=QUARTER_WEEKS) + dt.timedelta(days=1), day + dt.timedelta(days=1)
    )
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
