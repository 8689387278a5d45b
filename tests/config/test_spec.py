import pytest
from pydantic import ValidationError

from config.spec import CleaningSpec, FieldSpec, SourceSpec


def test_members_that_yaml_reads_as_numbers_are_text() -> None:
    assert FieldSpec.model_validate({"column": "c", "values": [1, True]}).values == ("1", "True")


def test_pure_noise_needs_no_quotes() -> None:
    assert SourceSpec.model_validate({"profile": None}).profile == "null"


def test_a_database_password_does_not_show_in_the_representation() -> None:
    spec = SourceSpec(kind="database", url="mysql://u:s3cret@h/d", table="t")
    assert "s3cret" not in repr(spec)


@pytest.mark.parametrize("policy", [{"identical": "ignore"}, {"users_in_two_variants": "drop"}])
def test_a_policy_that_does_not_exist_is_refused(policy: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="Input should be"):
        CleaningSpec.model_validate(policy)
