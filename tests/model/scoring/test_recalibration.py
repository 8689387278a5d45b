import numpy as np
import pytest
import statsmodels.api as statsmodels
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from model.scored import Scored
from model.scoring.recalibration import apply_sigmoid, fit_line, fit_sigmoid, logit_of
from model.trained import Sigmoid
from tests.model.scoring.scored_rows import copied, scored_rows, weighted


def test_the_line_and_its_errors_are_those_of_statsmodels() -> None:
    rows = scored_rows(n=2_000, n_users=700)
    design = statsmodels.add_constant(logit(rows.score))
    oracle = statsmodels.Logit(rows.y, design).fit(
        disp=False, cov_type="cluster", cov_kwds={"groups": rows.user, "use_correction": True, "df_correction": False}
    )
    found = fit_line(rows)
    assert found.coefficients == pytest.approx(oracle.params, rel=1e-6)
    factor = 1 - 1 / 2_000
    assert found.covariance == pytest.approx(oracle.cov_params(), rel=2 * (1 - factor) + 1e-6)


def test_copies_of_a_row_are_its_weight() -> None:
    rows = weighted(scored_rows(n_users=90))
    one, other = fit_line(rows), fit_line(copied(rows))
    assert one.coefficients == pytest.approx(other.coefficients)
    assert one.covariance == pytest.approx(other.covariance)


@given(st.floats(0.4, 2), st.floats(-1, 1))
def test_scores_that_were_bent_are_bent_back(slope: float, intercept: float) -> None:
    rows = scored_rows(n=3_000)
    bent = expit((logit(rows.score) - intercept) / slope)
    found = apply_sigmoid(fit_sigmoid(bent, rows.y, rows.weight), bent)
    expected = apply_sigmoid(fit_sigmoid(rows.score, rows.y, rows.weight), rows.score)
    assert found == pytest.approx(expected, abs=1e-6)


def test_the_mean_of_recalibrated_scores_is_the_rate() -> None:
    rows = scored_rows(n=3_000).rescored(scored_rows(n=3_000).score ** 2)
    sigmoid = fit_sigmoid(rows.score, rows.y, rows.weight)
    assert apply_sigmoid(sigmoid, rows.score).mean() == pytest.approx(rows.y.mean())


def test_a_sigmoid_that_changes_nothing_gives_scores_back_to_the_bit() -> None:
    score = scored_rows().score
    assert apply_sigmoid(Sigmoid(), score) is score


@pytest.mark.parametrize(
    ("score", "y"),
    [
        ([0.2, 0.2, 0.2], [0.0, 1, 0]),
        ([0.1, 0.5, 0.9], [0.0, 0, 0]),
        ([0.1, 0.2, 0.8, 0.9], [0.0, 0, 1, 1]),
        ([], []),
    ],
)
def test_what_cannot_be_fitted_is_left_as_it_is(score: list[float], y: list[float]) -> None:
    rows = Scored(np.array(score), np.array(y), np.ones(len(y)), np.arange(len(y)))
    assert fit_line(rows) is None
    assert fit_sigmoid(rows.score, rows.y, rows.weight) == Sigmoid()


def test_certain_scores_have_finite_log_odds() -> None:
    assert np.isfinite(logit_of(np.array([0.0, 1.0]))).all()
