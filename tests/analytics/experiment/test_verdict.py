import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.experiment.contrast import Contrast
from analytics.experiment.effect import Alternative, Effect
from analytics.experiment.sequential import NormalMixture
from analytics.experiment.statistic import Proportion
from analytics.experiment.verdict import Candidate, Rules, Verdict, broken_of, decide, open_of, standing_of
from tests.analytics.experiment.contrasts import contrast, counts, scored

PLAIN = Rules()
BETTER, WORSE, OPEN = contrast(0.01, 0.04, 0.07), contrast(-0.07, -0.04, -0.01), contrast(-0.02, 0.01, 0.04)
TINY = contrast(0.001, 0.004, 0.008)
ends = st.lists(st.floats(-0.9, 0.9), min_size=3, max_size=3).map(
    lambda three: contrast(min(three), sum(three) - min(three) - max(three), max(three))
)
rules = st.builds(Rules, st.sampled_from([0.0, 0.01, 0.2]), st.sampled_from([0.0, 0.05]))


def verdict(metric: Contrast, rules: Rules = PLAIN, **more) -> Verdict:
    return decide([Candidate("New", metric, **more)], rules)


@pytest.mark.parametrize(
    ("metric", "kind", "because"),
    [(BETTER, "ship", "better"), (WORSE, "keep", "worse"), (OPEN, "keep_running", "open")],
)
def test_the_interval_says_what_to_do(metric: Contrast, kind: str, because: str) -> None:
    found = verdict(metric)
    assert (found.kind, found.because, found.variant) == (kind, because, "New")


def test_a_difference_can_be_shown_and_be_too_small_to_matter() -> None:
    assert (verdict(TINY).kind, verdict(TINY, Rules(0.01)).kind) == ("ship", "keep")
    assert verdict(TINY, Rules(0.01)).because == "too_small"


def test_no_difference_worth_acting_on_can_be_shown_as_well() -> None:
    assert verdict(contrast(-0.004, 0.001, 0.006), Rules(0.01)).because == "too_small"


def test_better_but_perhaps_by_too_little_waits() -> None:
    found = verdict(contrast(0.001, 0.008, 0.02), Rules(0.01))
    assert (found.kind, found.because) == ("keep_running", "size_open")


def test_a_failed_gate_comes_before_every_number() -> None:
    found = verdict(BETTER, Rules(gate_failed=True))
    assert (found.kind, found.because) == ("cannot_be_answered", "gate")


def test_without_anything_to_compare_nothing_is_answered() -> None:
    unknown = contrast(math.nan, math.nan, math.nan)
    assert {decide([], Rules()).because, verdict(unknown).because} == {"no_comparison"}


def test_before_the_only_look_that_was_planned_nothing_is_decided() -> None:
    assert verdict(BETTER, Rules(stage="early")).because == "early"
    assert verdict(WORSE, Rules(stage="early")).kind == "keep_running"


def test_at_the_planned_end_what_is_not_shown_is_not_shipped() -> None:
    found = verdict(OPEN, Rules(stage="over"))
    assert (found.kind, found.because) == ("keep", "not_shown")
    assert verdict(BETTER, Rules(stage="over")).kind == "ship"


def test_a_guardrail_must_be_shown_to_hold_before_anything_is_shipped() -> None:
    held = contrast(-0.01, 0, 0.01, "revenue")
    open_, broken = contrast(-0.1, 0, 0.1, "revenue"), contrast(-0.2, -0.1, -0.05, "revenue")
    kinds = [verdict(BETTER, Rules(margin=0.02), guardrails=(g,)).because for g in (held, open_, broken)]
    assert kinds == ["better", "guardrail_open", "guardrail"]
    assert verdict(BETTER, Rules(margin=0.02), guardrails=(held, broken)).guardrails == ("revenue",)
    assert verdict(BETTER, Rules(margin=0.02), guardrails=(open_,)).kind == "keep_running"


def test_a_loss_within_the_margin_is_accepted() -> None:
    small = contrast(-0.015, -0.01, -0.005, "pages")
    candidate = Candidate("New", BETTER, (small,))
    assert (broken_of(candidate, Rules(margin=0.02)), broken_of(candidate, Rules())) == ((), ("pages",))
    assert (open_of(candidate, Rules(margin=0.02)), standing_of(candidate, Rules())) == ((), "guardrail")


