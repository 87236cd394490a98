"""What a team answered, for the team alone, in the days before the others read it: a signed link for each team."""

from __future__ import annotations

from starlette.responses import Response

from topology.ballot.visit import rendered
from topology.ballot.wording import Wording
from topology.store.reports import report_of
from topology.store.surveys import Surveys


def page(surveys: Surveys, word: str, t: Wording) -> Response | None:
    """The report of a team; None for a link that is not ours, or whose survey has been written for all."""
    known = report_of(surveys, word)
    snapshot = surveys.snapshot(known[0].name) if known else None
    if known is None or snapshot is None:
        return None
    survey, team = known
    counts = snapshot.teams.get(team, {})
    rows = [
        {
            "name": t.words(one.name), "asked": t.asked(one.question), "anchors": t.anchors(one.question),
            "counts": counts.get(one.question.item),
        }
        for one in survey.asked.questions
    ]  # fmt: skip
    return rendered(
        "report", t, organisation=survey.asked.organisation, team=survey.asked.teams[team].name, rows=rows,
        day=t.day(survey.others_from, short=True) if survey.others_from else "", contact=survey.asked.contact or t("contact_unnamed"),
    )  # fmt: skip
