"""The profiles: the source project's own numbers, a lifelike planted log, and one without any effect."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from etl.sources.synthetic.drawing import Profile
from tests.etl.sources.synthetic.draws import PROFILES, drawn


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
def test_equal_arguments_give_equal_sessions_and_another_seed_gives_others(profile: Profile) -> None:
    first = drawn(profile, 70_000)
    pd.testing.assert_frame_equal(first, drawn(profile, 70_000))
    assert (first["Age"] != drawn(profile, 70_000, seed=43)["Age"]).mean() > 0.5
