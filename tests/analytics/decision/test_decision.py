import pytest

from analytics.analysis import Request, run
from analytics.decision import DECISION, PARTS
from semantic.filter import Filter
from semantic.store import Store
from tests.analytics.decided import REMEDY, decided, planned, segment

MANY = (20_000, 20_000)


def test_an_effect_that_is_there_is_shipped() -> None:
    result = decided((1.3, 1), n=MANY)
    assert (result.kind, result.word, result.treatment) == ("ship", "Ship New", "New")
    assert result.effect.lift.low > 0
    assert result.effect.p_value < 0.05
    assert result.effect.loss_of_shipping < result.effect.loss_of_keeping
    assert result.waits == ()
    assert "No guardrail is planned" in result.reasons[1]


def test_a_loss_is_kept_away_and_the_other_way_round_it_is_shipped() -> None:
    worse, better = decided((1, 1.3), n=MANY), decided((1.3, 1), n=MANY)
    assert (worse.kind, worse.because, better.kind) == ("keep", "worse", "ship")
    assert worse.word == "Keep Old"


def test_without_a_difference_it_runs_on_and_says_how_long() -> None:
    result = decided()
    assert (result.kind, result.because) == ("keep_running", "open")
    assert [wait.premise for wait in result.waits] == ["planned", "observed"]
    assert result.waits[0].lift == 0.02


def test_a_failed_check_comes_before_every_number() -> None:
    result = decided((1.3, 1), status="failed", n=MANY)
    assert (result.kind, result.gate, result.effect) == ("cannot_be_answered", "failed", None)
    assert result.changes == (REMEDY,)
    assert result.reasons[0] == "The comparison is failed."


def test_a_warning_stands_first_among_the_reasons() -> None:
    result = decided((1.3, 1), status="warning", n=MANY)
    assert result.kind == "ship"
    assert result.reasons[:2] == ("The comparison is warning.", "The sample ratio warning.")


@pytest.mark.parametrize("n", [(0, 500), (500, 0)])
def test_one_engine_alone_cannot_be_answered(n: tuple[int, int]) -> None:
    result = decided(n=n)
    assert (result.kind, result.because) == ("cannot_be_answered", "no_comparison")


def test_one_planned_look_decides_nothing_before_its_size() -> None:
    early = decided((1.3, 1), planned(method="fixed", planned_units=50_000), n=MANY)
    due = decided((1.3, 1), planned(method="fixed", planned_units=40_000), n=MANY)
    assert (early.because, due.kind) == ("early", "ship")
    assert early.waits[0].likely == pytest.approx(7, abs=2)


def test_one_look_without_a_planned_size_decides_nothing() -> None:
    assert decided((1.3, 1), method="fixed", n=MANY).because == "early"


def test_at_the_planned_end_of_planned_looks_control_is_kept() -> None:
    plan = {"method": "group_sequential", "planned_units": 4_000}
    assert decided(catalog=planned(**plan)).because == "not_shown"
    assert decided(catalog=planned(**plan | {"planned_units": 8_000})).because == "open"


def test_a_smallest_effect_turns_a_sure_trifle_down() -> None:
    result = decided((1.3, 1), planned(smallest_effect=0.6), n=MANY)
    assert (result.kind, result.because) == ("keep", "too_small")
    assert result.smallest_effect == 0.6


def test_guardrails_must_be_shown_to_hold() -> None:
    guarded = {"guardrails": ("mean_revenue",)}
    held = decided((1.3, 1), planned(**guarded), n=MANY)
    strict = decided((1, 1), planned(**guarded, metric="sessions_per_user"), n=(300, 300))
    assert (held.kind, [g.status for g in held.guardrails]) == ("ship", ["held"])
    assert [g.status for g in strict.guardrails] == ["open"]


def test_of_several_treatments_the_best_is_named_with_those_that_are_like_it() -> None:
    result = decided((1.31, 1, 1.3), n=(20_000, 20_000, 20_000))
    assert result.kind == "ship"
    assert {result.treatment, *result.alike} == {"New", "Third"}
    apart = decided((1.6, 1, 1.2), n=(20_000, 20_000, 20_000))
    assert (apart.treatment, apart.alike) == ("New", ())


@pytest.mark.parametrize("alternative", ["two-sided", "greater", "less"])
@pytest.mark.parametrize("lift", [1.0, 1.1, 1.3, 0.8])
def test_interval_p_value_and_verdict_agree(lift: float, alternative: str) -> None:
    result = decided((lift, 1), alternative=alternative, confidence=0.9, n=(4_000, 4_000))
    differs = result.effect.p_value < 0.1
    assert (result.kind in ("ship", "keep")) == differs
    low, high = result.effect.difference.low, result.effect.difference.high
    assert differs == ((low is not None and low > 0) or (high is not None and high < 0))


def test_the_queries_of_its_parts_stand_under_their_names() -> None:
    asked = DECISION.queries(Request(DECISION), planned())
    assert {name.partition(".")[0] for name in asked} == {*PARTS, "whole", "new_users", "sessions"}


def test_it_is_shipped_for_segments_where_only_these_are_shown_to_gain() -> None:
    result = decided((1, 1), None, "passed", (2_000, 2_000), segment("Mobile", "gains"))
    assert (result.kind, result.segments) == ("ship_for_segments", ("Mobile",))
    assert result.headline == "Ship New for Mobile; keep Old elsewhere."
    assert "Mobile gains." in result.reasons


def test_it_is_not_shipped_where_a_segment_is_shown_to_lose() -> None:
    result = decided((1.3, 1), None, "passed", MANY, segment("Tablet", "loses"))
    assert (result.kind, result.exceptions) == ("ship_for_segments", ("Tablet",))


def test_it_is_the_same_with_the_results_of_its_parts_at_hand(store: Store) -> None:
    where = Filter.from_query("device=Mobile")
    together = run(store, [Request(DECISION, where), *(Request(part, where) for part in PARTS.values())])
    assert together[0] == run(store, [Request(DECISION, where)])[0]


def test_a_part_that_was_picked_decides_only_where_its_effect_survives_for_all_parts_like_it() -> None:
    alone = decided((1.085, 1), n=(6_000, 6_000))
    part = decided((1.085, 1), n=(6_000, 6_000), where="device=a&location=a")
    assert 0.05 / 4 < alone.effect.p_value < 0.05
    assert (alone.kind, part.kind, part.because) == ("ship", "keep_running", "part")
    assert part.headline.endswith("in this part alone, but not after correction for the 4 parts like it.")
    assert decided((1.3, 1), n=MANY, where="device=a&location=a").kind == "ship"


def test_segments_within_a_part_that_was_picked_decide_nothing() -> None:
    assert decided((1, 1), None, "passed", MANY, segment("Mobile", "gains"), where="device=a").kind == "keep_running"


def test_a_stretch_of_days_is_not_one_of_many_parts() -> None:
    assert decided((1.3, 1), n=MANY, where="day=2026-07-03..2026-07-20").effect.p_value < 0.05
    assert "parts like it" not in " ".join(decided((1.3, 1), n=MANY, where="day=2026-07-03..2026-07-20").reasons)
