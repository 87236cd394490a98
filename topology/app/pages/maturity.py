"""Maturity: where each team stands on each dimension by what can be seen, and its next step. No totals, no ranking."""

import streamlit as st

from topology.app import choices
from topology.app.chrome import page_link, palette, plain_table
from topology.app.component import show_picture
from topology.app.registry import workspace
from topology.maturity.packs import PackError
from topology.report.maturity import commonest_step, grid, rows
from topology.view.markdown import bullets, escaped
from topology.view.maturity.cells import View, beliefs_of, lasting_of, then_of
from topology.view.maturity.dimension import draw_dimension
from topology.view.maturity.grid import draw_grid
from topology.view.maturity.profile import draw_profile
from topology.view.maturity.prompts import short_form
from topology.words.maturity import criterion_words, level_words, purpose, source_words, step_words, view_words
from topology.words.voices import apart_words, beliefs_words, gap_words, lasting_words, voices_words

PAGE = {"title": "Maturity", "order": 4.5}
ALL = ""
PHONE = 700  # below, one dimension at a time


def pick(id_: str) -> None:
    """A click on a team's row: it is selected, here and on the map; again, or Escape, lets go."""
    choices.choose("team", id_)


opened, day = workspace(), choices.chosen_day()
organisation, room = opened.organisation, choices.room()

st.title("Maturity")
st.caption(source_words(f"{day:%d %B %Y}", len(opened.events.tables)))
st.info(purpose(), icon=None)
try:
    pack = opened.pack
except PackError as error:
    st.error("The pack that the settings name cannot be used:")
    st.code(str(error), language="text")
    st.stop()
with st.spinner("Looking at the evidence ..."):
    ratings = opened.maturity(day)
told, problems = opened.surveys(day)
voices, before = (told[-1] if told else None), (told[-2] if len(told) > 1 else None)
for problem in problems:
    st.warning(escaped(f"{problem.place}: {problem.message}"))
if voices:
    st.caption(escaped(voices_words(voices)))

# -- what to look at ----------------------------------------------------------------------------------------------

there = [name for name in pack.dimensions if any(one.team and one.dimension == name for one in ratings)]
names = {name: escaped(str(pack.dimensions[name].name)) for name in there}
if room >= PHONE or not there:
    names = {ALL: "All dimensions", **names}
shown = choices.select(st, "Look at", "dimension", names, next(iter(names)))
team = choices.chosen_team()
choices.share_in_address(
    dimension=shown, team=team or "", day=choices.chosen("day", ""), view=choices.chosen("view", "")
)

# -- the grid, or one dimension -------------------------------------------------------------------------------------

if shown:
    dimension, of_it = pack.dimensions[shown], [one for one in ratings if one.dimension == shown]
    st.subheader(escaped(f"{dimension.name}: {dimension.about}"))
    if found := commonest_step(of_it):
        words, count, of = found
        st.markdown(escaped(f"The next step of {count} of {of} teams: {words}."))
    with st.spinner("Looking at the evidence of the survey before ..."):
        then = then_of(opened, before) if before else None
    svg = draw_dimension(organisation, dimension, of_it, palette(), min(room, 1_000), team, voices, then)
    show_picture(
        svg, width=room, selected=team, escapes=bool(team), on_pick=pick, on_width=choices.keep_room, key="dimension"
    )
    item = dimension.question.item if dimension.question else ""
    if voices and item in voices.statistics:
        said = voices.statistics[item]
        st.markdown(bullets([gap_words(said), apart_words(said), beliefs_words(beliefs_of(voices, item, of_it))]))
    if then and before:
        st.markdown(bullets([lasting_words(lasting_of(then, shown, of_it), f"{before.closed:%d %B}")]))
    if voices and (short := short_form(pack, voices, shown)):
        st.markdown("The short form, all squads together:")
        st.markdown(bullets(short))
    with st.expander("What the levels ask"):
        st.markdown(
            bullets(
                f"Level {level}: {criterion_words(one)}"
                for level, listed in dimension.criteria.items()
                for one in listed
            )
        )
    with st.expander("The same as a table"):
        plain_table([{name: row[name] for name in ("team", "level", "aims_at", "next_step")} for row in rows(of_it)])
else:
    views = {"both": "Both readings"}
    views |= {"belief": "Answers − evidence"} if voices else {}
    views |= {"since": f"Since {before.closed:%d %B}"} if before else {}
    view: View = choices.segments("View", "view", views, "both") if len(views) > 1 else "both"
    with st.spinner("Looking at the evidence of that day ..."):
        then = then_of(opened, before) if before and view == "since" else None
    svg = draw_grid(organisation, pack, ratings, palette(), room, team, voices, view, then)
    show_picture(
        svg, width=room, selected=team, escapes=bool(team), on_pick=pick, on_width=choices.keep_room, key="grid"
    )
    st.caption(
        f"{view_words(view)} A block under the five dashes is the evidence, a frame the team's own aim. A click on a row opens its profile."
    )
    for one in (rating for rating in ratings if not rating.team):
        step = step_words(one)
        name = pack.dimensions[one.dimension].name
        st.markdown(escaped(f"{name}, of the organisation: {level_words(one)}.{f' Next: {step}.' if step else ''}"))
    with st.expander("The same as a table"):
        _, table = grid(organisation, pack, ratings)
        plain_table(table)

# -- one team -------------------------------------------------------------------------------------------------------

own = [one for one in ratings if one.team == team]
if team and own:
    st.header(escaped(f"{organisation.team_name(team)}: every criterion"))
    st.caption(
        "A level is reached when every measured criterion up to it is met, and at least half of each level's are measured."
    )
    show_picture(
        draw_profile(pack, own, palette(), room),
        width=room,
        selected=None,
        escapes=False,
        on_pick=lambda _: None,
        key="profile",
    )
    page_link("squad", "Open the squad", team=team)
