import pytest

from analytics.analysis import Params, Request
from analytics.novelty import NOVELTY, compute_novelty
from analytics.novelty.result import NoveltyResult
from semantic.catalog import Catalog
from semantic.errors import UnknownNameError
from tests.analytics.answers import catalog_of
from tests.analytics.segmented_users import DrawnUsers, returning_users

CATALOG = catalog_of("user_id", "started_at", "device")


def novelty(users: DrawnUsers | None = None, catalog: Catalog = CATALOG, **params: object) -> NoveltyResult:
    request = Request(NOVELTY, params=Params(**params))  # type: ignore[arg-type]
    drawn = users or returning_users(1, 1_000)
    return compute_novelty(drawn.answers(NOVELTY.queries(request, catalog)), request, catalog)


def test_it_needs_the_time_of_sessions() -> None:
    assert NOVELTY.is_available(CATALOG)
    assert not NOVELTY.is_available(catalog_of("device"))


def test_each_treatment_has_a_course_and_a_sentence() -> None:
    result = novelty()
    assert [one.treatment for one in result.treatments] == ["New"]
    assert result.headline == result.treatments[0].headline


def test_planned_looks_are_held_to_the_sequence() -> None:
    assert novelty(method="group_sequential").method == "sequential"
    assert novelty(method="fixed").method == "fixed"


def test_what_is_per_user_is_told_per_session() -> None:
    result = novelty(metric="users_converting")
    assert result.outcome == "conversion_rate"
    assert "by day conversion rate is shown" in result.warnings[0]


def test_without_users_days_since_the_first_are_not_known() -> None:
    result = novelty(catalog=catalog_of("started_at"))
    assert any("names no users" in text for text in result.warnings)


def test_an_unknown_outcome_is_an_error() -> None:
    with pytest.raises(UnknownNameError, match="happiness"):
        novelty(metric="happiness")


def test_without_control_nothing_is_compared() -> None:
    users = returning_users(1, 300)
    only_new = DrawnUsers(users.user, {**users.codes, "variant": 0 * users.user}, users.converted)
    result = novelty(only_new)
    assert (result.treatments, result.headline) == ((), "Only New is in this selection.")
