from analytics.analysis import Params
from analytics.effects.result import TreatmentEffect
from analytics.effects.words import sentence_of
from analytics.estimate import Estimate
from analytics.outcome import outcomes_of
from semantic.experiment import Experiment
from tests.analytics.answers import catalog_of
from tests.analytics.effects.test_effects import CATALOG, effects, planned

NOTHING = Estimate(None, None, None, 0)
USERS = outcomes_of(CATALOG)[1]


def effect_of(shown: str, lift: Estimate = NOTHING, gap: float = 1.0) -> TreatmentEffect:
    difference = Estimate(gap, gap / 2, gap * 2, 10)
    return TreatmentEffect("New", difference, lift, 0.01, 0.2, shown, False, None, None, None, NOTHING, None, "")  # type: ignore[arg-type]


def test_a_claim_has_its_size_and_direction() -> None:
    assert sentence_of(USERS, effect_of("more", Estimate(0.034, 0.01, 0.05, 10)), "Old") == (
        "Share of users who convert is 3.4 % higher with New than with Old."
    )
    assert sentence_of(USERS, effect_of("less", Estimate(-0.0002, -0.01, -0.0001, 10), -1.0), "Old") == (
        "Share of users who convert is 0.02 % lower with New than with Old."
    )


def test_a_lift_that_is_not_bounded_is_not_told() -> None:
    assert sentence_of(USERS, effect_of("more", Estimate(3.4, 0.5, None, 10)), "Old") == (
        "Share of users who convert is higher with New than with Old."
    )


def test_what_holds_alone_only_is_told_as_such() -> None:
    assert sentence_of(USERS, effect_of("hint"), "Old").endswith("among all outcomes that may be chance.")


def test_what_is_not_shown_is_said_so() -> None:
    assert sentence_of(USERS, effect_of("open"), "Old") == (
        "Share of users who convert: no difference between New and Old can be shown."
    )
    assert "too little data" in sentence_of(USERS, effect_of("unknown"), "Old")


def test_several_treatments_are_one_sentence() -> None:
    result = effects(n=(900, 900, 900), lifts=(1, 1, 1))
    assert result.headline == (
        "No difference between New and Old can be shown; No difference between Third and Old can be shown."
    )


def test_a_comparison_within_what_the_engine_caused_is_warned_of() -> None:
    assert "Time spent is measured after the engine acted" in effects(where="time_spent_s=1..2").warnings[0]


def test_a_selection_is_told_to_be_one() -> None:
    assert effects().warnings == ()
    catalog = catalog_of("user_id", "device")
    assert "taken because of its numbers" in effects(where="device=Mobile", catalog=catalog).warnings[0]


def test_looks_that_nobody_planned_are_told() -> None:
    assert "planned_units" in effects(params=Params(method="group_sequential")).warnings[0]
    assert "planned_units" in effects(params=Params(method="fixed")).warnings[0]
    assert effects(catalog=planned(planned_units=3_900, method="fixed")).warnings == ()


def test_a_method_or_side_that_was_not_planned_is_told() -> None:
    catalog = planned(planned_units=3_900)
    assert "Another method" in effects(params=Params(method="fixed"), catalog=catalog).warnings[0]
    assert "One side alone" in effects(params=Params(alternative="greater")).warnings[0]


def test_before_and_after_the_planned_end_numbers_are_not_what_was_planned() -> None:
    early, late, looks = (
        effects(catalog=planned(planned_units=units, method=method)).warnings
        for units, method in ((8_000, "fixed"), (2_000, "fixed"), (2_000, "group_sequential"))
    )
    assert early == (
        "4,000 users are there and 8,000 were planned: before that look, what is shown here decides nothing and may "
        "well be chance.",
    )
    assert late == looks
    assert "what was seen at the planned end decides" in late[0]
    assert effects(catalog=planned(planned_units=2_000)).warnings == ()


def test_a_log_without_users_counts_sessions() -> None:
    catalog = catalog_of("revenue")
    assert catalog.experiment == Experiment()
    result = effects(catalog=catalog)
    assert "names no users" in result.warnings[0]
    assert all(outcome.per == "session" for outcome in result.outcomes)
