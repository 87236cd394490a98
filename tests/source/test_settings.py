"""topology.toml and [tool.topology]."""

from __future__ import annotations

from pathlib import Path

import pytest

from topology.source.settings import SettingsError, data_source, load_settings


def test_none_is_needed(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "squads.yaml")
    assert (settings.data.timezone, settings.delivery.incident_horizon_days) == ("UTC", 7)
    assert data_source(tmp_path / "squads.yaml", settings) == tmp_path / "data/"


def test_they_are_read_beside_the_file_or_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "topology.toml").write_text('[data]\ntimezone = "Europe/Paris"\n')
    assert load_settings(tmp_path / "squads.yaml").data.timezone == "Europe/Paris"
    assert load_settings(tmp_path).data.timezone == "Europe/Paris"


def test_pyproject_can_hold_them(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.topology.data]\nsource = "events"\n')
    assert load_settings(tmp_path).data.source == "events"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[data]\ntimezon = "UTC"\n', "Did you mean `timezone`"),
        ("[dta]\n", "Did you mean `data`"),
        ('[data]\ntimezone = "Mars/Base"\n', "no time zone `Mars/Base`"),
        ("[data\n", "topology.toml"),
        ('[delivery]\nincident_horizon_days = "x"\n', "delivery.incident_horizon_days"),
    ],
)
def test_wrong_settings_say_what_is_wrong(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "topology.toml").write_text(text)
    with pytest.raises(SettingsError, match=words):
        load_settings(tmp_path)
