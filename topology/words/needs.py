"""Why the work of two teams needs the other."""

from __future__ import annotations

from topology.graph.networks import Depends, Reason
from topology.language import sentence
from topology.model import Organisation


@sentence
def reason_words(organisation: Organisation, reason: Reason) -> str:
    """`Checkout waits for Identity checks (blocking): …`, `both own the service pay`."""
    if isinstance(reason, Depends):
        verb = "needs" if reason.kind == "ok" else "waits for"
        kind = "" if reason.kind == "ok" else f" ({reason.kind})"
        because = f": {reason.because}" if reason.because else ""
        return f"{organisation.team_name(reason.team)} {verb} {organisation.team_name(reason.on)}{kind}{because}"
    shares = {"service": "own the service", "domain": "work in the domain"}[reason.what]
    return f"both {shares} {reason.name}"
