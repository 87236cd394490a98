"""A baseline: the findings that an organisation had when it began to check, so that only new ones show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from topology.rules.finding import Finding
from topology.rules.known import Known

FORMAT = 1


class BaselineError(ValueError):
    """A file that is not a baseline."""


def baseline_text(findings: Iterable[Finding]) -> str:
    """The text of a baseline file: one line a finding, in the order of their keys, so that a review reads it."""
    lines = sorted(json.dumps({"finding": one.key, "message": one.message}, ensure_ascii=False) for one in findings)
    body = ",\n".join(f"  {line}" for line in lines)
    return f'{{"topology-baseline": {FORMAT}, "findings": [\n{body}\n]}}\n'


def read_baseline(file: Path) -> Known:
    """What a baseline file knows. Raises BaselineError."""
    try:
        text = file.read_text("utf-8")
    except OSError as error:
        raise BaselineError(f"{file} cannot be read: {error.strerror}") from None
    except ValueError:
        text = ""
    try:
        data = json.loads(text)
        if data["topology-baseline"] != FORMAT:
            raise ValueError
        known: dict[str, list[str]] = {}
        for one in data["findings"]:
            known.setdefault(str(one["finding"]), []).append(str(one["message"]))
    except (TypeError, KeyError, ValueError, RecursionError):
        raise BaselineError(f"{file} is not a baseline; `topology baseline` writes one") from None
    return known
