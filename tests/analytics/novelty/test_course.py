import numpy as np
import pytest

from analytics.experiment.plan import Plan
from analytics.novelty.course import course_of
from analytics.novelty.result import TreatmentCourse
from analytics.outcome import columns_of, control_leading, primary_of
from semantic.experiment import Method
from semantic.units import UnitQuery
from tests.analytics.answers import catalog_of
from tests.analytics.segmented_users import returning_users

CATALOG = catalog_of("user_id", "started_at")
OUTCOME = primary_of(CATALOG)


def course(
    seed: int = 1, n_users: int = 3_000, method: Method = "fixed", lift: object = None, least: int = 100
) -> TreatmentCourse:
    users = returning_users(seed, n_users, lift)  # type: ignore[arg-type]
    axes = ((), ("exposure_day",), ("day",))
    answers = [users.answer(UnitQuery(columns_of([OUTCOME]), (*by, "variant"))) for by in axes]
    whole, since_first, by_date = (control_leading(answer, CATALOG) for answer in answers)
    return course_of(OUTCOME, (whole, since_first, by_date), Plan(method), least)[0]


def fading(since: np.ndarray) -> np.ndarray:
    return 1 + 0.8 / (1 + since) ** 2


def test_spans_of_days_part_all_sessions() -> None:
    found = course()
    n = found.whole.n
    assert [(one.first, one.last) for one in found.since_first][:4] == [("0", "0"), ("1", "1"), ("2", "3"), ("4", "6")]
    assert sum(one.lift.n for one in found.since_first) == n
    assert sum(one.lift.n for one in found.by_date) == n
    assert [(one.first, one.last) for one in found.by_date][-1] == ("2026-03-15", "2026-03-21")


def test_a_novelty_effect_fades() -> None:
    found = course(n_users=8_000, lift=fading)
    assert found.fading.verdict == "fades"
    assert found.fading.after_first_day.value < found.whole.value
    assert found.headline.startswith("The effect of New fades as users get used to it (p")


def test_an_effect_that_lasts_is_not_called_fading() -> None:
    found = course(lift=lambda since: 1.3 + 0 * since)
    assert found.fading.verdict == "not shown"
    assert found.evidence.startswith("New was first shown to do more than control on 2026-03-")


def test_the_last_look_is_the_whole() -> None:
    found = course(method="sequential")
    last = found.looks[-1]
    assert (last.lift.low, last.lift.high) == pytest.approx((found.whole.low, found.whole.high), abs=2e-3)
    assert len(found.looks) == 20


def test_looks_grow_narrower() -> None:
    widths = [look.lift.high - look.lift.low for look in course().looks[2:]]
    assert all(later < earlier for earlier, later in zip(widths, widths[3:], strict=False))


def test_short_spans_are_joined_to_the_one_before() -> None:
    assert len(course(n_users=600, least=150).since_first) < len(course().since_first)


def test_too_few_sessions_say_nothing() -> None:
    found = course(n_users=20)
    assert (found.fading.verdict, found.since_first, found.by_date) == ("unknown", (), ())
    assert "cannot be told" in found.headline


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_where_nothing_differs_alarms_are_rarer_than_the_level(method: Method) -> None:
    drawn = [course(seed, 600, method, least=50) for seed in range(150)]
    most = 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 150)
    bands = [any(one.lift.low > 0 or one.lift.high < 0 for one in found.since_first) for found in drawn]
    looks = [any(look.p_value is not None and look.p_value < 0.05 for look in found.looks) for found in drawn]
    assert np.mean([found.fading.verdict != "not shown" for found in drawn]) <= most
    assert np.mean(bands) <= most
    assert np.mean(looks) <= most
