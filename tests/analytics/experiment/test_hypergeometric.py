import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact as scipy_fisher
from scipy.stats import hypergeom

from analytics.experiment.effect import Alternative
from analytics.experiment.exact import fisher
from analytics.experiment.hypergeometric import fisher_exact
from analytics.experiment.statistic import Proportion

sizes = st.integers(1, 300)
ALTERNATIVES: list[Alternative] = ["two-sided", "greater", "less"]


@given(sizes, sizes, st.floats(0, 1), st.floats(0, 1), st.sampled_from(ALTERNATIVES))
@settings(max_examples=200)
def test_p_values_by_likelihood_are_those_of_scipy(
    n1: int, n2: int, rate1: float, rate2: float, alternative: Alternative
) -> None:
    x1, x2 = round(n1 * rate1), round(n2 * rate2)
    theirs = scipy_fisher([[x1, n1 - x1], [x2, n2 - x2]], alternative=alternative).pvalue
    ours = fisher_exact(Proportion.of(x1, n1), Proportion.of(x2, n2), alternative, "likelihood")
    assert float(ours) == pytest.approx(theirs, rel=1e-9, abs=1e-290)


@given(sizes, sizes, st.floats(0, 1), st.floats(0, 1))
def test_the_mid_p_leaves_out_half_of_what_was_seen(n1: int, n2: int, rate1: float, rate2: float) -> None:
    x1, x2 = round(n1 * rate1), round(n2 * rate2)
    one, two = Proportion.of(x1, n1), Proportion.of(x2, n2)
    seen = hypergeom.pmf(x1, n1 + n2, n1, x1 + x2)
    gap = fisher_exact(one, two, "greater") - fisher_exact(one, two, "greater", is_mid_p=True)
    assert float(gap) == pytest.approx(seen / 2, abs=1e-12)


def test_the_doubled_p_value_is_twice_the_smaller_tail() -> None:
    one, two = Proportion.of(9, 12), Proportion.of(3, 14)
    assert float(fisher_exact(one, two)) == pytest.approx(2 * float(fisher_exact(one, two, "greater")))


def test_tables_as_likely_as_the_one_seen_count_half_by_likelihood() -> None:
    one, two = Proportion.of(3, 4), Proportion.of(1, 4)
    whole = float(fisher_exact(one, two, convention="likelihood"))
    assert whole == pytest.approx(34 / 70)
    assert float(fisher_exact(one, two, convention="likelihood", is_mid_p=True)) == pytest.approx(whole - 16 / 70)


def test_large_tables_keep_their_digits() -> None:
    one, two = Proportion.of(3_100, 10_000), Proportion.of(200_000, 1_000_000)
    exact = 2 * hypergeom.sf(3_099, 1_010_000, 10_000, 203_100)
    assert float(fisher_exact(one, two)) == pytest.approx(exact, rel=1e-8)


def test_the_quick_approximation_is_near() -> None:
    assert float(fisher_exact(Proportion.of(30, 100), Proportion.of(15, 100))) == pytest.approx(
        float(fisher(30, 100, 15, 100)), rel=0.01
    )


def test_without_units_there_is_no_p_value() -> None:
    assert np.isnan(fisher_exact(Proportion.of([0, 1], [0, 2]), Proportion.of([1, 0], [2, 0]))).all()


def test_without_conversions_nothing_speaks_against_equality() -> None:
    assert float(fisher_exact(Proportion.of(0, 10), Proportion.of(0, 5))) == 1
