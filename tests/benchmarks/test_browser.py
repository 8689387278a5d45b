"""What the browser peers draw is true, and all contenders get the same clicks."""

import numpy as np
import pandas as pd
import pytest

from tests.benchmarks.browser import MEMBERS, clicks
from tests.benchmarks.peer_charts import breakdown, lift, rates


@pytest.fixture
def sessions() -> pd.DataFrame:
    draw = np.random.default_rng(3)
    columns = {"variant": ["Old", "New"], "device": ["Mobile", "Tablet"], "converted": [0, 1]}
    return pd.DataFrame({name: draw.choice(np.array(members), 400) for name, members in columns.items()})


def test_rates_are_means_of_the_rows(sessions: pd.DataFrame) -> None:
    expected = sessions.groupby(["device", "variant"])["converted"].mean()
    assert rates(sessions, ["device", "variant"])["rate"].tolist() == pytest.approx(expected.tolist())


def test_charts_of_the_peers_have_a_mark_for_each_member(sessions: pd.DataFrame) -> None:
    assert [list(trace.y) for trace in breakdown(sessions, "device").data] == [["Mobile", "Tablet"]] * 2


def test_lift_of_the_peers_is_that_of_the_rates(sessions: pd.DataFrame) -> None:
    means = sessions.groupby("variant")["converted"].mean()
    assert lift(sessions).data[0].x[0] == pytest.approx(means["New"] / means["Old"] - 1)


def test_clicks_come_in_pairs_of_two_dimensions() -> None:
    drawn = clicks(40)
    assert all(a[0] != b[0] for (a, is_first), (b, _) in zip(drawn[::2], drawn[1::2], strict=True) if is_first)
    assert [is_first for _, is_first in drawn] == [True, False] * 20


def test_clicks_are_on_members_and_the_same_for_all() -> None:
    assert clicks(40) == clicks(40)
    assert all(member in MEMBERS[dimension] for (dimension, member), _ in clicks(40))
