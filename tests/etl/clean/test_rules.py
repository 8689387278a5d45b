import numpy as np
import pyarrow as pa
import pytest

from config import RuleSpec
from etl.clean.rules import breaks_rule, cells_equal
from etl.clean.spelling import same

TABLE = pa.table({"group": ["control", "Control ", "treatment", None], "page": ["old", "new", "new", "new"]})
RULE = RuleSpec(name="control sees the old page", when={"group": "control"}, then={"page": "old"})


def holds(key: str, value: str) -> np.ndarray:
    return cells_equal(TABLE[key], lambda text: same(text, value), empty=not value)


def test_only_records_to_which_a_rule_applies_can_break_it() -> None:
    assert breaks_rule(RULE, holds, 4).tolist() == [False, True, False, False]


def test_all_premises_must_hold() -> None:
    rule = RuleSpec(name="r", when={"group": "treatment", "page": "old"}, then={"page": "none"})
    assert not breaks_rule(rule, holds, 4).any()


@pytest.mark.parametrize(
    ("value", "expected"), [("", [False, False, False, True]), ("CONTROL", [True, True, False, False])]
)
def test_cells_are_compared_without_case_and_space(value: str, expected: list[bool]) -> None:
    assert holds("group", value).tolist() == expected
