import pytest

from model.batch.columns import columns_of
from model.examples import Feature
from semantic.errors import InputError

FEATURES = (Feature("age", "Age", "number"), Feature("device", "Device", "category", ("Mobile",)))
SOURCE = {"device": "Device_Type"}


@pytest.mark.parametrize("names", [("Device_Type", "Age"), ("device", "AGE"), ("id", "age", "DEVICE_TYPE")])
def test_columns_are_known_by_source_or_field_whatever_their_case(names: tuple[str, ...]) -> None:
    found = columns_of(FEATURES, names, SOURCE)
    assert [found[feature.name].casefold()[:3] for feature in FEATURES] == ["age", "dev"]


def test_the_column_of_the_source_goes_before_that_of_the_field() -> None:
    assert columns_of(FEATURES, ("age", "device", "device_type"), SOURCE)["device"] == "device_type"


def test_white_space_about_a_name_does_not_hide_it() -> None:
    assert columns_of(FEATURES, (" age ", "device"), SOURCE)["age"] == " age "


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("age",), "the column Device_Type is absent.*the file has age"),
        (("id",), "the columns age, Device_Type are absent.*the file has id"),
    ],
)
def test_all_columns_that_are_absent_are_named_at_once(names: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        columns_of(FEATURES, names, SOURCE)
