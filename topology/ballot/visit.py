"""One request for a form, as a value; and the pages that are the answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from topology.ballot.draft import COOKIE, Draft, draft_of
from topology.ballot.wording import Wording
from topology.maturity.voices.asking import OWN_DAYS, Asked
from topology.store.surveys import Surveys
from topology.store.values import Link, Survey

LANGUAGE_COOKIE = "language"
PAGE_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def rendered(template: str, t: Wording, status: int = 200, **values: Any) -> HTMLResponse:
    """A page. What templates always ask for has a blank."""
    blank: dict[str, Any] = {"error": "", "back": "", "organisation": "Topology", "keep": ""}
    text = _environment().get_template(f"{template}.html").render({**blank, **values, "t": t})
    return HTMLResponse(text, status, PAGE_HEADERS)


def message(
    t: Wording, title: Markup, *lines: Markup, status: int = 200, heading: str = "", points: tuple[Markup, ...] = (),
    last: str = "", **values: Any,
) -> HTMLResponse:  # fmt: skip
    """A page that says one thing."""
    return rendered("message", t, status, title=title, lines=lines, heading=heading, points=points, last=last, **values)


@dataclass(frozen=True)
class Visit:
    """Who asks: with which link, in which language, with what on the phone, and what was filled in."""

    surveys: Surveys
    token: str
    link: Link
    t: Wording
    now: dt.datetime
    path: Mapping[str, Any]
    query: Mapping[str, str]
    cookies: Mapping[str, str]
    form: FormData | None
    """What was filled in; None where a page was asked for."""
    secure: bool
    """Whether the page came by https."""

    @property
    def survey(self) -> Survey:
        """The survey of the link."""
        return self.link.survey

    @property
    def asked(self) -> Asked:
        """What the survey asks."""
        return self.survey.asked

    @property
    def root(self) -> str:
        """The address of the link."""
        return f"/s/{self.token}"

    @property
    def contact(self) -> str | Markup:
        """Whom to ask."""
        return self.asked.contact or self.t("contact_unnamed")

    @property
    def draft(self) -> Draft:
        """What is on the phone; else an empty one, for the team and side of the link."""
        blank = Draft(self.link.team, self.link.side, (None,) * len(self.asked.items))
        cookie = self.cookies.get(COOKIE, "")
        known = draft_of(
            cookie, self.survey.drafts_key, self.token, tuple(self.asked.teams), len(self.asked.items)
        ) if cookie else None  # fmt: skip
        return known or blank

    @property
    def number(self) -> int:
        """The number in the address; 0 for what is none."""
        text = str(self.path.get("number", ""))
        return int(text) if re.fullmatch("[0-9]{1,2}", text) else 0

    def field(self, name: str) -> str:
        """What was filled in; "" for nothing, and for a file."""
        value = self.form.get(name) if self.form is not None else None
        return value if isinstance(value, str) else ""

    def page(self, template: str, **values: Any) -> HTMLResponse:
        """A page of the survey."""
        common = {
            "organisation": self.asked.organisation, "root": self.root, "closes": self.t.moment(self.survey.closes),
            "least": self.asked.least, "days": OWN_DAYS, "count": len(self.asked.items),
        }  # fmt: skip
        return rendered(template, self.t, **{**common, **values})

    def to(self, step: object, draft: Draft | None = None) -> Response:
        """On to another page, with what is then on the phone."""
        place = str(step)
        address = f"{self.root}{'' if place.startswith('?') or not place else '/'}{place}"
        response = RedirectResponse(address, 303, PAGE_HEADERS)
        if draft is not None:
            sealed = draft.sealed(self.survey.drafts_key, self.token)
            left = int((self.survey.closes - self.now).total_seconds())
            response.set_cookie(
                COOKIE,
                sealed,
                max_age=max(left, 0),
                path=self.root,
                secure=self.secure or self.asked.address.startswith("https:"),
                httponly=True,
                samesite="lax",
            )
        return response

    def without_draft(self, response: Response) -> Response:
        """The same, and the phone forgets what was begun."""
        response.delete_cookie(COOKIE, path=self.root)
        return response
