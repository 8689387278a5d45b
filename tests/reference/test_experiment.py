"""Tests and intervals of experiments against statsmodels on random tables, and figures of a published experiment."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest
from statsmodels.stats.proportion import test_proportions_2indep as independence_test

from analytics.experiment.bayes import compare_rates
from analytics.experiment.correction import benjamini_hochberg, holm
from analytics.experiment.effect import Effect, difference_of, log_ratio_of, pooled_difference
from analytics.experiment.sample_ratio import sample_ratio_p
from analytics.experiment.score import score_difference, score_lift, score_p_value
from analytics.experiment.sequential import NormalMixture, sequence_of
from analytics.experiment.statistic import Moments, Proportion, mean_of

Z = float(ndtri(0.975))


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    n1, n2 = draw(st.integers(10, 5_000)), draw(st.integers(10, 5_000))
    return draw(st.integers(1, n1 - 1)), n1, draw(st.integers(1, n2 - 1)), n2


def proportions(counts: tuple[int, ...]) -> tuple[Proportion, Proportion]:
    return Proportion.of(*counts[:2]), Proportion.of(*counts[2:])


@given(tables(), st.sampled_from([("two-sided", "two-sided"), ("greater", "larger"), ("less", "smaller")]))
def test_the_pooled_z_test_is_that_of_statsmodels(counts: tuple[int, ...], alternative: tuple[Any, str]) -> None:
    x1, n1, x2, n2 = counts
    one, two = proportions(counts)
    statistic, p = proportions_ztest([x1, x2], [n1, n2], alternative=alternative[1])
    ours = pooled_difference(one.point, two.point)
    assert float(ours.statistic) == pytest.approx(statistic, rel=1e-10, abs=1e-10)
    assert float(ours.p_value(alternative[0])) == pytest.approx(p, rel=1e-9, abs=1e-300)


@given(tables())
def test_the_unpooled_z_test_is_that_of_statsmodels(counts: tuple[int, ...]) -> None:
    one, two = proportions(counts)
    theirs = independence_test(*counts, method="wald", compare="diff")
    ours = difference_of(one.point, two.point).as_normal
    assert float(ours.p_value()) == pytest.approx(theirs.pvalue, rel=1e-8, abs=1e-300)


@given(tables())
def test_the_score_test_is_that_of_statsmodels(counts: tuple[int, ...]) -> None:
    theirs = independence_test(*counts, method="score", compare="diff", correction=True)
    assert float(score_p_value(*proportions(counts))) == pytest.approx(theirs.pvalue, rel=1e-7, abs=1e-300)


@pytest.mark.parametrize(
    "counts", [(56, 70, 48, 80), (5, 56, 1, 29), (173, 1_000, 140, 1_001), (817, 7_301, 855, 7_198)]
)
def test_the_score_interval_of_a_ratio_is_that_of_statsmodels(counts: tuple[int, ...]) -> None:
    ours = score_lift(*proportions(counts), Z)
    theirs = confint_proportions_2indep(*counts, method="score", compare="ratio", correction=True)
    assert (1 + float(ours.low), 1 + float(ours.high)) == pytest.approx(theirs, rel=1e-8)


@pytest.mark.parametrize("counts", [(56, 70, 48, 80), (173, 1_000, 140, 1_001), (817, 7_301, 855, 7_198)])
def test_the_score_interval_of_a_difference_is_near_that_of_statsmodels(counts: tuple[int, ...]) -> None:
    """Statsmodels 0.15 multiplies by conversions for units in the cubic's third coefficient, so it is a little off."""
    ours = score_difference(*proportions(counts), Z)
    theirs = confint_proportions_2indep(*counts, method="score", compare="diff", correction=True)
    assert (float(ours.low), float(ours.high)) == pytest.approx(theirs, abs=0.1 * float(ours.high - ours.low))


@pytest.fixture(scope="module")
def udacity(shared_data: Path) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((shared_data / "expected.json").read_text())["udacity_ab"]
    return figures


PARTS = ["clean", "alt_clean_drop_users_in_both_groups", "naive_raw_by_group", "CA", "UK", "US"]


@pytest.fixture(params=PARTS)
def figures(request: pytest.FixtureRequest, udacity: dict[str, Any]) -> dict[str, Any]:
    part: dict[str, Any] = {**udacity, **udacity["by_country"]}[request.param]
    return part


@pytest.fixture
def variants(figures: dict[str, Any]) -> tuple[Proportion, Proportion]:
    treatment, control = (Proportion.of(figures[name]["x"], figures[name]["n"]) for name in ("treatment", "control"))
    return treatment, control


Variants = tuple[Proportion, Proportion]


