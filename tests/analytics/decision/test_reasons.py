import dataclasses
from typing import Any

import pytest

from analytics.decision.reasons import changes_of, reasons_of
from analytics.decision.result import Wait
from analytics.decision.words import headline_of
from analytics.estimate import Estimate
from analytics.experiment.verdict import Verdict
from tests.analytics.known import EFFECT, known


def test_reasons_hold_numbers_guardrails_costs_and_checks_in_this_order() -> None:
    assert reasons_of(known(Verdict("ship", "better", "New", ("Third",)))) == (
        "Conversion rate: 21.0 % with New, 20.0 % with Old, a lift of +4.0 % (95 % interval +1.0 to +7.0 %).",
        "Revenue per session gets worse, perhaps by more than the 5 % that is accepted (lift −20.0 to −5.0 %).",
        "Third can be shipped as well: New is not shown to be better than that.",
        "Deciding now costs on average next to nothing if New is shipped, 8 conversions in 1,000 sessions if Old is "
        "kept.",
        "Nothing speaks against it.",
    )


def test_a_filter_warns_of_picking_the_best_of_many() -> None:
    told = reasons_of(known(Verdict("ship", "better", "New"), n_parts=18))
    assert any(reason.startswith("One of 18 parts like it is selected") for reason in told)


def test_waits_are_told_with_their_premise() -> None:
    narrow = dataclasses.replace(EFFECT, lift=Estimate(0.01, -0.2, 0.3, 9))
    first, second, _ = changes_of(known(Verdict("keep_running", "open", "New"), effect=narrow))
    assert first == (
        "Were a lift of 10 % true, it would be shown after about 12 days (10 to 15), with 4,000 sessions more."
    )
    assert second.endswith("would take more than three years of this traffic.")


def test_a_planned_end_is_told_as_one_and_promises_no_lift() -> None:
    ending = (Wait("end", 0.02, None, 12, 10, 15),)
    running = known(Verdict("keep_running", "open", "New"), waits=ending)
    assert changes_of(running)[0] == "The planned end: 20,000 users, after about 12 days (10 to 15)."
    assert headline_of(running).endswith("; the planned end is about 12 days (10 to 15) away.")


@pytest.mark.parametrize(
    "because", ["better", "segments", "worse", "too_small", "guardrail", "guardrail_open", "not_shown", "early"]
)
def test_every_verdict_says_what_would_change_it(because: Any) -> None:
    assert changes_of(known(Verdict("keep", because, "New")))


def test_a_large_loss_is_written_out() -> None:
    large = dataclasses.replace(EFFECT, loss_of_shipping=0.19, loss_of_keeping=0.0)
    told = reasons_of(known(Verdict("keep", "worse", "New"), effect=large))
    assert any(" 190 conversions in 1,000" in one for one in told)


def test_where_chances_are_logged_a_failed_gate_leads_to_what_accounts_for_them() -> None:
    failed = known(Verdict("cannot_be_answered", "gate"), has_chances=True)
    assert changes_of(failed)[0].startswith("Engines were drawn with logged chances")
    assert changes_of(failed)[1:] == changes_of(known(Verdict("cannot_be_answered", "gate")))
