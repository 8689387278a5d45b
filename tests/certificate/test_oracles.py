"""The short form of part g: fewer tables."""

import pytest

from tests.certificate.draws import Row
from tests.certificate.oracles import CLOSE, COMPARED, PART, tables


def test_tables_have_what_every_oracle_can_answer() -> None:
    one, two = tables(300)
    assert len(one.n) == 300
    for side in (one, two):
        assert ((side.n_converted > 0) & (side.n_converted < side.n)).all()


@pytest.mark.slow
@pytest.mark.parametrize("what", COMPARED)
def test_methods_agree_with_their_oracle(what: str) -> None:
    assert PART.row_of({"what": what}, size=0.04)["difference"] <= CLOSE


def test_one_that_does_not_agree_is_told() -> None:
    rows: list[Row] = [{"what": "welch", "n": 10, "difference": 1e-3}, {"what": "gbstats", "n": 500, "difference": 0.0}]
    assert not PART.section(rows).is_kept
