import numpy as np
import pytest
from scipy.special import logit

from analytics.experiment.proportion import wilson
from model.scored import Scored
from model.scoring.influence import (
    Influence,
    clustered_wilson,
    effective_n,
    n_users_where,
    on_log_scale,
    on_logit_scale,
    plain,
    proportion,
    ratio_of,
    small_sample,
    two_sided,
    variance_of,
    wilson_of,
)
from tests.model.scoring.scored_rows import by_hand_users, copied, scored_rows, weighted

ONES = np.ones(400)


def test_a_mean_of_independent_rows_has_the_usual_error() -> None:
    rows = scored_rows()
    found = ratio_of(rows, rows.score, ONES)
    assert found.value == pytest.approx(rows.score.mean())
    assert found.standard_error(rows) == pytest.approx(rows.score.std(ddof=1) / 20)


def test_variances_add_up_within_users_first() -> None:
    rows = scored_rows(n_users=90)
    assert variance_of(rows, rows.score) == pytest.approx(np.square(by_hand_users(rows, rows.score)).sum())


def test_a_ratio_has_the_error_of_the_jackknife_over_users() -> None:
    rows = weighted(scored_rows(n=3_000, n_users=1_500))
    ones, users = np.ones(3_000), np.unique(rows.user)
    w, y, score, user = rows.weight, rows.y, rows.score, rows.user
    total, part = (w * y).sum(), (w * y * score).sum()
    left = [(part - (w * y * score)[user == u].sum()) / (total - (w * y)[user == u].sum()) for u in users]
    expected = np.sqrt((len(users) - 1) * np.var(left))
    assert ratio_of(rows, y * score, y * ones).standard_error(rows) == pytest.approx(expected, rel=0.02)


def test_copies_of_a_row_are_its_weight() -> None:
    rows = weighted(scored_rows(n_users=90))
    many = copied(rows)
    one, other = proportion(rows, rows.y, ONES, 0.95), proportion(many, many.y, np.ones(len(many)), 0.95)
    assert (one.value, one.low, one.high, one.n) == pytest.approx((other.value, other.low, other.high, other.n))


def test_a_proportion_of_independent_rows_has_the_interval_of_wilson() -> None:
    rows = scored_rows(n=5_000)
    found, expected = proportion(rows, rows.y, np.ones(5_000), 0.9), wilson(rows.y.sum(), 5_000, 0.9)
    assert (found.low, found.high) == pytest.approx((float(expected.low), float(expected.high)), abs=1e-5)


def test_a_proportion_of_one_has_an_interval_on_its_users() -> None:
    rows = Scored(np.full(40, 0.5), np.ones(40), np.ones(40), np.repeat(np.arange(10), 4))
    found = proportion(rows, rows.y, np.ones(40), 0.95)
    assert (found.value, found.high, found.low) == pytest.approx((1, 1, float(wilson(10, 10).low)))


def test_a_proportion_of_nothing_has_no_value() -> None:
    rows = scored_rows()
    assert proportion(rows, rows.y, np.zeros(400), 0.95).value is None


def test_effective_sessions_are_at_most_those_there_are() -> None:
    found = effective_n(np.array([0.5, 0.5, 0.0]), np.array([0.01, 1e-9, 0.0]), np.full(3, 80.0), np.full(3, 12.0))
    assert found.tolist() == [25, 80, 12]


def test_unknown_proportions_have_no_ends() -> None:
    found = clustered_wilson(np.array([np.nan, 0.5]), np.array([np.nan, 10.0]), 0.95)
    assert np.isnan([found.low[0], found.high[0]]).all()
    assert 0 < found.low[1] < found.high[1] < 1


def test_the_most_effective_sessions_can_be_given() -> None:
    rows = scored_rows()
    found = ratio_of(rows, rows.y, ONES)
    assert wilson_of(rows, found, ONES, (50, 0.95)).high > wilson_of(rows, found, ONES, (400, 0.95)).high


def test_users_are_counted_where_something_is() -> None:
    rows = scored_rows(n_users=50)
    assert n_users_where(rows, rows.y) == len(np.unique(rows.user[rows.y == 1]))


def test_one_user_alone_gives_no_error() -> None:
    assert np.isnan(small_sample(1))
    assert small_sample(2) == pytest.approx(2**0.5)


@pytest.mark.parametrize(("scale", "to"), [(plain, float), (on_log_scale, np.log), (on_logit_scale, logit)])
def test_ends_lie_evenly_about_the_value_on_their_scale(scale, to) -> None:
    found = scale(Influence(0.7, np.full(400, 0.05 / 20)), scored_rows(), 0.95)
    assert to(found.high) - to(found.value) == pytest.approx(to(found.value) - to(found.low))
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.05, rel=0.02)


@pytest.mark.parametrize("scale", [plain, on_log_scale, on_logit_scale])
@pytest.mark.parametrize(("value", "row"), [(0.0, 0.0), (0.5, 0.0), (0.5, np.nan), (np.nan, 1.0)])
def test_without_value_or_error_there_are_no_ends(scale, value: float, row: float) -> None:
    found = scale(Influence(value, np.full(400, row)), scored_rows(), 0.95)
    assert (found.low, found.value is None) == (None, np.isnan(value))


def test_a_difference_without_error_is_no_finding() -> None:
    assert two_sided(0.0, 0.0) == two_sided(1.0, float("nan")) == 1
    assert two_sided(-1.96, 1.0) == pytest.approx(0.05, abs=1e-4)


def test_influence_of_no_rows_is_no_error() -> None:
    assert Influence(0.5, np.zeros(0)).standard_error(scored_rows().rows(np.zeros(400, bool))) == 0
