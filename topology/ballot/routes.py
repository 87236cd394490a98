"""The addresses of the forms: `/s/LINK` to answer and to sign, `/r/WORD` for what a team answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from topology.ballot import answering, report, signing
from topology.ballot.draft import COOKIE
from topology.ballot.visit import LANGUAGE_COOKIE, Visit, message
from topology.ballot.wording import LANGUAGES, Wording, preferred, wording
from topology.store.database import StoreError
from topology.store.surveys import Surveys
from topology.store.values import Kind

MOST_BYTES = 20_000  # of what is filled in
LANGUAGE_SECONDS = 366 * 24 * 3600

OpenSurveys = Callable[[], Surveys | None]
Clock = Callable[[], dt.datetime]
Handler = Callable[[Visit], Response]
ANSWERING: dict[str, Handler] = {
    "": answering.start, "/me": answering.me, "/stop": answering.resume, "/again": answering.again,
    "/review": answering.review, "/sent": answering.sent, "/{number}": answering.question,
}  # fmt: skip
SIGNING: dict[str, Handler] = {"": signing.start, "/{number}": signing.position}


def routes(open_surveys: OpenSurveys, clock: Clock) -> list[BaseRoute]:
    """The routes; the surveys are looked for at each request, since one may be opened while the server runs."""
    forms = [
        Route(f"/s/{{token}}{path}", _endpoint(path, open_surveys, clock), methods=["GET", "POST"])
        for path in ANSWERING
    ]
    return [*forms, Route("/r/{word}", _report(open_surveys), methods=["GET"])]


def _endpoint(path: str, open_surveys: OpenSurveys, clock: Clock) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        form = await _form(request) if request.method == "POST" else None
        response = await run_in_threadpool(_answer, request, form, path, open_surveys, clock)
        return _remembering_language(request, response)

    return endpoint


async def _form(request: Request) -> FormData:
    """What was filled in; a body that is longer than any form's is refused before it is read."""
    size = 0
    chunks = []
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            raise HTTPException(413)
        chunks.append(chunk)
    request._body = b"".join(chunks)  # (so does `Request.body`, which would read on without an end)
    return await request.form(max_files=0, max_fields=50)


def _answer(request: Request, form: FormData | None, path: str, open_surveys: OpenSurveys, clock: Clock) -> Response:
    t, token = _wording(request), request.path_params["token"]
    try:
        surveys = open_surveys()
        link = surveys.link(token) if surveys is not None else None
        if surveys is None or link is None:
            return _unknown(t, token)
        visit = Visit(
            surveys, token, link, t, clock(), request.path_params, request.query_params, request.cookies, form,
            request.url.scheme == "https",
        )  # fmt: skip
        return _to_handler(visit, path)
    except StoreError:
        return _away(t)


def _away(t: Wording) -> Response:
    """That the surveys cannot be read now; what was begun stays on the phone."""
    return message(t, t("away.title"), t("away.text"), status=503)


def _to_handler(visit: Visit, path: str) -> Response:
    if not visit.survey.takes_answers(visit.now):
        return visit.without_draft(answering.closed(visit))
    if visit.link.kind != Kind.ANSWER:
        handler = SIGNING.get(path)
        return handler(visit) if handler else visit.to("")
    if visit.link.used and path != "/sent":
        return visit.without_draft(answering.used(visit))
    return ANSWERING[path](visit)


def _unknown(t: Wording, token: str = "") -> Response:
    """That a link opens nothing; what was begun with it goes from the phone."""
    response = message(t, t("unknown.title"), t("unknown.text"), t("unknown.contact"), status=404)
    response.delete_cookie(COOKIE, path=f"/s/{quote(token)}")
    return response


def _report(open_surveys: OpenSurveys) -> Callable[[Request], object]:
    def endpoint(request: Request) -> Response:
        t = _wording(request)
        try:
            surveys = open_surveys()
            found = report.page(surveys, request.path_params["word"], t) if surveys is not None else None
        except StoreError:
            return _away(t)
        return _remembering_language(request, found or _unknown(t))

    return endpoint


def _wording(request: Request) -> Wording:
    """The language that was asked for, else the one chosen before, else the phone's."""
    wanted = (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
    chosen = next((one for one in wanted if one in LANGUAGES), None)
    return wording(chosen or preferred(request.headers.get("accept-language", "")))


def _remembering_language(request: Request, response: Response) -> Response:
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE,
            request.query_params["lang"],
            max_age=LANGUAGE_SECONDS,
            path="/",
            httponly=True,
            samesite="lax",
        )
    return response
