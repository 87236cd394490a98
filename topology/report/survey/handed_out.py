"""The links of a survey as they are handed out: a CSV, or a page of cards with a QR code each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from topology.maturity.voices.asking import Asked
from topology.model import Organisation
from topology.report.table.as_csv import render
from topology.store.values import Kind, NewLink

COLUMNS = ("team", "person", "email", "for", "number", "link")
FOR = {Kind.ANSWER: "answers", Kind.PM: "signs as product manager", Kind.EM: "signs as engineering manager"}


def links_csv(links: Sequence[NewLink], asked: Asked, address: str, _: dt.datetime, organisation: Organisation) -> str:
    """A row a link, by team and person."""
    rows = [
        {
            "team": asked.teams[one.team].name, "person": _name(one, organisation), "email": _email(one, organisation),
            "for": FOR[one.kind], "number": one.number, "link": f"{address}/s/{one.token}",
        }
        for one in _by_team(links, asked)
    ]  # fmt: skip
    return render(rows, COLUMNS)


def cards_page(links: Sequence[NewLink], asked: Asked, address: str, closes: dt.datetime, _: Organisation) -> str:
    """A page to print and cut: a block a team, a card a link, in the order of the numbers, which chance gave."""
    teams = []
    ordered = _by_team(links, asked)
    for id_, team in asked.teams.items():
        cards = [
            {"qr": _qr(f"{address}/s/{one.token}"), "link": f"{address}/s/{one.token}", "number": one.number,
             "who": f"{one.person}, {FOR[one.kind]}" if one.kind != Kind.ANSWER else ""}
            for one in ordered if one.team == id_
        ]  # fmt: skip
        teams.append({"name": team.name, "cards": cards})
    folder = Path(__file__).parent
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("cards.html").render(
        organisation=asked.organisation,
        teams=teams,
        count=len(asked.items),
        minutes=asked.minutes,
        closes=f"{closes:%d %B, %H:%M}",
    )


def reports_csv(words: Sequence[tuple[str, str]], address: str) -> str:
    """A row a team with the link to its own totals, from (name, last part of the address)."""
    rows = [{"team": name, "link": f"{address.rstrip('/')}/r/{word}"} for name, word in words]
    return render(rows, ("team", "link"))


def _by_team(links: Sequence[NewLink], asked: Asked) -> list[NewLink]:
    teams = list(asked.teams)
    return sorted(links, key=lambda one: (teams.index(one.team), one.person or "", one.kind, one.number))


def _name(link: NewLink, organisation: Organisation) -> str:
    """The name of a person; a lead's is a name already."""
    return organisation.person_name(link.person) if link.person and link.kind == Kind.ANSWER else link.person or ""


def _email(link: NewLink, organisation: Organisation) -> str:
    person = organisation.people.get(link.person or "") if link.kind == Kind.ANSWER else None
    return next(iter(person.accounts.get("email", ())), "") if person else ""


def _qr(address: str) -> Markup:
    """A QR code as SVG, to stand in the page. (The library escapes nothing, and needs not: the address becomes squares.)"""
    return Markup(segno.make(address, error="m").svg_inline(scale=3, omitsize=False))
