"""An import of GitHub's JSON, as a ratio to reading the same file with `json.load`.

100 MB of pull requests with reviews and of deployments with statuses, of 1 000 services and 6 000 people. `--megabytes 10` makes a tenth.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

SERVICES, PEOPLE = 1_000, 6_000


def pull(number: int) -> dict[str, Any]:
    """A pull request, as the REST API and `gh` write it: with much that nobody needs."""
    hour = f"2026-{1 + number % 9:02}-{1 + number % 28:02}T{number % 20:02}"
    repository = f"acme/service-{number % SERVICES}"
    return {
        "number": number, "url": f"https://github.com/{repository}/pull/{number}", "title": "A change " * 6, "body": "What it does. " * 30,
        "author": {"login": f"dev-{number % PEOPLE}", "is_bot": False}, "createdAt": f"{hour}:00:00Z", "mergedAt": f"{hour}:30:00Z",
        "baseRefName": "main", "mergeCommit": {"oid": f"{number:040x}"}, "labels": [{"name": "feature"}], "additions": 10, "deletions": 2,
        "commits": [{"oid": f"{number:040x}", "authoredDate": f"{hour}:00:00Z", "messageBody": "Because. " * 20}],
        "reviews": [{"author": {"login": f"dev-{(number * 7 + i) % PEOPLE}"}, "submittedAt": f"{hour}:1{i}:00Z"} for i in range(2)],
    }  # fmt: skip


def deployment(number: int) -> dict[str, Any]:
    """A deployment with its status."""
    place = f"https://api.github.com/repos/acme/service-{number % SERVICES}/deployments/{number}"
    at = f"2026-{1 + number % 9:02}-{1 + number % 28:02}T{number % 20:02}:40:00Z"
    return {
        "id": number, "url": place, "statuses_url": f"{place}/statuses", "sha": f"{number:040x}", "environment": "production",
        "created_at": at, "payload": {"note": "x" * 200}, "statuses": [{"state": "success", "created_at": at}],
    }  # fmt: skip


def organisation() -> str:
    """A thousand services of a hundred teams, six thousand people."""
    people = "".join(f"  p{i}: {{accounts: {{github: dev-{i}}}}}\n" for i in range(PEOPLE))
    owned = [
        ", ".join(f"s{s}: {{repositories: [acme/service-{s}]}}" for s in range(t, SERVICES, 100)) for t in range(100)
    ]
    teams = "".join(f"  t{t}: {{services: {{{services}}}}}\n" for t, services in enumerate(owned))
    return f"version: 1\npeople:\n{people}teams:\n{teams}"


def main() -> None:
    """Prints the seconds of both, and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=float, default=100)
    chosen = parser.parse_args()
    from topology.interop import Asked, Who, merge
    from topology.interop.events.github import IMPORTER
    from topology.source import load

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        objects: list[dict[str, Any]] = []
        size = 0
        while size < chosen.megabytes * 1e6:
            number = len(objects)
            objects.append(deployment(number) if number % 4 == 0 else pull(number))
            size += 1_250 if number % 4 else 650
        file = folder / "saved.json"
        file.write_text(json.dumps(objects), "utf-8")
        (folder / "squads.yaml").write_text(organisation(), "utf-8")
        found = load(folder / "squads.yaml").organisation
        assert found is not None
        start = time.perf_counter()
        with file.open() as handle:
            json.load(handle)
        plain = time.perf_counter() - start
        options = {one.name: one.default for one in IMPORTER.options}
        start = time.perf_counter()
        imported = IMPORTER.read(Asked((str(file),), Who(found), "UTC", options))
        reading = time.perf_counter() - start
        merge(imported, folder / "data")
        whole = time.perf_counter() - start
        megabytes = file.stat().st_size / 1e6
    rows = {name: len(rows) for name, rows in imported.tables.items()}
    print(f"{megabytes:.0f} MB, {rows}: json.load {plain:.2f} s; read {reading:.2f} s ({reading / plain:.1f} times); "
          f"read and written {whole:.2f} s ({whole / plain:.1f} times)")  # fmt: skip


if __name__ == "__main__":
    main()
