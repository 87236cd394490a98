"""The web app. Pages hold layout only; what they show is computed by functions that know nothing of Streamlit."""
