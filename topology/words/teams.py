"""A team's seats, interactions, people and objectives, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from topology.language import Terms, sentence
from topology.model import Interaction, Organisation
from topology.model.people import Lead

SIDES = Terms("teams.SIDES", {"product": "Product", "tech": "Tech", "other": "Others"})
SEVERITIES = Terms("teams.SEVERITIES", {"error": "Error", "warning": "Warning", "info": "Info"})


@sentence
def seat_text(organisation: Organisation, seat: Lead | None, day: dt.date) -> str:
    """Who sits there on a day: a name, a name with "acting", "vacant", or "not declared"."""
    if seat is None:
        return "not declared"
    if not seat.filled_on(day) or seat.person is None:
        return "vacant"
    return organisation.person_name(seat.person) + (" (acting)" if seat.status == "acting" else "")


@sentence
def interaction_text(organisation: Organisation, team: str, interaction: Interaction, day: dt.date) -> str:
    """An interaction as one of its teams sees it, with its state and dates."""
    words = " and ".join(_relations(organisation, team, interaction))
    dates = " ".join(f"{key} {value}" for key, value in
                     (("from", interaction.since), ("to", interaction.until), ("ended", interaction.ended)) if value)  # fmt: skip
    return f"{words} — {interaction.state(day)}{', ' + dates if dates else ''}"


def _relations(organisation: Organisation, team: str, interaction: Interaction) -> Iterator[str]:
    names = organisation.team_name
    for first, second in interaction.pairs:
        if interaction.mode == "collaboration" and team in (first, second):
            yield f"collaborates with {names(second if team == first else first)}"
        elif interaction.mode == "x-as-a-service" and team == first:
            yield f"serves {names(second)}"
        elif interaction.mode == "x-as-a-service" and team == second:
            yield f"uses {names(first)}"
        elif interaction.mode == "facilitating" and team == first:
            yield f"helps {names(second)}"
        elif interaction.mode == "facilitating" and team == second:
            yield f"is helped by {names(first)}"
