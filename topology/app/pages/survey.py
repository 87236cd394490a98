"""Survey: how many have answered, and for its facilitator the standing by team and the closing. Never who, when, or a result."""

import datetime as dt

import streamlit as st

from topology.app import choices, surveys
from topology.app.chrome import download, page_link, palette, plain_table
from topology.app.component import show_picture
from topology.app.registry import workspace
from topology.maturity.packs import PackError
from topology.report.survey.handed_out import reports_csv
from topology.store.database import StoreError
from topology.store.reports import report_word
from topology.store.surveys import Surveys
from topology.store.values import Standing, Survey
from topology.view.markdown import bullets, escaped
from topology.view.slots import draw_slots
from topology.view.survey import (
    closing_points,
    enough_words,
    reminder_words,
    rows_of,
    said_of,
    teams_of,
    title_of,
    total_of,
    unsigned_words,
)
from topology.words.maturity import purpose
from topology.words.voices import closed_words

PAGE = {"title": "Survey", "order": 4.7}
WORD = "facilitator's word"
WIDE = 700  # below, the two halves stand one under the other


def none_open() -> None:
    """What a survey is, and how one is opened."""
    st.title("No survey is open")
    st.write(
        "A survey asks everybody twelve questions on the phone, four minutes, about how their team works. Nobody's answers are seen; "
        "totals are shown from five answers on, each team's own first."
    )
    st.code(
        'topology survey open 2026-12 --closes "2026-12-11 18:00" --address https://YOUR.ADDRESS --cards cards.html',
        language="sh",
    )
    page_link("maturity", "What was answered before")


def facilitated(known: Surveys) -> Survey | None:
    """The survey of the facilitator's link, which the session remembers so that it does not stay in the address."""
    if word := st.query_params.get("word"):
        st.session_state[WORD] = word
        del st.query_params["word"]
    return known.facilitated(st.session_state[WORD]) if WORD in st.session_state else None


def standing_by_team(standing: Standing) -> None:
    """A slot a person for each team."""
    room = choices.room() if choices.room() < WIDE else int(choices.room() * 0.46)
    picture = draw_slots(teams_of(standing), standing.survey.asked.least, palette(), room)
    show_picture(picture, width=room, selected=None, escapes=False, on_pick=lambda _: None, key="slots")
    with st.expander("The same as a table"):
        plain_table(rows_of(standing))


def beside(standing: Standing) -> None:
    """What is seen and what is not, the one reminder, a lost link, the signed positions."""
    st.subheader("What you see here, and what nobody sees")
    st.write("How many have answered. Not who, not when, and no result before the survey closes.")
    st.write(escaped(enough_words(standing)))
    with st.container(border=True):
        st.markdown("**Remind everybody**")
        st.write("One text for all; a reminder for those who have not answered would need to know who they are.")
        st.code(reminder_words(standing.survey, "en"), language=None, wrap_lines=True)
        st.code(reminder_words(standing.survey, "fr"), language=None, wrap_lines=True)
    with st.container(border=True):
        st.markdown("**A lost link**")
        st.write(f"Give a new one and void the old one by the number on it. {standing.void} voided so far.")
        st.code(f"topology survey replace {standing.survey.name} NUMBER", language="sh")
    with st.container(border=True):
        st.markdown("**Signed positions**")
        st.write(escaped(unsigned_words(standing)))


def closing(known: Surveys, survey: Survey) -> None:
    """The three lists of what closing does, and the name to write as a confirmation."""
    st.divider()
    st.header(f"Close the survey {survey.name}?")
    st.caption("It cannot be opened again, and the threshold cannot be changed.")
    for column, (heading, points) in zip(st.columns(3), closing_points(survey).items(), strict=True):
        column.markdown(f"**{heading}**\n\n{bullets(points)}")
    with st.form("close", border=True):
        sure = st.text_input(f"Write {survey.name} to confirm")
        if st.form_submit_button("Write the totals and destroy the answers", type="primary"):
            if sure.strip() != survey.name:
                st.error(f"Nothing was closed: the name is {survey.name}.")
            else:
                close(known, survey)


def close(known: Surveys, survey: Survey) -> None:
    """Closes it by the file as it is now."""
    opened = workspace()
    try:
        done = known.close(survey.name, opened.organisation, opened.pack, dt.datetime.now(dt.UTC).astimezone().date())
    except (PackError, StoreError) as error:
        st.error(escaped(str(error)))
        return
    st.session_state["closed"] = closed_words(done.answers, done.snapshot)
    st.rerun()


def after(survey: Survey) -> None:
    """What is left to do once a survey is closed."""
    st.title(escaped(f"The survey {survey.name} is closed"))
    if "closed" in st.session_state:
        st.success(escaped(st.session_state["closed"]))
    st.write(f"Each team reads its own totals now, the others from {survey.others_from} on.")
    words = [(team.name, report_word(survey, id_)) for id_, team in survey.asked.teams.items()]
    address = st.text_input("Where phones reach the app", placeholder="https://topology.example")
    name = f"reports-{survey.name}.csv"
    download("Links to the teams' own totals (CSV)", lambda: reports_csv(words, address), name, "text/csv")
    st.write("Then, for all:")
    st.code(f"topology survey positions {survey.name} --write\ntopology survey publish {survey.name}", language="sh")


try:
    known = surveys.surveys()
    mine = facilitated(known) if known else None
    current = mine or (surveys.running(known) if known else None)
except StoreError as error:
    st.error(escaped(f"The surveys cannot be read. {error}"))
    st.stop()
if known is None or current is None:
    none_open()
elif not current.is_open:
    after(current)
else:
    standing = known.standing(current.name, dt.datetime.now(dt.UTC).astimezone())
    st.title(title_of(standing))
    st.caption(escaped(said_of(standing)))
    if total := total_of(standing):
        st.progress(total[0] / total[1])
    st.info(purpose(), icon=None)
    if mine is None:
        st.write("By team only its facilitator sees it, with the link that opening the survey printed.")
    else:
        left, right = st.columns(2, gap="large")
        with left:
            standing_by_team(standing)
        with right:
            beside(standing)
        closing(known, current)
