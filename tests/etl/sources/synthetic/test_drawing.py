"""The profiles: the source project's own numbers, a lifelike planted log, and one without any effect."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from etl.sources.synthetic import SyntheticSource
from etl.sources.synthetic.drawing import Profile
from etl.sources.synthetic.population import draw_visitors

ELEVEN = ["User_ID", "Session_ID", "Age", "Gender", "Device_Type", "Location", "Time_Spent", "Pages_Viewed"]
ELEVEN += ["Recommended_Product_Category", "Recommendation_Engine", "Converted"]
PROFILES: tuple[Profile, ...] = ("planted", "null", "seed")


def drawn(profile: Profile, sessions: int = 200_000, seed: int = 42) -> pd.DataFrame:
    parts = [batch.table.to_pandas() for batch in SyntheticSource(profile, sessions, seed).batches()]
    frame: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return frame


@pytest.fixture(scope="module")
def planted() -> pd.DataFrame:
    return drawn("planted")


@pytest.fixture(scope="module")
def null() -> pd.DataFrame:
    return drawn("null")


def p_value_of_independence(frame: pd.DataFrame, column: str) -> float:
    values = frame[column]
    groups = values if values.nunique() < 70 else pd.qcut(values, 20, labels=False, duplicates="drop")
    return float(stats.chi2_contingency(pd.crosstab(groups, frame["Converted"])).pvalue)


def test_the_seed_profile_gives_the_known_answer_to_the_last_digit() -> None:
    frame = drawn("seed")
    kept = frame[frame["Time_Spent"] > 0]
    assert (len(kept), len(frame) - len(kept)) == (199_739, 261)
    assert kept["Age"].mean() == 40.98497038635419
    assert kept["Time_Spent"].mean() == 300.5492443638949
    assert kept["Pages_Viewed"].mean() == 9.992500212777674


@pytest.mark.parametrize(("sessions", "seed"), [(1, 0), (65_536, 7), (150_001, 42)])
def test_the_seed_profile_is_numpys_legacy_stream_whatever_the_size(sessions: int, seed: int) -> None:
    frame, legacy = drawn("seed", sessions, seed), np.random.RandomState(seed)
    np.testing.assert_array_equal(frame["Age"], legacy.randint(18, 65, sessions))
    np.testing.assert_array_equal(frame["Time_Spent"], np.round(legacy.normal(300, 100, sessions), 2))
    np.testing.assert_array_equal(frame["Pages_Viewed"], legacy.randint(1, 20, sessions))


def test_the_rest_of_the_seed_profile_is_uniform_and_converts_30_percent() -> None:
    frame = drawn("seed")
    for column in ("Gender", "Device_Type", "Location", "Recommended_Product_Category", "Recommendation_Engine"):
        assert stats.chisquare(frame[column].value_counts()).pvalue > 1e-4
    assert stats.binomtest(int(frame["Converted"].sum()), len(frame), 0.3).pvalue > 1e-4


@pytest.mark.parametrize("profile", PROFILES)
def test_the_columns_are_the_source_projects_then_time_and_revenue(profile: Profile) -> None:
    source = SyntheticSource(profile, 10)
    (batch,) = source.batches()
    assert source.columns() == tuple(batch.table.column_names) == (*ELEVEN, "Started_At", "Revenue")


@pytest.mark.parametrize("profile", PROFILES)
def test_equal_arguments_give_equal_sessions_and_another_seed_gives_others(profile: Profile) -> None:
    first = drawn(profile, 70_000)
    pd.testing.assert_frame_equal(first, drawn(profile, 70_000))
    assert (first["Age"] != drawn(profile, 70_000, seed=43)["Age"]).mean() > 0.5


@pytest.mark.parametrize("profile", PROFILES)
def test_rows_are_numbered_through_blocks_and_sessions_are_unique(profile: Profile) -> None:
    source = SyntheticSource(profile, 140_000)
    batches = list(source.batches())
    assert [n for batch in batches for n in batch.lines.tolist()] == list(range(1, 140_001))
    assert batches[-1].done == source.size
    assert drawn(profile, 140_000)["Session_ID"].is_unique


def test_identifiers_look_like_the_source_projects(planted: pd.DataFrame) -> None:
    assert planted["Session_ID"].iloc[[0, -1]].tolist() == ["S00000001", "S00200000"]
    assert planted["User_ID"].str.fullmatch(r"U\d{7}").all()


def test_fingerprints_differ_where_the_sessions_do() -> None:
    sources = [SyntheticSource(*arguments) for arguments in itertools.product(PROFILES, (10, 20), (1, 2))]
    assert len({source.fingerprint() for source in sources}) == 12
    assert {source.origin for source in sources} == {"simulated"}


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


def test_sessions_come_in_order_over_92_days_of_india(planted: pd.DataFrame) -> None:
    local = planted["Started_At"].dt.tz_convert("Asia/Kolkata")
    assert local.is_monotonic_increasing
    assert (str(local.min().date()), str(local.max().date())) == ("2026-07-01", "2026-09-30")
    by_weekday = local.dt.day_of_week.value_counts()
    assert by_weekday[5] / by_weekday[1] > 1.15
    by_hour = local.dt.hour.value_counts()
    assert (by_hour.idxmax(), by_hour.idxmin()) == (21, 4)


def test_young_people_use_mobiles_more(planted: pd.DataFrame) -> None:
    is_mobile = planted["Device_Type"].eq("Mobile")
    assert is_mobile[planted["Age"] < 26].mean() > is_mobile[planted["Age"] > 50].mean() + 0.15


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


def test_memory_does_not_grow_with_the_number_of_sessions() -> None:
    first = next(SyntheticSource("planted", 50_000_000).batches())
    assert first.table.num_rows == 65_536
    assert first.table.column("User_ID")[0].as_py().startswith("U")
