from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from analytics.analysis import Params, Request
from analytics.comparison import COMPARISON, ComparisonResult, compute_comparison
from analytics.experiment.score import score_difference
from analytics.experiment.statistic import Proportion
from semantic.filter import Filter
from semantic.units import UnitAnswer
from tests.analytics.answers import answer_of, catalog_of
from tests.analytics.drawn_units import answer_of_users

Counts = Sequence[tuple[int, int]]


def compare(
    counts: Counts,
    names: Sequence[str] = ("Old", "New", "Best", "Next", "Last"),
    method: str = "fixed",
    sessions_each: int = 1,
) -> ComparisonResult:
    """Return the comparison of (conversions, users) pairs, control first; all sessions of a user are alike."""
    x, n = (np.array(column, dtype=float) for column in zip(*counts, strict=True))
    totals = np.stack([n, x], axis=-1) * sessions_each
    products = np.stack([totals, np.stack([x, x], axis=-1) * sessions_each], axis=-2) * sessions_each
    answer = UnitAnswer(
        ("variant",), {"variant": tuple(names[: len(counts)])}, n, totals, products, version=1, origin="sql"
    )
    request = Request(COMPARISON, params=Params(method=method))
    return compute_comparison({"units": answer}, request, catalog_of())


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(0, 5_000))
    return draw(st.integers(0, n)), n


@given(st.lists(counts(), min_size=2, max_size=5))
def test_significant_means_that_the_interval_excludes_zero(found: Counts) -> None:
    for comparison in compare(found).comparisons:
        low, high = comparison.difference.low, comparison.difference.high
        assert low is not None
        assert high is not None
        assert comparison.is_significant == (low > 0 or high < 0)


@given(counts(), counts())
def test_the_headline_claims_a_direction_only_where_it_is_shown(old: tuple[int, int], new: tuple[int, int]) -> None:
    result = compare([old, new])
    claims = [word for word in ("more", "less") if f" {word} than " in result.headline]
    if claims:
        (comparison,) = result.comparisons
        assert comparison.is_significant
        assert claims == ["more" if (comparison.difference.value or 0) > 0 else "less"]


@given(st.lists(counts(), min_size=1, max_size=5))
def test_the_headline_is_one_sentence_without_gaps(found: Counts) -> None:
    headline = compare(found).headline
    assert headline.endswith(".")
    assert not {"None", "nan", "inf"} & set(headline.replace(".", " ").split())


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ([(12_000, 100_000), (12_500, 100_000)], "New converts 4.2 % more than Old."),
        ([(12_500, 100_000), (12_000, 100_000)], "New converts 4.0 % less than Old."),
        ([(12_000, 100_000), (12_050, 100_000)], "No difference between New and Old can be shown."),
        ([(5, 19), (10, 5_000)], "New converts 99.2 % less than Old."),
        ([(0, 500), (0, 500)], "Neither New nor Old has a conversion in this selection."),
        ([(0, 500), (50, 500)], "New converts more than Old."),
        ([(50, 500), (0, 500)], "New converts 100.0 % less than Old."),
        ([(0, 0), (50, 500)], "Only New is in this selection."),
        ([(50, 500), (0, 0)], "Only Old is in this selection."),
        ([(0, 0), (0, 0)], "No sessions match this selection."),
        ([(0, 0), (5, 50), (5, 50)], "Old has no sessions in this selection, so nothing can be compared with it."),
    ],
)
def test_two_variants_are_compared_in_one_sentence(counts: Counts, headline: str) -> None:
    assert compare(counts).headline == headline


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        (
            [(500, 5_000), (700, 5_000), (300, 5_000)],
            "New converts 40.0 % more than Old; Best converts 40.0 % less than Old.",
        ),
        (
            [(500, 5_000), (700, 5_000), (505, 5_000)],
            "New converts 40.0 % more than Old; no difference to Old can be shown for Best.",
        ),
        (
            [(500, 5_000), (505, 5_000), (1, 5)],
            "No difference to Old can be shown for Best or New.",
        ),
        ([(500, 5_000), (505, 5_000), (505, 5_000)], "No difference to Old can be shown for New or Best."),
        (
            [(500, 5_000), *[(x, 5_000) for x in (900, 800, 700, 950)]],
            "Last converts 90.0 % more than Old; New converts 80.0 % more than Old; "
            "Best converts 60.0 % more than Old; 1 more differ.",
        ),
    ],
)
def test_several_variants_are_compared_in_one_sentence(counts: Counts, headline: str) -> None:
    assert compare(counts).headline == headline


