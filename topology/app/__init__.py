"""The web app: pages, what a session chose, and the registry of open organisations. The only home of Streamlit."""
