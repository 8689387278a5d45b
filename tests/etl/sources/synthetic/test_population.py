"""Who visits: repeat users whose traits are their own."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from etl.sources.synthetic.population import draw_visitors


def test_users_come_about_one_and_a_half_times_and_some_often(planted: pd.DataFrame) -> None:
    visits = planted["User_ID"].value_counts()
    assert 1.55 < visits.mean() < 1.65
    assert 20 < visits.max() < 200


@pytest.mark.parametrize("column", ["Recommendation_Engine", "Age", "Gender", "Location"])
def test_what_belongs_to_a_user_never_changes(planted: pd.DataFrame, column: str) -> None:
    assert planted.groupby("User_ID")[column].nunique().eq(1).all()


def test_readiness_to_buy_is_standard_normal_over_users() -> None:
    visitors = draw_visitors(np.random.default_rng(1), 20_000, 10**9, seed=5)
    assert stats.kstest(visitors.temper, "norm").pvalue > 1e-4


def test_a_user_mostly_keeps_the_device(planted: pd.DataFrame) -> None:
    shared = planted.groupby("User_ID")["Device_Type"].agg(["size", "nunique"]).query("size == 2")["nunique"].eq(1)
    assert 0.8 < shared.mean() < 0.95


def test_engines_go_to_half_of_the_users_each(planted: pd.DataFrame) -> None:
    users = planted.drop_duplicates("User_ID")["Recommendation_Engine"].eq("New")
    assert stats.binomtest(int(users.sum()), len(users), 0.5).pvalue > 1e-4


def test_young_people_use_mobiles_more(planted: pd.DataFrame) -> None:
    is_mobile = planted["Device_Type"].eq("Mobile")
    assert is_mobile[planted["Age"] < 26].mean() > is_mobile[planted["Age"] > 50].mean() + 0.15
