"""The forms alone on a real server, for tests that end its process: `python -m tests.ballot.served PORT PLACE`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from topology.ballot.routes import routes
from topology.store.opening import surveys_at

NOW = dt.datetime(2026, 11, 9, 9, 30, tzinfo=dt.UTC)


def main() -> None:
    port, place = int(sys.argv[1]), sys.argv[2]
    surveys = surveys_at(place if "://" in place else Path(place))
    app = Starlette(routes=routes(lambda: surveys, lambda: NOW))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="info")


if __name__ == "__main__":
    main()
