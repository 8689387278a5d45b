import pytest

from analytics.simulation.settings import Settings
from semantic.errors import InputError


def test_nothing_chosen_is_the_first_kind_as_usual() -> None:
    settings = Settings.of({})
    assert settings.kind.name == "test"
    assert settings.scenario.rate == pytest.approx(0.12)


def test_equal_settings_have_one_key_of_22_signs() -> None:
    one, other = Settings.of({"rate": "12.0", "kind": "test"}), Settings.of({"nothing": "1"})
    assert one.key() == other.key()
    assert len(one.key()) == 22


def test_other_settings_have_another_key() -> None:
    assert Settings.of({"seed": "2"}).key() != Settings.of({}).key()


def test_the_version_of_the_data_counts_only_where_they_are_read() -> None:
    assert Settings.of({}).key("1") == Settings.of({}).key("2")


def test_what_cannot_be_run_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="the conversion rate must be between 0 and 1"):
        Settings.of({"rate": "120"})
