"""An experiment that went wrong makes an effect of its own: each fault, loaded from a log, is told with its remedy.

| fault                                        | check            |
| -------------------------------------------- | ---------------- |
| every fifth user of New is lost              | sample_ratio     |
| New's users of one city are lost             | member_ratios    |
| New gets half its users in the first week    | drift            |
| users of New had come more often before      | balance          |
| each city says the opposite of the total     | reversal         |
| users have both engines                      | crossed_users    |
| New does not log the city                    | missing          |
| New brings its users back                    | visits           |
| one session in ten has no user             | known_users      |
| the last day has not arrived                 | arrival          |
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.analysis import Params, Request, run
from analytics.checks.check import Status
from analytics.validity import VALIDITY
from semantic.database import engine_for
from semantic.filter import Filter
from semantic.store import Store
from tests.etl.project import Project, new_project

N_USERS, N_DAYS = 1_400, 14
Row = tuple[str, int, int]
"""Engine, number of the user, day from 1 July."""


def line(row: Row, bought: int | None = None, city: str | None = None, visit: int = 0) -> str:
    engine, user, day = row
    bought = int(user % 7 == 0) if bought is None else bought
    city = ("Delhi" if user % 4 < 2 else "Mumbai") if city is None else city
    at = f"2026-07-{day:02} 1{visit % 10}:00:00"
    return f"{engine},{bought},{user}-{engine}-{day}-{visit},u{user},{at},{city},30,{10 + user % 5},5"


def rows(n: int = N_USERS) -> list[Row]:
    """Return users who come once, by turns with either engine and spread over two weeks."""
    return [("Old" if user % 2 else "New", user, user // 2 % N_DAYS + 1) for user in range(n)]


def judged(project: Project, lines: list[str], where: str = "", **plan: str) -> dict[str, Status]:
    """Return how each check turned out, for one look."""
    project.configure(cleaning={"users_in_two_variants": "keep"}, experiment=plan)
    project.load(lines)
    store = Store(engine_for(project.url, read_only=True), project.config.catalog)
    try:
        result = run(store, [Request(VALIDITY, Filter.from_query(where), Params(method="fixed"))])[0]
    finally:
        store.engine.dispose()
    assert all(check.remedy for check in result.checks if check.status in ("failed", "warning"))
    return {check.name: check.status for check in result.checks}


def wrong(found: dict[str, Status]) -> dict[str, Status]:
    return {name: status for name, status in found.items() if status in ("failed", "warning")}


def lost() -> list[str]:
    return [line(row) for row in rows() if row[0] == "Old" or row[1] % 5]


def lost_in_delhi() -> list[str]:
    return [line(row) for row in rows() if row[0] == "Old" or row[1] % 4 > 1 or row[1] % 3]


def ramp() -> list[str]:
    late = [(f"New {user}", user, user % 7 + 8) for user in range(N_USERS, N_USERS + 170)]
    kept = [row for row in rows() if row[0] == "Old" or row[2] > 7 or row[1] % 2 or row[1] % 4]
    return [line(row) for row in kept] + [line(("New", user, day)) for _, user, day in late]


def reversal() -> list[str]:
    """Delhi converts less and New has most of it; in each city New converts better."""
    found = []
    for row in rows():
        in_delhi = row[1] // 2 % 10 < (8 if row[0] == "New" else 2)
        rate = (3 if in_delhi else 8) + (row[0] == "New")
        found.append(line(row, int(row[1] // 20 % 10 < rate), "Delhi" if in_delhi else "Mumbai"))
    return found


def crossed() -> list[str]:
    return [line(row) for row in rows()] + [line(("New", user, N_DAYS)) for user in range(1, 240, 2)]


def no_city() -> list[str]:
    return [line(row, city="" if row[0] == "New" and row[1] % 10 == 0 else None) for row in rows()]


def came_back() -> list[str]:
    again = [line(row, visit=1) for row in rows() if row[0] == "New" and row[1] % 3 == 0]
    return [line(row) for row in rows()] + again


def nobody() -> list[str]:
    return [line(row).replace(f",u{row[1]},", ",,") if row[1] % 20 < 2 else line(row) for row in rows()]


def half_a_day() -> list[str]:
    return [line(row) for row in rows() if row[2] < N_DAYS or row[1] // 2 % (3 * N_DAYS) == N_DAYS - 1]


FAULTS: list[tuple[Callable[[], list[str]], str, Status]] = [
    (lost, "sample_ratio", "failed"),
    (lost_in_delhi, "member_ratios", "failed"),
    (ramp, "drift", "failed"),
    (reversal, "reversal", "failed"),
    (crossed, "crossed_users", "failed"),
    (no_city, "missing", "failed"),
    (came_back, "visits", "warning"),
    (nobody, "known_users", "warning"),
    (half_a_day, "arrival", "warning"),
]


def test_a_sound_experiment_passes(project: Project) -> None:
    assert wrong(judged(project, [line(row) for row in rows()])) == {}


@pytest.mark.parametrize(("fault", "name", "status"), FAULTS, ids=[name for _, name, _ in FAULTS])
def test_each_fault_is_told(tmp_path: Path, fault: Callable[[], list[str]], name: str, status: Status) -> None:
    assert judged(new_project(tmp_path), fault())[name] == status


def test_users_who_differed_before_are_told_on_each_database(project: Project) -> None:
    before = [line(row, visit=visit) for row in rows(400) for visit in range(1 + (row[0] == "New") * (row[1] % 3))]
    since = [line((engine, user, day + 14)) for engine, user, day in rows()]
    found = judged(project, [*before, *since], started_on="2026-07-15")
    assert found["balance"] == "failed"
    assert found["sample_ratio"] == "passed"


def test_comparing_within_a_consequence_is_told(tmp_path: Path) -> None:
    found = judged(new_project(tmp_path), [line(row) for row in rows()], "time_spent_s=10..12")
    assert wrong(found) == {"filter": "failed"}


def test_an_engine_alone_and_a_short_run_are_told(tmp_path: Path) -> None:
    lines = [line(("New", user, 1 + user % 3), city="Delhi") for user in range(300)]
    found = judged(new_project(tmp_path), [*lines, line(("Old", 301, 1), city="Mumbai")], "location=Delhi")
    assert wrong(found) == {"engines": "failed", "week": "warning"}
