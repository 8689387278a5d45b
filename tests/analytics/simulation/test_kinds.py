import pytest

from analytics.simulation.kinds import KINDS, PRESETS, kind_named
from analytics.simulation.settings import Settings
from semantic.errors import UnknownNameError


@pytest.mark.parametrize("preset", PRESETS, ids=[preset.label for preset in PRESETS])
def test_every_preset_can_be_run(preset) -> None:
    settings = Settings.of({"kind": preset.kind, **preset.texts})
    assert set(preset.texts) <= {field.name for field in settings.kind.fields}


def test_no_two_presets_are_the_same() -> None:
    assert len({Settings.of({"kind": one.kind, **one.texts}).key() for one in PRESETS}) == len(PRESETS)


def test_names_of_fields_are_unique_in_each_kind() -> None:
    for kind in KINDS:
        names = [field.name for field in kind.fields]
        assert len(names) == len(set(names))
        assert not {"kind", "run"} & set(names)


def test_a_kind_that_there_is_not_is_named() -> None:
    with pytest.raises(UnknownNameError, match="'tset'; did you mean 'test'"):
        kind_named("tset")
