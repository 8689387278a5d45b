import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.analysis import Params, Request, run
from analytics.experiment.proportion import wilson
from analytics.heatmap import HEATMAP, MAX_MEMBERS, HeatmapError, HeatmapResult, compute_heatmap
from semantic.errors import UnknownNameError
from semantic.filter import Filter
from semantic.store import Store
from tests.analytics.answers import answer_of, catalog_of

CATALOG = catalog_of("device", "location", "age")
PARAMS = Params(by="device", across="location")


def heatmap(n: npt.ArrayLike, converted: npt.ArrayLike) -> HeatmapResult:
    """Return the heatmap of sessions and conversions by device, location and the engines New and Old."""
    height, width, _ = np.shape(n)
    members = {"device": [f"d{place}" for place in range(height)], "location": [f"l{place}" for place in range(width)]}
    cells = answer_of({**members, "variant": ("New", "Old")}, n_sessions=n, n_converted=converted)
    return compute_heatmap({"cells": cells}, Request(HEATMAP, params=PARAMS), CATALOG)


def test_each_cell_is_split_by_variant_with_control_first() -> None:
    result = heatmap([[[10, 20], [30, 40]]], [[[5, 1], [6, 4]]])
    assert result.variants == ("Old", "New")
    assert [[rate.value for rate in cell.variants] for cell in result.cells[0]] == [[0.05, 0.5], [0.1, 0.2]]
    assert result.cells[0][1].total.n == 70


def test_each_cell_has_wilsons_interval() -> None:
    found, expected = heatmap([[[10, 20]]], [[[5, 1]]]).cells[0][0].total, wilson(6, 30)
    assert (found.low, found.high) == (float(expected.low), float(expected.high))


def test_cells_without_sessions_have_no_rate_and_are_not_counted() -> None:
    result = heatmap([[[10, 20], [0, 0]], [[0, 0], [0, 1]]], np.zeros((2, 2, 2)))
    assert (result.cells[0][1].total.value, result.cells[0][1].total.n) == (None, 0)
    assert result.n_cells == 2


def test_of_many_members_the_largest_are_kept_and_totals_count_all() -> None:
    n = np.ones((2, 40, 2)) * np.arange(1, 41)[None, :, None]
    result = heatmap(n, np.zeros_like(n))
    assert result.columns.members == tuple(f"l{place}" for place in range(10, 40))
    assert (len(result.cells[0]), result.columns.n_members, result.rows.n_members) == (MAX_MEMBERS, 40, 2)
    assert result.rows.totals[0].total.n == result.total.total.n / 2 == 2 * sum(range(1, 41))


@given(st.data())
def test_rows_and_columns_add_up_to_the_same(data: st.DataObject) -> None:
    shape = tuple(data.draw(st.integers(1, 5)) for _ in range(2))
    n = np.random.default_rng(data.draw(st.integers(0, 99))).integers(0, 9, (*shape, 2))
    result = heatmap(n, n // 2)
    for axis in (result.rows, result.columns):
        assert sum(split.total.n for split in axis.totals) == result.total.total.n
    for row, split in zip(result.cells, result.rows.totals, strict=True):
        assert [sum(cell.variants[v].n for cell in row) for v in (0, 1)] == [found.n for found in split.variants]


def test_the_same_dimension_twice_is_refused() -> None:
    with pytest.raises(
        HeatmapError, match=r"both age, must be two dimensions; name one of .*device, location in across"
    ):
        HEATMAP.queries(Request(HEATMAP, params=Params(by="age", across="age")), CATALOG)


@pytest.mark.parametrize(("by", "across"), [("device", ""), ("devise", "age"), ("age", "engine")])
def test_an_unknown_dimension_is_told_with_the_known_ones(by: str, across: str) -> None:
    with pytest.raises(UnknownNameError, match="Known: age, device, location, variant"):
        HEATMAP.queries(Request(HEATMAP, params=Params(by=by, across=across)), CATALOG)


def test_more_combinations_than_memory_holds_are_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.heatmap.MAX_CELLS", 5)
    with pytest.raises(HeatmapError, match="device and location have over 5 combinations"):
        run(store, [Request(HEATMAP, params=PARAMS)])


def test_data_of_one_dimension_have_no_heatmap() -> None:
    assert not HEATMAP.is_available(catalog_of("device"))
    assert HEATMAP.is_available(CATALOG)


@pytest.mark.parametrize("where", ["", "day=2026-02-27..2026-03-03"])
def test_the_numbers_are_those_of_pandas(store: Store, sessions: pd.DataFrame, where: str) -> None:
    [result] = run(store, [Request(HEATMAP, Filter.from_query(where), PARAMS)])
    kept = sessions[sessions["day"].isin(pd.date_range("2026-02-27", "2026-03-02").strftime("%Y-%m-%d"))]
    groups = (kept if where else sessions).groupby(["device", "location", "variant"], observed=True)["converted"]
    rates, counts = groups.mean(), groups.count()
    for device, row in zip(result.rows.members, result.cells, strict=True):
        for place, cell in zip(result.columns.members, row, strict=True):
            for variant, found in zip(result.variants, cell.variants, strict=True):
                key = (device, place, variant)
                assert (found.value, found.n) == (pytest.approx(rates[key]), counts[key])


@pytest.mark.parametrize(("by", "across"), [("device", "variant"), ("variant", "device")])
def test_the_variant_may_be_an_axis_itself(store: Store, sessions: pd.DataFrame, by: str, across: str) -> None:
    [result] = run(store, [Request(HEATMAP, params=Params(by=by, across=across))])
    groups = sessions.groupby([by, across], observed=True)["converted"]
    rates, counts = groups.mean(), groups.count()
    for row, cells in zip(result.rows.members, result.cells, strict=True):
        for column, cell in zip(result.columns.members, cells, strict=True):
            own = column if across == "variant" else row
            found = dict(zip(result.variants, cell.variants, strict=True))
            assert (cell.total.n, cell.total.value) == (counts[row, column], pytest.approx(rates[row, column]))
            assert found[own] == cell.total
    assert result.total.total.n == len(sessions)


def test_a_mean_can_be_shown_instead_of_the_rate(store: Store, sessions: pd.DataFrame) -> None:
    params = Params(by="device", across="location", metric="mean_time_spent_s")
    [result] = run(store, [Request(HEATMAP, params=params)])
    assert (result.metric, result.unit) == ("mean_time_spent_s", "s")
    assert result.total.total.value == pytest.approx(sessions["time_spent_s"].mean())
    assert result.total.total.n == sessions["time_spent_s"].count()
