"""The application that is served: Streamlit's own, with the forms as routes of the same server."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

from streamlit.starlette import App

from topology.app.surveys import surveys
from topology.ballot.routes import routes
from topology.server.guard import GUARD

ENTRY = str(files("topology").joinpath("app", "entry", "app.py"))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).astimezone()


ROUTES = routes(surveys, _now)


def application() -> App:
    """The app of `topology app`."""
    return App(ENTRY, routes=ROUTES, middleware=GUARD)
