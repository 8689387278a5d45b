import io

import pytest

from etl.progress import Reporter


def test_lines_tell_share_rows_rate_and_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 10.0, 20.0])
    monkeypatch.setattr("etl.progress.time.monotonic", lambda: next(clock))
    stream = io.StringIO()
    reporter = Reporter("lines", stream)
    with reporter.phase("load rows", 200):
        reporter.advance(50, 200, 1000)
    assert stream.getvalue() == "25%, 1,000 rows, 100/s, 30 s left\nload rows: 20.0 s\n"


def test_nothing_is_told_where_nothing_is_asked_for() -> None:
    stream = io.StringIO()
    reporter = Reporter("none", stream)
    with reporter.phase("load rows"):
        reporter.advance(1, 2, 3)
    assert stream.getvalue() == ""
    assert list(reporter.timings) == ["load rows"]


@pytest.mark.parametrize("size", [0, 10])
def test_a_bar_shows_the_rows(size: int) -> None:
    stream = io.StringIO()
    reporter = Reporter("bar", stream)
    with reporter.phase("load rows", size):
        reporter.advance(5, size, 1234)
    assert "1,234 rows" in stream.getvalue()


def test_a_phase_that_comes_twice_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 5.0, 7.0])
    monkeypatch.setattr("etl.progress.time.monotonic", lambda: next(clock))
    reporter = Reporter()
    for _ in range(2):
        with reporter.phase("merge"):
            pass
    assert reporter.timings == {"merge": 3.0}
