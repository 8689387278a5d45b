"""Missing values against pandas, under filters that the cube answers and filters that need SQL."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from analytics.analysis import Params, Request, run
from analytics.quality import QUALITY, QualityResult, compute_quality
from semantic.catalog import MISSING
from semantic.filter import Filter
from semantic.store import Store
from tests.analytics.answers import answer_of, catalog_of

ENGINES = ("New", "Old")


def quality(store: Store, where: str = "") -> QualityResult:
    return run(store, [Request(QUALITY, Filter.from_query(where), Params())])[0]


KEPT = {
    "": lambda frame: frame["variant"].notna(),
    "device=Mobile": lambda frame: frame["device"] == "Mobile",
    "age=20..33": lambda frame: (frame["age"] >= 20) & (frame["age"] < 33),
    "variant=New&day=2026-03-01": lambda frame: (frame["variant"] == "New") & (frame["day"] == "2026-03-01"),
}


@pytest.mark.parametrize("where", KEPT)
def test_missing_values_are_those_of_pandas(store: Store, sessions: pd.DataFrame, where: str) -> None:
    kept = sessions[KEPT[where](sessions)]
    missing = kept.isna() | (kept == MISSING)
    found = quality(store, where)
    assert found.n_sessions == len(kept)
    for row in found.rows:
        by_engine = missing[row.name].groupby(kept["variant"].astype(str)).sum()
        assert row.n_missing == missing[row.name].sum()
        for engine, share in zip(found.variants, row.variants, strict=True):
            assert round((share.value or 0) * share.n) == by_engine.get(engine, 0)


def test_every_dimension_and_amount_has_a_row(store: Store) -> None:
    names = [row.name for row in quality(store).rows]
    assert names == ["day", "device", "location", "age", "time_spent_s", "revenue"]
    assert quality(store).rows[-1].label == "Revenue"


def test_the_interval_is_wilsons() -> None:
    variants = {"variant": ENGINES}
    answers = {
        "numbers": answer_of(variants, n_sessions=[40, 60]),
        "device": answer_of({"device": ("Mobile", MISSING), **variants}, n_sessions=[[37, 50], [3, 10]]),
    }
    result = compute_quality(answers, Request(QUALITY), catalog_of("device"))
    (row,) = result.rows
    assert (result.variants, row.n_missing, row.total.n) == (("Old", "New"), 13, 100)
    expected = proportion_confint(np.array([13, 10, 3]), np.array([100, 60, 40]), method="wilson")
    found = [(e.low, e.high) for e in (row.total, *row.variants)]
    np.testing.assert_allclose(np.array(found).T, expected, rtol=1e-12)


def test_a_dimension_without_gaps_has_none() -> None:
    answers = {
        "numbers": answer_of({"variant": ENGINES}, n_sessions=[4, 6]),
        "device": answer_of({"device": ("Mobile",), "variant": ENGINES}, n_sessions=[[4, 6]]),
    }
    (row,) = compute_quality(answers, Request(QUALITY), catalog_of("device")).rows
    assert (row.n_missing, row.total.value, row.total.low) == (0, 0.0, 0.0)
