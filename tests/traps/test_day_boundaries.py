"""A day begins and ends in the zone of the business, not in that of the log, of the database or of the server.

| in UTC               | in Kolkata (+05:30) | in New York (-04:00)  |
| -------------------- | ------------------- | --------------------- |
| 2026-07-01 18:29:59  | 1 July 23:59:59     | 1 July 14:29:59       |
| 2026-07-01 18:30:00  | 2 July 00:00:00     | 1 July 14:30:00       |
| 2026-07-02 03:59:59  | 2 July 09:29:59     | 1 July 23:59:59       |
"""

import pytest

from tests.etl.project import Project
from tests.traps.conftest import Ask

MOMENTS = ("2026-07-01T18:29:59Z", "2026-07-01T18:30:00Z", "2026-07-02T03:59:59Z")


def load(project: Project, zone: str, *moments: str) -> None:
    project.configure(display={"timezone": zone})
    project.load([f"{v},0,{v}{i},,{at},Delhi,30,10,5" for i, at in enumerate(moments) for v in ("Old", "New")])


def by_day(ask: Ask) -> dict[str, float]:
    """Return the sessions of one engine on each day."""
    answer = ask("n_sessions", "day", "variant=Old")
    return dict(zip(answer.members["day"], answer["n_sessions"].tolist(), strict=True))


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", {"2026-07-01": 2, "2026-07-02": 1}),
        ("Asia/Kolkata", {"2026-07-01": 1, "2026-07-02": 2}),
        ("America/New_York", {"2026-07-01": 3}),
    ],
)
def test_sessions_fall_on_the_days_of_the_configured_zone(
    project: Project, ask: Ask, zone: str, expected: dict[str, float]
) -> None:
    load(project, zone, *MOMENTS)
    assert by_day(ask) == expected


def test_an_offset_in_the_log_is_heeded(project: Project, ask: Ask) -> None:
    load(project, "UTC", "2026-07-02T01:00:00+05:30", "2026-07-01T23:00:00-04:00")
    assert by_day(ask) == {"2026-07-01": 1, "2026-07-02": 1}


def test_a_moment_without_a_zone_is_of_the_configured_zone(project: Project, ask: Ask) -> None:
    load(project, "Asia/Kolkata", "2026-07-01 00:00:00", "2026-07-01 23:59:59")
    assert by_day(ask) == {"2026-07-01": 2}
    (started_at,) = project.query("SELECT min(started_at) FROM sessions_1")[0]
    assert started_at == 1782844200000  # 30 June 18:30 UTC


def test_a_day_of_25_hours_is_one_day(project: Project, ask: Ask) -> None:
    load(project, "America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z")
    assert by_day(ask) == {"2026-11-01": 2, "2026-11-02": 1}


def test_days_without_sessions_stand_between(project: Project, ask: Ask) -> None:
    load(project, "UTC", "2026-02-27T12:00:00Z", "2026-03-02T12:00:00Z")
    assert by_day(ask) == {"2026-02-27": 1, "2026-02-28": 0, "2026-03-01": 0, "2026-03-02": 1}


def test_a_range_of_days_holds_its_first_and_not_its_end(project: Project, ask: Ask) -> None:
    load(project, "UTC", "2026-07-01T00:00:00Z", "2026-07-01T23:59:59.999Z", "2026-07-02T00:00:00Z")
    assert ask("n_sessions", where="variant=Old&day=2026-07-01..2026-07-02")["n_sessions"] == 2
