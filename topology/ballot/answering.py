"""Answering: the first screen, a question a page, reading again, sending."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from starlette.responses import Response

from topology.ballot.draft import Draft
from topology.ballot.visit import Visit, message
from topology.maturity.voices.asking import OWN_DAYS
from topology.maturity.voices.tally import CHOICES, SIDES
from topology.model import Side
from topology.store.values import Sent


def start(visit: Visit) -> Response:
    """The first screen; where something was begun on this phone, how to go on."""
    if visit.draft.begun and visit.form is None:
        return resume(visit)
    if visit.form is None:
        return _first_screen(visit)
    side = _side(visit.field("side")) or visit.draft.side
    if side is None:
        return _first_screen(visit, error=visit.t("start.choose_side"))
    return visit.to(1, replace(visit.draft, side=side))


def _first_screen(visit: Visit, error: str = "") -> Response:
    workshop = dt.date.fromisoformat(visit.asked.workshop) if visit.asked.workshop else None
    return visit.page(
        "start", error=error, team=_team(visit), side=visit.draft.side, sides=SIDES,
        minutes=visit.asked.minutes, workshop=visit.t.day(workshop, short=True) if workshop else "",
    )  # fmt: skip


def resume(visit: Visit) -> Response:
    """How far somebody has come, and the way on."""
    done = sum(one is not None for one in visit.draft.choices)
    return visit.page("resume", done=done, next=visit.draft.missing)


def again(visit: Visit) -> Response:
    """Begins from the first question."""
    if visit.form is None:
        return visit.to("")
    return visit.without_draft(visit.to(""))


def me(visit: Visit) -> Response:
    """For which team and side somebody answers, where the file is wrong."""
    teams = {id_: team.name for id_, team in visit.asked.teams.items()}
    team = visit.field("team") if visit.field("team") in teams else visit.draft.team
    side = _side(visit.field("side")) or visit.draft.side
    if visit.form is not None:
        return visit.to("", replace(visit.draft, team=team, side=side))
    return visit.page("me", back=visit.root, teams=teams, team_id=team, side=side, sides=SIDES)


def question(visit: Visit) -> Response:
    """A question: its anchors, none chosen but by the one who answers."""
    number, count = visit.number, len(visit.asked.items)
    if not 1 <= number <= count or visit.draft.side is None:
        return visit.to("")
    if visit.form is None:
        return _question(visit, number)
    choice = visit.field("choice")
    if choice not in map(str, CHOICES):
        return _question(visit, number, error=visit.t("question.missing"))
    draft = visit.draft.with_choice(number, int(choice))
    return visit.to("review" if "review" in visit.query or number == count else number + 1, draft)


def _question(visit: Visit, number: int, error: str = "") -> Response:
    asked = visit.asked.questions[number - 1]
    then = "review" in visit.query
    return visit.page(
        "question", error=error, number=number, chosen=visit.draft.choices[number - 1], name=visit.t.words(asked.name),
        asked=visit.t.asked(asked.question), anchors=visit.t.anchors(asked.question),
        back=f"{visit.root}/review" if then else f"{visit.root}/{number - 1}" if number > 1 else visit.root,
        keep="&review" if then else "",
    )  # fmt: skip


def review(visit: Visit) -> Response:
    """All answers, each to be changed; sending them."""
    draft = visit.draft
    if draft.side is None or not draft.begun:
        return visit.to("")
    if visit.form is None:
        return _review(visit, draft)
    if (missing := draft.missing) is not None:
        name = visit.t.words(visit.asked.questions[missing - 1].name)
        error = visit.t("review.unfinished", name=name)
        return _review(visit, draft, error=error, link=f"{visit.root}/{missing}?review")
    choices = {
        item: choice for item, choice in zip(visit.asked.items, draft.choices, strict=True) if choice is not None
    }
    match visit.surveys.send(visit.token, draft.team, draft.side, choices, visit.now):
        case Sent.COUNTED:
            return visit.without_draft(visit.to("sent"))
        case Sent.USED:
            return visit.without_draft(used(visit))
        case _:
            return visit.without_draft(closed(visit))


def _review(visit: Visit, draft: Draft, error: str = "", link: str = "") -> Response:
    rows = []
    for number, (one, choice) in enumerate(zip(visit.asked.questions, draft.choices, strict=True), 1):
        if choice is None:
            words = str(visit.t("review.unanswered"))
        else:
            words = visit.t.anchors(one.question)[choice - 1] if choice else str(visit.t("question.cannot_tell"))
        name = visit.t.words(one.name)
        rows.append({"name": f"{number}. {name}" if one.short else name, "words": words})
    return visit.page("review", error=error, link=link, rows=rows, back=f"{visit.root}/{len(rows)}")


def sent(visit: Visit) -> Response:
    """Thanks, and what comes next."""
    if not visit.link.used:
        return visit.to("")
    t, closes = visit.t, visit.survey.closes
    points = [t("sent.closes", closes=t.day(closes, short=True)), t("sent.squad", days=OWN_DAYS)]
    if visit.asked.workshop:
        day = dt.date.fromisoformat(visit.asked.workshop)
        points.append(t("sent.workshop", workshop=t.day(day, short=True)))
    return message(
        t, t("sent.title"), t("sent.text"), heading=t("sent.next"), points=tuple(points), last=t("sent.done"),
        organisation=visit.asked.organisation,
    )  # fmt: skip


def used(visit: Visit) -> Response:
    """That answers were sent with the link already."""
    t = visit.t
    return message(
        t, t("used.title"), t("used.text"), status=410, heading=t("used.not_you"), points=(t("used.tell", contact=visit.contact),),
        organisation=visit.asked.organisation,
    )  # fmt: skip


def closed(visit: Visit) -> Response:
    """That the survey takes no answer any more."""
    t = visit.t
    return message(
        t, t("closed.title", closes=t.moment(visit.survey.closes)), t("closed.text"), t("closed.contact", contact=visit.contact),
        status=410, organisation=visit.asked.organisation,
    )  # fmt: skip


def _side(value: str) -> Side | None:
    return value if value in SIDES else None


def _team(visit: Visit) -> str:
    return visit.asked.teams[visit.draft.team].name
