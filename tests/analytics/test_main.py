from pathlib import Path

import pytest

from analytics.__main__ import DIFFERS, main
from config import Config
from semantic.command import FAULT
from tests.dashboard.sample import sample_config, sample_store

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    found = sample_config(tmp_path)
    sample_store(found)
    return found


def test_a_record_is_printed_and_worked_out_again(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analytics.__main__.load_config", lambda _path: config)
    assert main(["record", "device=Mobile"]) == 0
    path = tmp_path / "record.json"
    path.write_text(capsys.readouterr().out)
    assert main(["recompute", str(path), "--config", "config.yaml"]) == 0
    told = capsys.readouterr().out
    assert "to the same result, to the bit" in told
    assert "The data that is loaded is the same." in told
    path.write_text(path.read_text().replace('"n_users": ', '"n_users": 1'))
    assert main(["recompute", str(path)]) == DIFFERS
    assert "changed after it was made" in capsys.readouterr().out


def test_a_fault_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recompute", str(tmp_path / "none.json")]) == FAULT
    assert capsys.readouterr().err.count("\n") == 1
