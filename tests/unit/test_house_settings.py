"""Settings are read from the variables that docs/settings.md names, and from no others."""

import pytest

from graphapi.errors import UsageError
from graphapi.settings import Settings, load_settings

FOREIGN = sorted(name for name, field in Settings.model_fields.items() if field.alias != name.upper())


@pytest.mark.parametrize("field", FOREIGN)
def test_variable_of_somebody_else_is_not_read(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = getattr(load_settings(), field)
    monkeypatch.setenv(field.upper(), "31416")
    assert getattr(load_settings(), field) == before


@pytest.mark.parametrize("field", sorted(Settings.model_fields))
def test_setting_has_a_description_and_a_variable(field: str) -> None:
    known = Settings.model_fields[field]
    assert known.description
    assert str(known.alias).startswith(("PARLEY_", "NEO4J_"))


def test_wrong_setting_is_named_with_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_PORT", "abc")
    with pytest.raises(UsageError, match=r"PARLEY_PORT.*'abc'"):
        load_settings()


def test_given_value_wins_over_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_PORT", "8123")
    assert load_settings(port=8124).port == 8124
