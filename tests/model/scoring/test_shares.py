import numpy as np
import pytest

from analytics.experiment.proportion import newcombe
from model.scored import Scored
from model.scoring.influence import Influence, proportion, ratio_of
from model.scoring.shares import member_shares
from tests.model.scoring.scored_rows import copied, scored_rows, weighted

CODE = np.random.default_rng(4).integers(0, 3, 400)


def selected(rows: Scored) -> np.ndarray:
    return (rows.score >= 0.3).astype(float)


@pytest.mark.parametrize("n_users", [0, 90])
def test_shares_are_those_of_the_members_rows(n_users: int) -> None:
    rows = weighted(scored_rows(n_users=n_users))
    part, chosen = rows.rows(CODE == 1), selected(rows)[CODE == 1]
    expected = {
        "base_rate": proportion(part, part.y, np.ones(len(part)), 0.95),
        "selected": proportion(part, chosen, np.ones(len(part)), 0.95),
        "recall": proportion(part, chosen * part.y, part.y, 0.95),
        "precision": proportion(part, chosen * part.y, chosen, 0.95),
    }
    for name, one in expected.items():
        found = member_shares(rows, selected(rows), CODE, 3).estimates(name, 0.95)[1]
        assert (found.value, found.low, found.high, found.n) == pytest.approx((one.value, one.low, one.high, one.n))


@pytest.mark.parametrize("n_users", [0, 90])
def test_the_error_of_a_difference_is_that_of_its_influence(n_users: int) -> None:
    rows = weighted(scored_rows(n_users=n_users))
    shares = member_shares(rows, selected(rows), CODE, 3)
    groups = [rows.y * (CODE == 1), rows.y * (CODE != 1)]
    one, other = (ratio_of(rows, selected(rows) * group, group) for group in groups)
    expected = Influence(0, one.rows - other.rows).standard_error(rows) ** 2
    shared = shares.members.excess("recall")[1] @ shares.between[1] @ shares.rest.excess("recall")[1]
    found = shares.members.part("recall").variance[1] + shares.rest.part("recall").variance[1] - 2 * shared
    assert found == pytest.approx(expected, rel=0.005 if n_users else 1e-9)


def test_differences_of_single_sessions_are_those_of_newcombe() -> None:
    rows = scored_rows(n=6_000)
    code = np.arange(6_000) % 2
    found, p_values = member_shares(rows, selected(rows), code, 2).differences("selected", 0.95)
    counts = [(selected(rows)[code == place].sum(), 3_000) for place in (0, 1)]
    expected = newcombe(*counts[0], *counts[1])
    assert (found[0].low, found[0].high) == pytest.approx((float(expected.low), float(expected.high)), abs=2e-5)
    assert p_values[0] == pytest.approx(p_values[1])


def test_copies_of_a_row_are_its_weight() -> None:
    rows = weighted(scored_rows(n_users=90))
    many, code = copied(rows), np.repeat(CODE, rows.weight.astype(int))
    one = member_shares(rows, selected(rows), CODE, 3).differences("recall", 0.95)
    other = member_shares(many, selected(many), code, 3).differences("recall", 0.95)
    assert one[1] == pytest.approx(other[1])
    assert [each.low for each in one[0]] == pytest.approx([each.low for each in other[0]])


def test_a_member_that_is_everybody_has_no_rest() -> None:
    rows = scored_rows()
    found, p_values = member_shares(rows, selected(rows), np.zeros(400, dtype=np.int64), 1).differences("recall", 0.95)
    assert (found[0].value, p_values) == (None, [1.0])


def test_a_member_that_nobody_is_has_no_share() -> None:
    rows = scored_rows()
    found = member_shares(rows, selected(rows), CODE, 4).estimates("selected", 0.95)
    assert found[3].value is None
