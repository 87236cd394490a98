"""`make app`: starts the server for one organisation, on this machine only."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Reads MODEL and PORT, says what it does, and becomes the Streamlit server."""
    root = Path(__file__).resolve().parents[2]
    model = Path(os.environ.get("MODEL") or "squads.yaml")
    if not model.exists():
        sys.exit(f"There is no organisation at {model}. Name a YAML file or a folder: make app MODEL=path")
    port = os.environ.get("PORT") or "8501"
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT={port} is not a port; expected a number from 1 to 65535.")
    folder = (model if model.is_dir() else model.parent).resolve()
    environment = {**os.environ, "TOPOLOGY_MODEL": str(model.resolve())}
    sys.stdout.write(f"Opening {model} on http://localhost:{port} (Ctrl+C stops it) ...\n")
    sys.stdout.flush()
    os.chdir(root)  # Streamlit reads .streamlit/config.toml from here
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", port]
    for watched in (folder, folder / "data"):
        if watched.is_dir():
            command += ["--server.folderWatchList", str(watched)]
    os.execve(sys.executable, command, environment)


if __name__ == "__main__":
    main()
