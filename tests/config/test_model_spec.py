"""The section `model` refuses what no learner takes."""

import pytest
from pydantic import ValidationError

from config.model_spec import ModelSpec


def test_a_seed_is_one_that_every_learner_takes() -> None:
    assert ModelSpec(seed=2**31 - 1).seed == 2**31 - 1
    with pytest.raises(ValidationError, match="less than 2147483648"):
        ModelSpec(seed=2**31)
