"""The web app: `streamlit run app.py`, or `make app`. Everything is under topology/app."""

import streamlit as st

from topology.app.chrome import ICON, style
from topology.app.state import organisation_or_stop
from topology.app.watch import follow_files

st.set_page_config(page_title="Topology", page_icon=ICON, layout="wide")
style()
page = st.navigation(
    [
        st.Page("topology/app/pages/overview.py", title="Overview", url_path="overview", default=True),
        st.Page("topology/app/pages/map.py", title="Map", url_path="map"),
        st.Page("topology/app/pages/squad.py", title="Squad", url_path="squad"),
        st.Page("topology/app/pages/delivery.py", title="Delivery", url_path="delivery"),
        st.Page("topology/app/pages/clans.py", title="Clans", url_path="clans"),
        st.Page("topology/app/pages/alignment.py", title="Alignment", url_path="alignment"),
        st.Page("topology/app/pages/timeline.py", title="Timeline", url_path="timeline"),
    ],
    position="top",
)
follow_files()
organisation_or_stop()
page.run()