def test_of_several_treatments_the_best_that_is_shown_is_shipped() -> None:
    best, good = contrast(0.02, 0.06, 0.1), contrast(0.01, 0.03, 0.05)
    fancy = contrast(-0.1, 0.2, 0.5)
    found = decide([Candidate("A", good), Candidate("B", best), Candidate("C", fancy)], Rules())
    assert (found.kind, found.variant, found.alike) == ("ship", "B", ("A",))
    told_apart = Candidate("B", best, beats=frozenset({"A"}))
    assert decide([Candidate("A", good), told_apart], Rules()).alike == ()


def test_control_is_kept_only_where_no_treatment_may_still_be_better() -> None:
    assert decide([Candidate("A", WORSE), Candidate("B", OPEN)], Rules()).kind == "keep_running"
    both = decide([Candidate("A", WORSE), Candidate("B", TINY)], Rules(0.01))
    assert (both.kind, both.because, both.variant) == ("keep", "too_small", "B")


@pytest.mark.parametrize("metric", [OPEN, WORSE])
def test_it_is_shipped_where_it_is_shown_to_be_better(metric: Contrast) -> None:
    found = verdict(metric, segments=(replace(BETTER, name="Mobile"), replace(WORSE, name="Tablet")))
    assert (found.kind, found.segments) == ("ship_for_segments", ("Mobile",))


def test_it_is_not_shipped_where_it_is_shown_to_be_worse() -> None:
    found = verdict(BETTER, segments=(replace(BETTER, name="Mobile"), replace(WORSE, name="Tablet")))
    assert (found.kind, found.because, found.exceptions) == ("ship_for_segments", "better", ("Tablet",))


def test_no_segment_is_served_before_guardrails_are_shown_to_hold() -> None:
    waiting = contrast(-0.1, 0.0, 0.1)
    found = verdict(OPEN, segments=(replace(BETTER, name="Mobile"),), guardrails=(replace(waiting, name="revenue"),))
    assert found.kind == "keep_running"


def test_an_effect_that_does_not_survive_correction_waits_whichever_way_it_goes() -> None:
    for metric in (BETTER, WORSE):
        found = verdict(replace(metric, is_corrected=False))
        assert (found.kind, found.because) == ("keep_running", "part")


def test_no_segment_is_served_by_what_breaks_a_guardrail_or_helps_too_little() -> None:
    mobile, broken = replace(BETTER, name="Mobile"), replace(WORSE, name="revenue")
    assert verdict(OPEN, segments=(mobile,), guardrails=(broken,)).kind == "keep"
    assert verdict(OPEN, Rules(0.05), segments=(mobile,)).kind == "keep"


@given(ends, rules)
def test_what_is_shipped_is_shown_to_be_better(metric: Contrast, rules: Rules) -> None:
    found = verdict(metric, rules)
    assert not (found.kind == "ship" and not metric.is_better)
    assert not (found.because == "worse" and not metric.is_worse)
    assert not (metric.is_worse and found.kind != "keep")


@given(ends, rules, st.booleans())
def test_a_failed_gate_never_ships(metric: Contrast, rules: Rules, has_segment: bool) -> None:
    segments = (metric,) if has_segment else ()
    assert verdict(metric, replace(rules, gate_failed=True), segments=segments).kind == "cannot_be_answered"


@given(counts, counts, st.floats(0.5, 4))
def test_variants_that_change_places_change_ship_and_keep(one: Proportion, two: Proportion, critical: float) -> None:
    kind, swapped = (verdict(scored(*pair, critical)).kind for pair in ((one, two), (two, one)))
    assert swapped == {"ship": "keep", "keep": "ship"}.get(kind, kind)


@given(
    st.floats(-5, 5),
    st.floats(0.5, 0.999),
    st.sampled_from(["two-sided", "greater", "less"]),
    st.sampled_from([None, 2.0, 3000.0]),
)
def test_p_value_and_verdict_never_contradict_each_other(
    z: float, confidence: float, alternative: Alternative, n: float | None
) -> None:
    effect, mixture = Effect(np.array(z), np.array(1.0), np.array(np.inf)), NormalMixture(0.01)
    p = float(mixture.p_value(z, n, alternative) if n else effect.p_value(alternative))
    critical = mixture.critical(n, confidence, alternative) if n else None
    interval = effect.interval(confidence, alternative) if critical is None else effect.within(critical, alternative)
    found = verdict(Contrast.of("New", interval, interval))
    if abs(p - (1 - confidence)) > 1e-9:
        assert (found.kind in ("ship", "keep")) == (p < 1 - confidence)
