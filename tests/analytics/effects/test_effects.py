import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from analytics.analysis import Params, Request
from analytics.effects import EFFECTS, compute_effects
from analytics.effects.result import EffectsResult
from analytics.outcome import columns_of, covariates_of
from semantic.catalog import Catalog
from semantic.experiment import Experiment
from semantic.filter import Filter
from tests.analytics.answers import catalog_of
from tests.analytics.drawn_units import answer_of_users

CATALOG = catalog_of("user_id", "revenue", "time_spent_s")
NAMES = ("New", "Old", "Third")


def planned(**plan: Any) -> Catalog:
    return dataclasses.replace(CATALOG, experiment=Experiment(**plan))


def effects(
    n: Sequence[int] = (2_000, 2_000),
    lifts: Sequence[float] = (1, 1),
    catalog: Catalog = CATALOG,
    params: Params = Params(),  # noqa: B008 - frozen
    where: str = "",
) -> EffectsResult:
    """Return the effects of drawn users; New stands before Old."""
    request = Request(EFFECTS, Filter.from_query(where), params)
    queries = EFFECTS.queries(request, catalog)
    asked = queries["units"].columns
    answers = {name: answer_of_users(asked, NAMES[: len(n)], n, 3, lifts) for name in queries}
    return compute_effects(answers, request, catalog)


def test_control_stands_first_and_the_deciding_outcome_too() -> None:
    result = effects()
    assert [arm.variant for arm in result.arms] == ["Old", "New"]
    assert [outcome.is_deciding for outcome in result.outcomes][:2] == [True, False]
    assert result.outcomes[0].name == "conversion_rate"


def test_an_effect_that_is_there_is_told() -> None:
    result = effects(n=(20_000, 20_000), lifts=(1.3, 1))
    (effect,) = result.outcomes[0].effects
    assert effect.shown == "more"
    assert result.headline.startswith("New converts ")
    assert effect.lift.low < 0.3 < effect.lift.high


def test_no_effect_is_not_told() -> None:
    result = effects()
    assert result.headline == "No difference between New and Old can be shown."
    assert {effect.shown for outcome in result.outcomes for effect in outcome.effects} == {"open"}


@pytest.mark.parametrize("method", ["sequential", "fixed", "group_sequential"])
def test_whatever_decides_p_value_interval_and_word_agree(method: str) -> None:
    catalog = planned(planned_units=8_000, n_looks=4)
    for seed_of_lift in (1.0, 1.1, 1.25):
        result = effects(lifts=(seed_of_lift, 1), catalog=catalog, params=Params(method=method))
        assert result.method == method
        for effect in (effect for outcome in result.outcomes for effect in outcome.effects):
            excludes = effect.difference.low > 0 or effect.difference.high < 0
            assert excludes == (effect.p_value < 0.05) == (effect.shown in ("more", "less", "hint"))


def test_outcomes_that_do_not_decide_are_corrected_for_their_number() -> None:
    first, *others = effects(lifts=(1.2, 1), params=Params(method="fixed")).outcomes
    assert first.effects[0].adjusted_p_value == first.effects[0].p_value
    smallest = min(others, key=lambda outcome: outcome.effects[0].p_value or 0.0).effects[0]
    assert smallest.adjusted_p_value == pytest.approx(len(others) * smallest.p_value)


def test_more_treatments_widen_every_interval() -> None:
    two = effects(n=(2_000, 2_000), params=Params(method="fixed")).outcomes[0].effects[0].difference
    three = (
        effects(n=(2_000, 2_000, 2_000), lifts=(1, 1, 1), params=Params(method="fixed"))
        .outcomes[0]
        .effects[0]
        .difference
    )
    assert three.high - three.low > two.high - two.low


def test_users_with_many_sessions_are_found() -> None:
    rate, users, *_ = effects().outcomes
    assert rate.arms[0].design_effect > 1.05
    assert users.arms[0].design_effect == 1
    assert (rate.arms[0].value.n, users.arms[0].value.n) == (4_982, 2_000)


def test_what_was_known_before_stands_beside() -> None:
    assert all(effect.adjusted is None for outcome in effects().outcomes for effect in outcome.effects)
    catalog = planned(started_on=date(2026, 3, 1))
    assert {column.name for column in covariates_of(catalog)} <= {
        c.name for c in columns_of((), covariates_of(catalog))
    }
    adjusted = effects(catalog=catalog).outcomes[0].effects[0].adjusted
    assert 0.7 < adjusted.variance_kept < 1
    assert adjusted.difference.low < adjusted.difference.value < adjusted.difference.high


def test_capped_money_tells_where_it_was_cut_off() -> None:
    caps = {outcome.name: outcome.cap for outcome in effects().outcomes if outcome.cap}
    assert caps == {"revenue_per_user_capped": 40}


def test_bayes_and_the_other_answer_look_the_same_way() -> None:
    effect = effects(n=(20_000, 20_000), lifts=(1.3, 1)).outcomes[0].effects[0]
    assert effect.chance_to_beat > 0.99
    assert effect.loss_of_treatment < 1e-6 < effect.loss_of_control
    assert effect.credible.low > 0


@pytest.mark.parametrize(
    ("n", "headline"),
    [
        ((0, 0), "No sessions match this selection."),
        ((5, 0), "Only New is in this selection."),
        ((50, 0, 50), "Old has no sessions in this selection, so nothing can be compared with it."),
    ],
)
def test_a_selection_without_both_says_so(n: Sequence[int], headline: str) -> None:
    result = effects(n=n, lifts=(1,) * len(n))
    assert (result.headline, result.outcomes) == (headline, ())


def test_one_user_each_says_nothing() -> None:
    result = effects(n=(1, 1))
    assert all(effect.shown in ("unknown", "open") for outcome in result.outcomes for effect in outcome.effects)
