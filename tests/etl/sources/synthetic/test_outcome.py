"""What sessions lead to, where it is planted and where nothing is."""

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats

from etl.sources.synthetic.outcome import draw_revenue, probability
from tests.etl.sources.synthetic.draws import ELEVEN


def test_revenue_comes_with_conversions_only_in_whole_paise_and_heavy_tailed(planted: pd.DataFrame) -> None:
    assert planted["Revenue"].notna().equals(planted["Converted"].eq(1))
    revenue = planted["Revenue"].dropna()
    np.testing.assert_array_equal(revenue.round(2), revenue)
    assert revenue.mean() > 2 * revenue.median()


@pytest.mark.parametrize("column", ["Time_Spent", "Pages_Viewed"])
def test_behaviour_rises_with_engine_and_conversion_where_planted(planted: pd.DataFrame, column: str) -> None:
    for by in ("Recommendation_Engine", "Converted"):
        means = planted.groupby(by)[column].mean()
        assert means.loc["New" if by.startswith("Rec") else 1] > means.loc["Old" if by.startswith("Rec") else 0] * 1.02


def test_planted_sessions_are_valid(planted: pd.DataFrame) -> None:
    assert planted["Age"].between(16, 75).all()
    assert planted["Time_Spent"].gt(0).all()
    assert planted["Pages_Viewed"].ge(1).all()


def p_value_of_independence(frame: pd.DataFrame, column: str) -> float:
    values = frame[column]
    groups = values if values.nunique() < 70 else pd.qcut(values, 20, labels=False, duplicates="drop")
    return float(stats.chi2_contingency(pd.crosstab(groups, frame["Converted"])).pvalue)


@pytest.mark.parametrize("column", [*ELEVEN[2:10], "Started_At"])
def test_nothing_predicts_the_outcome_where_null(null: pd.DataFrame, column: str) -> None:
    assert p_value_of_independence(null, column) > 1e-4


def test_nothing_predicts_behaviour_by_engine_where_null(null: pd.DataFrame) -> None:
    for column in ("Time_Spent", "Pages_Viewed"):
        old, new = (part for _, part in null.groupby("Recommendation_Engine")[column])
        assert stats.ttest_ind(old, new, equal_var=False).pvalue > 1e-4


def test_users_do_not_differ_in_outcome_where_null(null: pd.DataFrame) -> None:
    pairs = null.groupby("User_ID")["Converted"].agg(["size", "sum"]).query("size == 2")["sum"]
    expected = len(pairs) * stats.binom.pmf([0, 1, 2], 2, 0.32)
    assert stats.chisquare(pairs.value_counts().sort_index(), expected).pvalue > 1e-4


def test_a_probability_is_that_of_its_log_odds() -> None:
    np.testing.assert_allclose(probability(np.array([-30.0, 0, 2.5])), special.expit([-30.0, 0, 2.5]), rtol=1e-14)


def test_revenue_is_lognormal_by_category() -> None:
    category, bought = np.zeros(50_000, np.int64), np.ones(50_000, np.int64)
    revenue = draw_revenue(np.random.default_rng(1), category, bought)
    assert stats.kstest((np.log(revenue) - np.log(6500.0)) / 1.0, "norm").pvalue > 1e-4
