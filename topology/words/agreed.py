"""What was agreed in workshops: actions and agreements, in words."""

from __future__ import annotations

import datetime as dt

from topology.language import Terms, sentence
from topology.model import Action, Agreement, Organisation
from topology.words.lists import listed

STATUS = Terms("agreed.STATUS", {"open": "open", "done": "done", "dropped": "dropped", "carried": "carried over"})
SEEN = Terms("agreed.SEEN", {"moving": "on its way", "stuck": "stuck", "done": "done"})
KINDS = Terms(
    "agreed.KINDS",
    {
        "different-on-purpose": "Different on purpose",
        "description": "Described together",
        "working-agreement": "Working agreement",
    },
)


@sentence
def action_sentence(organisation: Organisation, action: Action, day: dt.date) -> str:
    """`Say how to reach Identity checks: dalia and damien, by 2027-01-15; on its way (2026-10-20: …).`"""
    owners = [organisation.person_name(one) for one in (action.product_owner, action.tech_owner) if one]
    by = f", by {action.due}" if action.due else ""
    late = f", {(day - action.due).days} days ago" if action.due and action.overdue(day) else ""
    return f"{action.title}: {listed(owners) or 'nobody owns it'}{by}{late}{_state(action, day)}"


def _state(action: Action, day: dt.date) -> str:
    if not action.open_on(day):
        came = f": {action.outcome}" if action.outcome else ""
        return f"; {STATUS[action.status]}{f' on {action.closed}' if action.closed else ''}{came}"
    seen = [one for one in action.checks if one.day <= day]
    if not seen:
        return ""
    note = f": {seen[-1].note}" if seen[-1].note else ""
    return f"; {SEEN[seen[-1].state]} on {seen[-1].day}{note}"


@sentence
def agreement_sentence(agreement: Agreement) -> str:
    """`Different on purpose: No interviews … (looked at again on 2027-03-01).`"""
    again = f" (looked at again on {agreement.until})" if agreement.until else ""
    return f"{KINDS[agreement.kind]}: {agreement.text or 'nothing is written'}{again}"


@sentence
def workshop_heading(organisation: Organisation, workshop: str) -> str:
    """`Payments and Onboarding, third quarter, held on 2026-08-25`."""
    found = organisation.workshops[workshop]
    return f"{found.name or workshop}, held on {found.held}"