def test_a_small_lift_is_not_rounded_to_nothing() -> None:
    headline = compare([(5_000_000, 10_000_000), (5_002_400, 10_000_000)]).headline
    assert headline == "No difference between New and Old can be shown."
    assert "0.04 %" in compare([(500_000_000, 1_000_000_000), (500_200_000, 1_000_000_000)]).headline


def test_several_variants_share_the_error() -> None:
    result = compare([(120, 1_000), (150, 1_000), (130, 1_000)])
    lows = {comparison.variant: comparison.difference.low for comparison in result.comparisons}
    critical = float(ndtri(1 - 0.0125))
    expected = score_difference(Proportion.of(150, 1_000), Proportion.of(120, 1_000), critical)
    assert lows["New"] == pytest.approx(float(expected.low))


@given(counts(), counts(), st.sampled_from(["fixed", "sequential"]))
def test_lift_difference_and_p_value_agree(old: tuple[int, int], new: tuple[int, int], method: str) -> None:
    for comparison in compare([old, new], method=method).comparisons:
        assert comparison.is_significant == (comparison.p_value < 0.05)
        low, high = comparison.lift.low, comparison.lift.high
        assert comparison.is_significant == ((low is not None and low > 0) or (high is not None and high < 0))


def test_looking_often_takes_more_evidence() -> None:
    counts = [(12_000, 100_000), (12_300, 100_000)]
    assert compare(counts).comparisons[0].is_significant
    often = compare(counts, method="sequential")
    assert not often.comparisons[0].is_significant
    assert "hold at every look" in often.detail


def test_more_sessions_of_the_same_users_are_no_more_evidence() -> None:
    counts = [(500, 5_000), (570, 5_000)]
    once, often = (compare(counts, sessions_each=each).comparisons[0] for each in (1, 6))
    assert often.rate.n == 30_000
    assert often.p_value == pytest.approx(once.p_value, rel=0.01)


def test_the_best_variant_comes_first() -> None:
    names = [comparison.variant for comparison in compare([(50, 500), (60, 500), (90, 500), (10, 500)]).comparisons]
    assert names == ["Best", "New", "Next"]


def test_the_detail_says_how_large_the_difference_may_be_and_what_is_taken_for_granted() -> None:
    detail = compare([(12_000, 100_000), (12_050, 100_000)]).detail
    assert "(95 % interval −0.24 to +0.34)" in detail
    assert "from −1.9 % to +2.8 %" in detail
    assert "one look at a size that was planned beforehand" in detail
    assert "independent" in detail


def test_a_filter_on_the_variant_does_not_filter_the_comparison() -> None:
    request = Request(COMPARISON, Filter.from_query("variant=New&device=Mobile"), Params(by="device"))
    assert request.where.to_query() == "device=Mobile"
    assert request == Request(COMPARISON, Filter.from_query("device=Mobile"))


def test_of_many_sessions_the_part_is_counted_with_the_design_effect_of_the_whole() -> None:
    request = Request(COMPARISON, params=Params(method="fixed"))
    columns = COMPARISON.queries(request, catalog_of("user_id"))["units"].columns
    everyone = answer_of_users(columns, ("New", "Old"), (3_000, 3_000), 1, (1.3, 1))
    cells = answer_of({"variant": ("New", "Old")}, n_sessions=everyone.totals[:, 0], n_converted=everyone.totals[:, 1])
    plain, thin = (
        compute_comparison(answers, request, catalog_of("user_id"))
        for answers in ({"units": everyone}, {"everyone": everyone, "cells": cells})
    )
    assert thin == plain
