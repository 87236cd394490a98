"""The web app from a clone: `streamlit run app.py`. Everything is under topology/app and topology/server."""

from streamlit.starlette import App

from topology.server.application import ENTRY, ROUTES
from topology.server.guard import GUARD

app = App(ENTRY, routes=ROUTES, middleware=GUARD)
