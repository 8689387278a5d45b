import dataclasses

import pytest

from analytics.decision.result import Wait
from analytics.decision.words import days_of, headline_of, method_statement, word_of
from analytics.estimate import Estimate
from analytics.experiment.verdict import Kind, Verdict
from tests.analytics.known import EFFECT, EFFECTS, PLANNED, known


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (
            Verdict("keep", "too_small", "New"),
            "Keep Old: New is at most 7 % better, less than the 2 % worth acting on.",
        ),
        (
            Verdict("keep", "guardrail", "New", guardrails=("mean_revenue",)),
            "Keep Old: New makes Revenue per session worse, which must not lose more than 5 %.",
        ),
        (Verdict("keep_running", "early", "New"), "Keep running: one look was planned, at 20,000 users."),
        (Verdict("keep", "not_shown", "New"), "Keep Old: at the planned 20,000 users no difference is shown."),
        (Verdict("cannot_be_answered", "gate"), "Cannot be answered: the data of this comparison cannot be trusted."),
        (
            Verdict("cannot_be_answered", "no_comparison"),
            "Cannot be answered: only Old is in this selection.",
        ),
        (
            Verdict("ship_for_segments", "segments", "New", segments=("Mobile", "Delhi")),
            "Ship New for Mobile and Delhi; keep Old elsewhere.",
        ),
        (
            Verdict("ship_for_segments", "better", "New", exceptions=("Tablet",)),
            "Ship New, but keep Old for Tablet, where it does worse.",
        ),
    ],
)
def test_a_verdict_is_one_sentence(verdict: Verdict, sentence: str) -> None:
    assert headline_of(known(verdict)) == sentence


def test_what_runs_on_says_how_long_or_what_is_ruled_out() -> None:
    running = Verdict("keep_running", "open", "New")
    narrow = dataclasses.replace(EFFECT, lift=Estimate(0.01, -0.2, 0.3, 9))
    assert headline_of(known(running, effect=narrow)).endswith(
        "; a lift of 10 % would take about 12 days (10 to 15) more."
    )
    assert headline_of(known(running)).endswith(", and a lift of 10 % or more is ruled out.")
    never = dataclasses.replace(PLANNED, likely=None, soonest=None, latest=None)
    assert "even a lift of 10 % would take more than three years" in headline_of(
        known(running, effect=narrow, waits=(never,))
    )


def test_every_kind_has_a_word() -> None:
    kinds: tuple[Kind, ...] = ("ship", "keep", "ship_for_segments", "keep_running", "cannot_be_answered")
    words = [word_of(Verdict(kind, "open", "New"), "Old") for kind in kinds]
    assert words == ["Ship New", "Keep Old", "Ship New for some", "Keep running", "Cannot be answered"]


def test_a_day_is_one_and_a_range_may_be_open() -> None:
    assert days_of(Wait("planned", 0.1, 1, 1, 1, 2)) == "about 1 day (1 to 2)"
    assert days_of(Wait("planned", 0.1, 1, 400, 300, None)) == "about 400 days (300 to more than three years)"


@pytest.mark.parametrize(
    ("method", "words"),
    [("sequential", "at every look"), ("fixed", "planned 20,000 users"), ("group_sequential", "10 planned looks")],
)
def test_the_method_is_told_in_plain_words(method: str, words: str) -> None:
    told = method_statement(
        known(Verdict("ship", "better", "New"), effects=dataclasses.replace(EFFECTS, method=method))
    )
    assert words in told
    assert told.endswith("Users are compared, each with all sessions.")
