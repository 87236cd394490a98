"""Links to what a team answered, for the team alone: signed, and good for as long as the survey stands in the database."""

from __future__ import annotations

from itsdangerous import BadData, URLSafeSerializer

from topology.store.database import StoreError
from topology.store.surveys import Surveys
from topology.store.values import Survey

SALT = "report"


def report_word(survey: Survey, team: str) -> str:
    """The last part of the address of a team's report."""
    return f"{survey.name}.{URLSafeSerializer(survey.reports_key, salt=SALT).dumps(team)}"


def report_of(surveys: Surveys, word: str) -> tuple[Survey, str] | None:
    """(survey, team) of such a link; None for one that is not ours, or whose survey is gone."""
    name, _, signed = word.partition(".")
    try:
        survey = surveys.survey(name)
        team = URLSafeSerializer(survey.reports_key, salt=SALT).loads(signed)
    except (BadData, StoreError):
        return None
    return (survey, team) if team in survey.asked.teams else None
