"""What is measured stays; what it rests on decides how long."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.certificate import runner
from tests.certificate.draws import Row, generator_of
from tests.certificate.imports import code_behind, files_behind
from tests.certificate.part import Part, Section, upper_bound
from tests.certificate.plot import Dots

CELLS: tuple[Row, ...] = tuple({"number": number} for number in range(5))


def measure(cell: Row, size: float) -> Row:
    return {"square": int(cell["number"]) ** 2}


def refused(cell: Row, size: float) -> Row:
    raise KeyboardInterrupt


PART = Part("x", "Squares", "right", CELLS, measure, lambda rows: Section("", True, ""), __name__)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(runner, "FOLDER", tmp_path)
    return tmp_path


def test_rows_come_in_the_order_of_cells() -> None:
    assert [row["square"] for row in runner.measured(PART)] == [0, 1, 4, 9, 16]


def test_what_is_measured_is_not_measured_again() -> None:
    first = runner.measured(replace(PART, cells=CELLS[:3]))
    assert not runner.is_whole(PART)
    assert runner.measured(PART)[:3] == first
    assert runner.measured(replace(PART, measure=refused))[:3] == first


def test_changed_code_is_measured_anew(folder: Path) -> None:
    runner.measured(PART)
    assert not runner.is_whole(replace(PART, module="tests.certificate.any_look"))


def test_what_is_measured_rests_on_what_it_calls_and_not_on_what_is_said_of_it() -> None:
    code = b"".join(code_behind("tests.certificate.any_look", "measure", runner.ROOT))
    assert b"def score_statistic" in code
    assert b"spending_boundaries" in code
    assert b"plot_of" not in code
    assert b"class Dots" not in code


def test_a_module_rests_on_what_it_imports_and_what_that_imports() -> None:
    paths = files_behind(["analytics.experiment.sequential"], runner.ROOT)
    assert {"score.py", "statistic.py", "interval.py"} <= {path.name for path in paths}


def test_a_cell_draws_the_same_whenever_it_is_measured() -> None:
    draws = [generator_of("x", {"b": 1, "a": 2}).random(), generator_of("x", {"a": 2, "b": 1}).random()]
    assert draws[0] == draws[1] != generator_of("y", {"a": 2, "b": 1}).random()


def test_a_share_of_few_tests_may_be_larger_than_it_was() -> None:
    assert 0.05 < upper_bound(0.05, 10_000) < 0.055 < upper_bound(0.05, 1_000)


def test_a_plot_shows_each_dot_and_each_name() -> None:
    series = {"ours <5 %": [(0, 0.01), (1, 0.5)]}
    svg = Dots("A title", "x", ["a", "b"], series, {"5 %": 0.05}, (0, 0.1), (0, 0.1)).svg()
    assert svg.count("<circle") == 2 + 1
    assert "ours &lt;5 %" in svg
