"""Findings that were known before: those of a baseline, or of an earlier version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from topology.rules.finding import Finding

Known = Mapping[str, Sequence[str]]
"""{key of a finding: the message of each finding with that key}."""


def known_of(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """The findings as what is known of them."""
    found: dict[str, list[str]] = {}
    for one in findings:
        found.setdefault(one.key, []).append(one.message)
    return found


def unknown(findings: Iterable[Finding], known: Known) -> list[Finding]:
    """The findings that were not known, in their order.

    Of several with one key those with a known message are the known ones, then the first: so the one that is new is shown.
    """
    found = list(findings)
    left = {key: list(messages) for key, messages in known.items()}
    rest = []
    for one in found:
        messages = left.get(one.key, [])
        if one.message in messages:
            messages.remove(one.message)
        else:
            rest.append(one)
    new = []
    for one in rest:
        if left.get(one.key):
            left[one.key].pop()
        else:
            new.append(one)
    return new
