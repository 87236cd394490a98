"""A baseline: the findings that an organisation had when it began to check, by fingerprint, so that only new ones show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from topology.rules.finding import Finding

FORMAT = 1


class BaselineError(ValueError):
    """A file that is not a baseline."""


def baseline_text(findings: Iterable[Finding]) -> str:
    """The text of a baseline file: one line a finding, in order, so that a review reads it."""
    known = {one.fingerprint: one.message for one in sorted(findings, key=lambda one: one.fingerprint)}
    return json.dumps({"topology-baseline": FORMAT, "findings": known}, indent=1, ensure_ascii=False) + "\n"


def read_baseline(file: Path) -> frozenset[str]:
    """The fingerprints of a baseline file. Raises BaselineError."""
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BaselineError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if not (
        isinstance(data, dict) and data.get("topology-baseline") == FORMAT and isinstance(data.get("findings"), dict)
    ):
        raise BaselineError(f"{file} is not a baseline; `topology baseline` writes one")
    return frozenset(data["findings"])