def test_the_published_experiment_has_its_z_tests(figures: dict[str, Any], variants: Variants) -> None:
    one, two = (variant.point for variant in variants)
    pooled, unpooled = pooled_difference(one, two), difference_of(one, two).as_normal
    assert float(pooled.statistic) == pytest.approx(figures["z_pooled"], rel=1e-10)
    assert float(pooled.p_value()) == pytest.approx(figures["p_pooled_two_sided"], rel=1e-10)
    assert float(pooled.p_value("greater")) == pytest.approx(figures["p_pooled_one_sided_treatment_greater"], rel=1e-10)
    assert float(unpooled.statistic) == pytest.approx(figures["z_unpooled"], rel=1e-10)
    assert float(unpooled.p_value()) == pytest.approx(figures["p_unpooled_two_sided"], rel=1e-10)


def test_the_published_experiment_has_its_intervals(figures: dict[str, Any], variants: Variants) -> None:
    """Miettinen and Nurminen's were made by statsmodels, whose cubic is a little off: see above."""
    one, two = variants
    wald = difference_of(one.point, two.point).as_normal.interval()
    score = score_difference(one, two, Z)
    ratio = log_ratio_of(one.point, two.point).as_normal.interval()
    assert [float(wald.low), float(wald.high)] == pytest.approx(figures["ci95_diff_wald"], abs=1e-12)
    assert [float(score.low), float(score.high)] == pytest.approx(figures["ci95_diff_miettinen_nurminen"], abs=7e-6)
    ends = [float(np.exp(end)) for end in (ratio.low, ratio.high)]
    assert ends == pytest.approx(figures["ci95_ratio_log_katz"], rel=1e-10)


def test_the_published_experiment_has_its_sample_ratio(figures: dict[str, Any], variants: Variants) -> None:
    counts = [float(variant.n) for variant in variants]
    assert float(sample_ratio_p(counts, [0.5, 0.5])) == pytest.approx(figures["srm_p_50_50"], rel=1e-10)


def test_the_published_experiment_has_its_chance_and_losses(udacity: dict[str, Any]) -> None:
    clean, expected = udacity["clean"], udacity["clean"]["bayes_beta11"]
    one, two = (Proportion.of(clean[name]["x"], clean[name]["n"]) for name in ("treatment", "control"))
    posterior = compare_rates(one, two)
    assert float(posterior.chance_to_beat) == pytest.approx(expected["chance_treatment_beats_control"], rel=1e-10)
    assert float(posterior.loss_of_treatment) == pytest.approx(expected["expected_loss_choose_treatment"], rel=1e-10)
    assert float(posterior.loss_of_control) == pytest.approx(expected["expected_loss_choose_control"], rel=1e-9)


def test_the_published_experiment_has_its_chance_to_fifty_digits(udacity: dict[str, Any]) -> None:
    """The sum of 17,265 terms of the exact chance, with fifty digits."""
    clean = udacity["clean"]
    one, two = (Proportion.of(clean[name]["x"], clean[name]["n"]) for name in ("treatment", "control"))
    assert float(compare_rates(one, two).chance_to_beat) == pytest.approx(0.09494417854755680175731, rel=1e-11)


def test_the_published_experiment_has_its_welch_test(udacity: dict[str, Any]) -> None:
    expected = udacity["clean"]["welch_t"]
    points = []
    for name in ("treatment", "control"):
        x, n = udacity["clean"][name]["x"], udacity["clean"][name]["n"]
        points.append(mean_of(Moments.of(n, [x], [x])))
    effect = difference_of(*points)
    assert float(effect.statistic) == pytest.approx(expected["t"], rel=1e-9)
    assert float(effect.freedom) == pytest.approx(expected["df"], rel=1e-9)
    assert float(effect.p_value()) == pytest.approx(expected["p"], rel=1e-9)


def test_the_published_experiment_has_its_corrected_countries(udacity: dict[str, Any]) -> None:
    countries = ["CA", "UK", "US"]
    p_values = [udacity["by_country"][name]["p_pooled_two_sided"] for name in countries]
    for correct, key in ((holm, "by_country_holm"), (benjamini_hochberg, "by_country_bh")):
        assert correct(p_values).tolist() == pytest.approx([udacity[key][name] for name in countries])


def test_the_published_experiment_has_its_confidence_sequences(udacity: dict[str, Any]) -> None:
    clean = udacity["clean"]
    one, two = (Proportion.of(clean[name]["x"], clean[name]["n"]) for name in ("treatment", "control"))
    effect: Effect = difference_of(one.point, two.point)
    for expected in udacity["asymptotic_cs"]:
        sequence = sequence_of(effect, one.n + two.n, NormalMixture.tuned_for(expected["n_star"]))
        ends = [float(sequence.interval.low), float(sequence.interval.high)]
        assert ends == pytest.approx(expected["ci95"], rel=1e-9)
        assert float(sequence.p_value) == expected["p_always_valid"]
