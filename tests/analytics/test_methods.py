import dataclasses
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from analytics.analysis import Params, Request
from analytics.effects import EFFECTS, asked_columns, compute_effects
from analytics.methods import METHODS, ByMethod, MethodsResult, compute_methods
from semantic.catalog import Catalog
from semantic.experiment import Experiment
from semantic.units import UnitAnswer
from tests.analytics.answers import catalog_of
from tests.analytics.drawn_units import answer_of_users

CATALOG = catalog_of("user_id", "revenue", "time_spent_s")
UDACITY = ((17_264, 145_310), (17_489, 145_274))
"""Users who converted, and users: new page, old page."""


def planned(**plan: Any) -> Catalog:
    return dataclasses.replace(CATALOG, experiment=Experiment(**plan))


def by_methods(
    n: Sequence[int] = (2_000, 2_000),
    lifts: Sequence[float] = (1.1, 1),
    catalog: Catalog = CATALOG,
    params: Params = Params(),  # noqa: B008 - frozen
) -> MethodsResult:
    """Return what all methods say of drawn users; New stands before Old."""
    names = ("New", "Old", "Third")[: len(n)]
    request = Request(METHODS, params=params)
    queries = METHODS.queries(request, catalog)
    answers = {name: answer_of_users(asked_columns(catalog), names, n, 3, lifts) for name in queries}
    return compute_methods(answers, request, catalog)


def of_table(table: tuple[tuple[int, int], ...], params: Params = Params()) -> dict[str, ByMethod]:  # noqa: B008
    """Return the methods by name for users of one session each."""
    asked = asked_columns(CATALOG)
    is_conversion = np.array([column.measure == "n_converted" for column in asked])
    totals = np.array([np.where(is_conversion, x, n) for x, n in table], dtype=float)
    both = is_conversion[:, None] | is_conversion[None, :]
    products = np.array([np.where(both, x, n) for x, n in table], dtype=float)
    n = np.array([n for _, n in table], dtype=float)
    members = {"variant": ("New", "Old")}
    answer = UnitAnswer(("variant",), members, n, totals, products, version=1, origin="sql", caps={})
    (one,) = compute_methods({"units": answer}, Request(METHODS, params=params), CATALOG).treatments
    return {method.name: method for method in one.methods}


@pytest.mark.parametrize("metric", ["conversion_rate", "mean_revenue"])
@pytest.mark.parametrize("method", ["sequential", "fixed", "group_sequential"])
@pytest.mark.parametrize("tail", ["two-sided", "greater"])
def test_the_one_that_decides_is_that_of_effects(metric: str, method: str, tail: str) -> None:
    catalog, params = planned(planned_units=4_000, n_looks=4, metric=metric), Params(method=method, alternative=tail)
    answers = {
        name: answer_of_users(asked_columns(catalog), ("New", "Old"), (2_000, 2_000), 3, (1.1, 1))
        for name in ("units", "so_far")
    }
    (effect,) = compute_effects(answers, Request(EFFECTS, params=params), catalog).outcomes[0].effects
    first, *others = compute_methods(answers, Request(METHODS, params=params), catalog).treatments[0].methods
    assert (first.name, first.is_deciding) == (method, True)
    assert not any(other.is_deciding for other in others)
    assert (first.difference, first.lift, first.p_value) == (effect.difference, effect.lift, effect.p_value)


def test_tests_of_rates_agree_with_scipy_and_statsmodels() -> None:
    found = of_table(UDACITY)
    (x1, n1), (x2, n2) = UDACITY
    assert found["z_pooled"].p_value == pytest.approx(proportions_ztest([x1, x2], [n1, n2])[1], rel=1e-12)
    assert found["z_pooled"].p_value == pytest.approx(0.18988, abs=1e-5)
    tails = [fisher_exact([[x1, n1 - x1], [x2, n2 - x2]], tail).pvalue for tail in ("less", "greater")]
    assert found["fisher"].p_value == pytest.approx(2 * min(tails), rel=1e-9)
    assert found["mid_p"].p_value < found["fisher"].p_value


