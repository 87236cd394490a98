"""The web app from a clone: `streamlit run app.py`. Everything is under topology/app."""

from streamlit.starlette import App

from topology.app.server import ENTRY, GUARD

app = App(ENTRY, middleware=GUARD)
