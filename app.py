"""The web app from a clone: `streamlit run app.py`. Everything is under topology/app."""

from topology.app.main import main

main()
