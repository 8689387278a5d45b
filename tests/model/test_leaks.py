from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from model.examples import Examples, Feature, Floats
from model.leaks import auc_alone, find_amount_leaks, find_leaks
from model.split import fold_of
from tests.model.planted import planted

EXAMPLES = planted(20_000).examples


def with_column(name: str, values: Floats) -> Examples:
    features = (*EXAMPLES.features, Feature(name, name.capitalize(), "number"))
    return replace(EXAMPLES, features=features, x=np.column_stack([EXAMPLES.x, values]))


def test_time_and_pages_are_no_leaks() -> None:
    assert find_leaks(EXAMPLES, 0.95) == ()


def test_the_outcome_in_other_words_is_left_out() -> None:
    noise = np.random.default_rng(1).normal(size=len(EXAMPLES))
    (leak,) = find_leaks(with_column("spent", EXAMPLES.y * 1_000 + noise), 0.95)
    assert (leak.name, leak.is_left_out) == ("spent", True)
    assert leak.why.startswith("Spent tells the outcome by itself (AUC 1.000)")


@pytest.mark.parametrize(("known_if", "words"), [(1, "converted"), (0, "did not convert")])
def test_what_is_known_only_with_one_outcome_is_left_out(known_if: int, words: str) -> None:
    (leak,) = find_leaks(with_column("coupon", np.where(EXAMPLES.y == known_if, 5.0, np.nan)), 0.95)
    assert leak.is_left_out
    assert f"Coupon is known only where the session {words}" in leak.why


def test_a_near_leak_is_named_and_kept() -> None:
    noise = np.random.default_rng(1).normal(size=len(EXAMPLES))
    (leak,) = find_leaks(with_column("basket", EXAMPLES.y * 1.6 + noise), 0.95)
    assert (leak.name, leak.is_left_out) == ("basket", False)
    assert 0.80 <= leak.auc.low <= leak.auc.value < 0.99
    assert "may follow from the conversion" in leak.why


def test_noise_alone_is_worth_nothing_however_many_values_it_has() -> None:
    noise = np.random.default_rng(1).normal(size=len(EXAMPLES))
    found = auc_alone(noise, EXAMPLES, fold_of(EXAMPLES, 5, 0), 0.99)
    assert found.low <= 0.5 <= found.high


def test_the_plainest_leak_comes_first() -> None:
    both = with_column("basket", EXAMPLES.y * 1.6 + np.random.default_rng(1).normal(size=len(EXAMPLES)))
    both = replace(both, features=(*both.features, Feature("copy", "Copy", "number")))
    both = replace(both, x=np.column_stack([both.x, both.y]))
    assert [leak.name for leak in find_leaks(both, 0.95)] == ["copy", "basket"]


def test_an_amount_that_only_conversions_have_is_named() -> None:
    amounts = with_column("revenue", np.where(EXAMPLES.y == 1, 99.0, 0)).without(*EXAMPLES.names)
    (leak,) = find_amount_leaks(amounts, 0.95)
    assert (leak.name, leak.is_left_out, leak.auc.value) == ("revenue", True, 1)
    assert "and 100.0 % of those converted: it is known only afterwards" in leak.why


def test_an_amount_that_others_have_too_is_not_named() -> None:
    draw = np.random.default_rng(1)
    fee = with_column("fee", np.where(draw.random(len(EXAMPLES)) < 0.5, 3.0, np.nan)).without(*EXAMPLES.names)
    assert find_amount_leaks(fee, 0.95) == ()


def shoppers(folder: Path) -> Examples:
    frame = pd.read_csv(folder / "online_shoppers" / "online_shoppers_intention.csv.gz")
    y = frame.pop("Revenue").to_numpy(float)
    columns = {name: _codes(frame[name]) for name in frame}
    features = tuple(Feature(str(name), str(name), "number") for name in columns)
    return Examples(features, np.column_stack([*columns.values()]), y, np.ones(len(y)), np.arange(len(y)))


def _codes(values: "pd.Series[float]") -> Floats:
    return np.asarray(values if values.dtype.kind in "fi" else pd.factorize(values)[0], dtype=np.float64)


def test_the_value_of_pages_is_the_one_near_leak_of_online_shoppers(shared_data: Path) -> None:
    (leak,) = find_leaks(shoppers(shared_data), 0.95)
    assert (leak.name, leak.is_left_out) == ("PageValues", False)
