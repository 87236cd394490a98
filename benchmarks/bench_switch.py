"""A switch to another metric on the Delivery page, as a ratio to reading the tables and computing it in pandas.

1 000 squads, 200 000 deployments, 600 000 changes; the page as Streamlit's test runner draws it: sentences, two dozen charts, the
rows behind a number. pandas computes the headline alone, from the same file, as a notebook that is run again would.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from bench_delivery import SQUADS, in_pandas, make

METRICS = ("change-lead-time", "change-fail-rate", "flow-time", "deployment-frequency")


def main() -> None:
    """Prints the seconds of both for each metric, and their ratio."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make(folder / "events.duckdb", 0.1)
        teams = "".join(f"  squad-{i}: {{services: {{service-{i}: {{}}}}}}\n" for i in range(SQUADS))
        (folder / "squads.yaml").write_text(f"version: 1\nteams:\n{teams}", "utf-8")
        (folder / "topology.toml").write_text('[data]\nsource = "events.duckdb"\n', "utf-8")
        pandas = in_pandas(folder / "events.duckdb")
        for metric, seconds in switches(folder / "squads.yaml").items():
            other = pandas["load"] + pandas[metric]
            print(f"{metric:24} page {seconds:.2f} s, pandas {other:.2f} s ({other / seconds:.1f} times)")


def switches(file: Path) -> dict[str, float]:
    """{metric: seconds until the page stands}, one after the other, each for the first time."""
    from streamlit.testing.v1 import AppTest

    from topology.server.application import ENTRY

    os.environ["TOPOLOGY_MODEL"] = str(file)
    app = AppTest.from_file(ENTRY, default_timeout=120).run()
    app.query_params["day"] = "2026-11-22"
    app.switch_page("../pages/delivery.py")
    app.run()
    found = {}
    choice = next(one for one in app.selectbox if one.label == "Metric")
    choice.set_value("flow-load").run()  # (the page's own modules are loaded with the first switch)
    for metric in METRICS:
        start = time.perf_counter()
        next(one for one in app.selectbox if one.label == "Metric").set_value(metric).run()
        found[metric] = time.perf_counter() - start
        assert not app.exception
    return found


if __name__ == "__main__":
    main()
