"""The web app: pages, what a session chose, and the registry of open organisations. The only home of Streamlit."""

from pathlib import Path


def entry_file() -> Path:
    """The file that `streamlit run` takes; its settings stand beside it."""
    return Path(__file__).parent / "entry.py"
