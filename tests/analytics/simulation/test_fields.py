import pytest

from analytics.simulation.fields import Field, canonical, values_of
from semantic.errors import InputError

FIELDS = (
    Field("rate", "Conversion rate", "percent", "12", "%"),
    Field("effects", "Effects", "percents", "0"),
    Field("days", "Days", "number", "20"),
    Field("shares", "Shares", "numbers", ""),
    Field("looks", "Looks", "choice", "1", choices=(("1", "daily"), ("7", "weekly"))),
)


def test_what_is_absent_is_as_usual() -> None:
    expected = {"rate": 0.12, "effects": (0.0,), "days": 20.0, "shares": (), "looks": "1"}
    assert values_of(FIELDS, {"other": "3"}) == expected


@pytest.mark.parametrize("text", ["5 -2.5", "5; −2,5", "5 / -2.5", " 5 %  -2.5 % "])
def test_several_numbers_are_read_however_they_are_parted(text: str) -> None:
    assert values_of(FIELDS, {"effects": text})["effects"] == (0.05, -0.025)


def test_equal_settings_have_equal_texts() -> None:
    assert canonical(FIELDS, {"rate": "5,0 %"}) == canonical(FIELDS, {"rate": "5.00"})


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"rate": "many"}, "Conversion rate is 'many', must be a number such as 12"),
        ({"days": "inf"}, "Days is 'inf', must be a number such as 20"),
        ({"looks": "3"}, "Looks is '3', must be one of 1, 7; choose one"),
        ({"shares": "half"}, "must be a number such as 50"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(texts: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        values_of(FIELDS, texts)