@pytest.mark.parametrize(
    ("name", "part", "method", "compare"),
    [
        ("z_unpooled", "difference", "wald", "diff"),
        ("newcombe", "difference", "newcomb", "diff"),
        ("fixed", "difference", "score", "diff"),
        ("log_ratio", "lift", "log", "ratio"),
        ("fixed", "lift", "score", "ratio"),
    ],
)
def test_intervals_of_rates_agree_with_statsmodels(name: str, part: str, method: str, compare: str) -> None:
    interval = getattr(of_table(UDACITY)[name], part)
    (x1, n1), (x2, n2) = UDACITY
    low, high = confint_proportions_2indep(x1, n1, x2, n2, method=method, compare=compare)
    less = 1.0 if compare == "ratio" else 0.0
    assert (interval.low, interval.high) == pytest.approx((low - less, high - less), rel=1e-4)


def test_every_method_of_a_rate_is_there() -> None:
    assert list(of_table(UDACITY)) == [
        *("sequential", "fixed", "z_pooled", "z_unpooled", "fisher", "mid_p", "newcombe", "log_ratio"),
        *("bayes", "exact_sequence"),
    ]


def test_no_method_shows_a_difference_where_none_is() -> None:
    assert {method.is_different for method in of_table(UDACITY).values()} == {False}


def test_the_exact_sequence_knows_conversions_and_shares_alone() -> None:
    (x1, _), (x2, _) = UDACITY
    exact = of_table(UDACITY)["exact_sequence"]
    assert exact.difference is None
    assert exact.lift.value == pytest.approx(x1 / x2 - 1)
    assert exact.lift.n == sum(n for _, n in UDACITY)
    wide, one_look = exact.lift, of_table(UDACITY)["log_ratio"].lift
    assert wide.low < one_look.low < one_look.high < wide.high


def test_planned_shares_move_the_exact_sequence() -> None:
    catalog = planned(shares=(("Old", 80), ("New", 20)))
    (one,) = by_methods(n=(1_000, 4_000), lifts=(1, 1), catalog=catalog).treatments
    exact = next(method for method in one.methods if method.name == "exact_sequence")
    assert exact.lift.low < 0 < exact.lift.high
    assert -0.1 < exact.lift.value < 0.1


def test_an_engine_without_a_planned_share_has_no_exact_sequence() -> None:
    catalog = planned(shares=(("Old", 1),))
    (one,) = by_methods(catalog=catalog).treatments
    exact = next(method for method in one.methods if method.name == "exact_sequence")
    assert (exact.lift.value, exact.p_value, exact.is_different) == (None, None, None)


def test_means_are_compared_by_welch_first() -> None:
    result = by_methods(catalog=planned(metric="mean_revenue"), params=Params(method="fixed"))
    methods = result.treatments[0].methods
    assert [method.name for method in methods] == ["fixed", "sequential", "normal", "log_ratio", "bayes"]
    assert methods[0].label == "Welch's t"
    assert result.design_effect is None


def test_p_values_and_intervals_agree_within_each_method() -> None:
    for lift in (1.0, 1.1, 1.3):
        for method in by_methods(lifts=(lift, 1)).treatments[0].methods:
            if method.p_value is not None:
                assert method.is_different == (method.p_value < 0.05)


def test_several_engines_share_the_level() -> None:
    two, three = by_methods(), by_methods(n=(2_000, 2_000, 2_000), lifts=(1.1, 1, 1))
    assert [one.treatment for one in three.treatments] == ["New", "Third"]
    for of_two, of_three in zip(two.treatments[0].methods, three.treatments[0].methods, strict=True):
        interval = of_two.difference and (of_two.difference.high - of_two.difference.low)
        assert not interval or interval < of_three.difference.high - of_three.difference.low


def test_users_with_several_sessions_are_told() -> None:
    assert by_methods().design_effect > 1.05


def test_the_headline_counts_methods_of_the_outcome() -> None:
    said = "New: 9 of 9 methods show a difference, the one that decides shows one."
    assert by_methods(n=(20_000, 20_000), lifts=(1.3, 1)).headline == said
    assert by_methods(n=(5, 5), lifts=(1, 1), catalog=planned(planned_units=8_000)).headline.startswith("New: 0 of ")


def test_nothing_to_compare_is_said() -> None:
    nothing = by_methods(n=(0, 0))
    assert (nothing.headline, nothing.treatments) == ("No sessions match this selection.", ())
    assert by_methods(n=(10, 0)).treatments == ()


def test_no_number_is_endless_with_next_to_nothing() -> None:
    found = of_table(((0, 3), (1, 2)))
    for method in found.values():
        ends = [method.lift, method.difference]
        values = [v for one in ends if one for v in (one.value, one.low, one.high) if v is not None]
        assert all(map(math.isfinite, values))
