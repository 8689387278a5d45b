"""The gate as a whole: worst first, and one sentence."""

import pytest

from analytics.analysis import Request
from analytics.checks.check import Check, Status
from analytics.validity import ValidityResult, compute_validity, headline_of
from tests.analytics.checks.observations import ANY, ENGINES, catalog_with, units_of


def validity(new: float, old: float, n_crossed: int = 0) -> ValidityResult:
    answers = {"units": units_of(ENGINES, [new, old], n_crossed=n_crossed)}
    return compute_validity(answers, Request(ANY), catalog_with())


def test_what_failed_is_told_first() -> None:
    result = validity(60_000, 50_000, n_crossed=200)
    assert [check.status for check in result.checks] == ["failed", "warning"]
    assert (result.status, result.checks[0].name) == ("failed", "sample_ratio")
    assert result.headline == "This comparison cannot be trusted: 1 of 2 checks failed (sample ratio)."


def test_shares_have_intervals_and_units() -> None:
    old, new = validity(60, 40).shares
    assert (old.value, old.n, new.value) == (0.4, 100, 0.6)
    assert (old.low or 0.0) < 0.4 < (old.high or 0.0)


STATUSES: list[tuple[list[Status], str]] = [
    (["passed", "passed"], "Nothing speaks against this comparison: all 2 checks that could be made are passed."),
    (["warning", "unknown"], "Read this comparison with care: 1 of 1 checks warn (sample ratio)."),
    (["unknown"], "Whether this comparison can be trusted is not known: there is nothing to check."),
]


@pytest.mark.parametrize(("statuses", "sentence"), STATUSES)
def test_the_headline_says_what_is_worst(statuses: list[Status], sentence: str) -> None:
    assert headline_of([Check("sample_ratio", "Sample ratio", status, "") for status in statuses]) == sentence
