"""The gate as a whole: worst first, and one sentence."""

import pytest

from analytics.analysis import Request
from analytics.checks.check import Check, Status
from analytics.validity import CHECKS, VALIDITY, ValidityResult, compute_validity, headline_of
from semantic.filter import Filter
from tests.analytics.checks.observations import ENGINES, catalog_with, units_of


def validity(new: int, old: int, n_crossed: int = 0) -> ValidityResult:
    n = [new, old]
    answers = {"units": units_of(ENGINES, n, n, [new // 10, old // 10], n_crossed=n_crossed)}
    return compute_validity(answers, Request(VALIDITY), catalog_with())


def test_what_failed_is_told_first() -> None:
    result = validity(60_000, 50_000, n_crossed=200)
    statuses = [check.status for check in result.checks]
    assert statuses == sorted(statuses, key=["failed", "warning", "unknown", "passed"].index)
    assert (result.status, result.checks[0].name) == ("failed", "sample_ratio")
    assert result.headline.startswith("This comparison cannot be trusted: 1 of ")
    assert result.headline.endswith(" checks failed (sample ratio).")


def test_shares_have_intervals_and_units() -> None:
    old, new = validity(60, 40).shares
    assert (old.value, old.n, new.value) == (0.4, 100, 0.6)
    assert (old.low or 0.0) < 0.4 < (old.high or 0.0)


def test_each_check_has_a_name_of_its_own_and_a_remedy_where_something_is_wrong() -> None:
    checks = validity(60_000, 50_000, n_crossed=200).checks
    assert len({check.name for check in checks}) == len(CHECKS) == len(checks)
    assert all(check.remedy for check in checks if check.status in ("failed", "warning"))


def test_the_clause_on_the_variant_is_left_out() -> None:
    assert Request(VALIDITY, Filter.from_query("variant=New&device=Mobile")).where.dimensions == ("device",)


STATUSES: list[tuple[list[Status], str]] = [
    (["passed", "passed"], "Nothing speaks against this comparison: all 2 checks that could be made are passed."),
    (["warning", "unknown"], "Read this comparison with care: 1 of 1 checks warns (sample ratio)."),
    (["unknown"], "Whether this comparison can be trusted is not known: there is nothing to check."),
]


@pytest.mark.parametrize(("statuses", "sentence"), STATUSES)
def test_the_headline_says_what_is_worst(statuses: list[Status], sentence: str) -> None:
    assert headline_of([Check("sample_ratio", "Sample ratio", status, "") for status in statuses]) == sentence
