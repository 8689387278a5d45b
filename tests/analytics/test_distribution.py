import pandas as pd
import pytest

from analytics.analysis import Params, Request, run
from analytics.distribution import DISTRIBUTION, MAX_ROWS, DistributionResult, compute_distribution
from analytics.experiment.proportion import wilson
from semantic.errors import UnknownNameError
from semantic.filter import Filter
from semantic.store import Store
from tests.analytics.answers import answer_of, catalog_of

CATALOG = catalog_of("device", "started_at")
DIMENSIONS = ["device", "location", "age", "time_spent_s", "day"]


def distribution(members: list[str], n: list[list[int]], by: str = "device") -> DistributionResult:
    """Return the distribution of sessions, a row a member, columns New and Old."""
    cells = answer_of({by: members, "variant": ("New", "Old")}, n_sessions=n)
    return compute_distribution({"cells": cells}, Request(DISTRIBUTION, params=Params(by=by)), CATALOG)


def distribution_of(store: Store, by: str, where: str = "") -> DistributionResult:
    [result] = run(store, [Request(DISTRIBUTION, Filter.from_query(where), Params(by=by))])
    return result


def test_shares_are_of_the_sessions_in_which_the_dimension_is_known() -> None:
    result = distribution(["a", "b", "(missing)"], [[10, 30], [20, 40], [5, 6]])
    assert [row.share.total.value for row in result.rows] == [0.4, 0.6]
    assert [found.value for found in result.rows[0].share.variants] == pytest.approx([30 / 70, 10 / 30])
    assert (result.n_missing, result.n_missing_by_variant, result.n_sessions) == (11, (6, 5), 111)


def test_shares_have_wilsons_interval_and_the_n_that_they_are_of() -> None:
    found = distribution(["a", "b"], [[10, 30], [20, 40]]).rows[0].share.variants[0]
    assert (found.low, found.high, found.n) == (float(wilson(30, 70).low), float(wilson(30, 70).high), 70)


def test_the_largest_members_are_kept_and_the_rest_is_counted() -> None:
    result = distribution([f"m{n}" for n in range(50)], [[n, n] for n in range(50)])
    assert [row.member for row in result.rows] == [f"m{n}" for n in range(20, 50)]
    assert (len(result.rows), result.n_members, result.n_left_out) == (MAX_ROWS, 50, 2 * sum(range(20)))


def test_days_are_all_shown() -> None:
    assert len(distribution([f"d{n}" for n in range(50)], [[1, 1]] * 50, by="day").rows) == 50


def test_an_empty_selection_has_counts_of_0_and_no_shares() -> None:
    result = distribution(["a"], [[0, 0]])
    assert (result.n_sessions, result.rows[0].n_sessions, result.rows[0].share.total.value) == (0, 0, None)


@pytest.mark.parametrize("where", ["", "device=Mobile", "age=20..33", "variant=New"])
@pytest.mark.parametrize("by", DIMENSIONS)
def test_rows_and_what_is_missing_add_up_to_all_sessions(store: Store, by: str, where: str) -> None:
    result = distribution_of(store, by, where)
    assert sum(row.n_sessions for row in result.rows) + result.n_missing + result.n_left_out == result.n_sessions
    assert all(sum(row.n_by_variant) == row.n_sessions for row in result.rows)
    assert sum(row.share.total.value or 0 for row in result.rows) == pytest.approx(1)


@pytest.mark.parametrize("by", ["device", "day"])
def test_the_counts_are_those_of_pandas(store: Store, sessions: pd.DataFrame, by: str) -> None:
    result, counts = distribution_of(store, by), sessions[by].value_counts()
    assert {row.member: row.n_sessions for row in result.rows} == counts.to_dict()
    assert result.n_missing == sessions[by].isna().sum()


@pytest.mark.parametrize("by", ["age", "time_spent_s"])
def test_bins_say_where_they_begin_and_end(store: Store, sessions: pd.DataFrame, by: str) -> None:
    rows = distribution_of(store, by).rows
    assert (rows[0].low, rows[-1].high) == (None, None)
    assert [row.high for row in rows[:-1]] == [row.low for row in rows[1:]]
    for row in rows[1:-1]:
        assert row.n_sessions == sessions.eval(f"{row.low} <= {by} < {row.high}").sum()


@pytest.mark.parametrize("by", ["", "variant", "devise"])
def test_a_dimension_must_be_named_that_the_data_has(by: str) -> None:
    with pytest.raises(UnknownNameError, match="Known: day, device"):
        DISTRIBUTION.queries(Request(DISTRIBUTION, params=Params(by=by)), CATALOG)
    assert not DISTRIBUTION.is_available(catalog_of())
