"""`make app`: starts the server for one organisation, on this machine only."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path


def main() -> None:
    """Reads MODEL and PORT, says what it does, and runs the Streamlit server."""
    root = Path(__file__).resolve().parents[2]
    model = Path(os.environ.get("MODEL") or "squads.yaml")
    if not model.exists():
        sys.exit(f"There is no organisation at {model}. Name a YAML file or a folder: make app MODEL=path")
    port = os.environ.get("PORT") or "8501"
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT={port} is not a port; expected a number from 1 to 65535.")
    os.environ["TOPOLOGY_MODEL"] = str(model.resolve())
    sys.stdout.write(f"Opening {model} on http://localhost:{port} (Ctrl+C stops it) ...\n")
    sys.stdout.flush()
    os.chdir(root)  # Streamlit reads .streamlit/config.toml from here
    importlib.import_module("topology.app.state")  # the slow libraries, before the first reader waits for them
    from streamlit.web import cli

    sys.argv = ["streamlit", "run", "app.py", "--server.port", port]
    cli.main()


if __name__ == "__main__":
    main()
