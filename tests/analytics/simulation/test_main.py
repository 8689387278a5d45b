import json
from pathlib import Path

import pytest

from analytics.simulation.__main__ import Told, main
from analytics.simulation.runs import PROGRESS, RESULT
from semantic.jobs.queue import ABOUT


def about(folder: Path, **texts: str) -> Path:
    (folder / ABOUT).write_text(json.dumps(texts))
    return folder


def test_the_result_and_the_progress_are_written(tmp_path: Path) -> None:
    assert main(about(tmp_path, kind="test", days="2", repetitions="200")) == 0
    assert json.loads((tmp_path / RESULT).read_bytes())["n"] == 200
    assert json.loads((tmp_path / PROGRESS).read_bytes()) == {"share": 1.0}


def test_what_cannot_be_run_ends_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(about(tmp_path, rate="200")) == 1
    assert "the conversion rate must be between 0 and 1" in capsys.readouterr().err
    assert not (tmp_path / RESULT).exists()


def test_progress_is_told_a_few_times_a_second(tmp_path: Path) -> None:
    told = Told(tmp_path / PROGRESS)
    for share in (0.1, 0.2, 0.3):
        told(share)
    assert json.loads((tmp_path / PROGRESS).read_bytes()) == {"share": 0.1}
