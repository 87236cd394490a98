"""The surveys beside the organisation that the server was started for."""

from __future__ import annotations

from topology.app.registry import model_path
from topology.source.settings import SettingsError, load_settings, state_database
from topology.store.database import StoreError
from topology.store.opening import surveys_at
from topology.store.surveys import Surveys
from topology.store.values import Survey


def surveys() -> Surveys | None:
    """The surveys; None where none was ever opened. Raises StoreError where they cannot be read."""
    try:
        return surveys_at(state_database(model_path(), load_settings(model_path())))
    except SettingsError as error:
        raise StoreError(str(error)) from None


def running(known: Surveys) -> Survey | None:
    """The survey that is open; None where there is none."""
    found = map(known.survey, known.names())
    return next((one for one in found if one.is_open), None)
