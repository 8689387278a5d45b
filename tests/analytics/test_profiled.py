"""Sessions per user and missing values with intervals, against pandas, scipy and statsmodels."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analytics.profiled import UsersResult, profile_result, users_result
from config import load_config
from semantic.profile import Profile, UserCounts

ROOT = Path(__file__).parents[2]
CONFIG = load_config(ROOT / "config.yaml", {})


def users_of(sizes: "pd.Series[int]", n_in_two_variants: int = 0) -> UsersResult:
    counts = sizes.value_counts().sort_index()
    pairs = tuple(zip(counts.index.tolist(), counts.tolist(), strict=True))
    return users_result(UserCounts(len(sizes), int(sizes.sum()), n_in_two_variants, pairs), 0.95)


@pytest.mark.parametrize("seed", range(5))
def test_mean_and_quantiles_are_those_of_pandas(seed: int) -> None:
    sizes = pd.Series(np.random.default_rng(seed).geometric(0.1 + seed / 10, 101 + seed))
    found = users_of(sizes)
    assert found.sessions_per_user.value == pytest.approx(sizes.mean(), rel=1e-12)
    assert (found.median, found.maximum) == (sizes.median(), sizes.max())
    assert found.p90 == pytest.approx(sizes.quantile(0.9), rel=1e-12)


def test_the_interval_of_the_mean_is_students_over_users() -> None:
    sizes = pd.Series([1, 1, 1, 2, 2, 3, 7])
    interval = stats.t.interval(0.95, len(sizes) - 1, sizes.mean(), sizes.sem())
    found = users_of(sizes).sessions_per_user
    assert (found.low, found.high) == pytest.approx(interval, rel=1e-12)
    assert found.n == 7


def test_groups_hold_all_users_and_the_long_tail_is_grouped() -> None:
    sizes = pd.Series([1, 1, 2, 10, 11, 20, 21, 50, 51, 100, 101, 127])
    groups = users_of(sizes).groups
    assert [g.label for g in groups[9:]] == ["10", "11–20", "21–50", "51–100", "101–200"]
    assert [g.n_users for g in groups] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 2]
    assert sum(g.n_users for g in groups) == len(sizes)
    assert all(left.high + 1 == right.low for left, right in pairwise(groups))


def test_the_tail_goes_on_by_round_numbers() -> None:
    assert [g.low for g in users_of(pd.Series([7_000])).groups][10:] == [11, 21, 51, 101, 201, 501, 1001, 2001, 5001]


def test_users_in_two_variants_are_a_share_of_users() -> None:
    share = users_of(pd.Series([1, 2, 2, 5]), n_in_two_variants=1).in_two_variants
    assert (share.low, share.high) == pytest.approx(proportion_confint(1, 4, method="wilson"))
    assert (share.value, share.n) == (0.25, 4)


def test_without_users_there_are_no_numbers() -> None:
    found = users_result(UserCounts(0, 0, 0, ()), 0.95)
    assert (found.sessions_per_user.value, found.median, found.p90, found.groups) == (None, None, None, ())


def test_missing_values_come_by_field_with_their_rule() -> None:
    missing = dict.fromkeys(CONFIG.fields, 0) | {"day": 0, "age": 5}
    found = profile_result(Profile(3, 100, 7, missing, None), CONFIG, 0.95)
    columns = {column.name: column for column in found.columns}
    assert (columns["age"].n_missing, columns["age"].missing.value, columns["age"].source_column) == (5, 0.05, "Age")
    assert columns["revenue"].missing_rule == "zero"
    assert (found.incomplete.value, found.n_incomplete, found.users, found.data_version) == (0.07, 7, None, 3)
