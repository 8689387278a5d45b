import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import joblib
import pytest
import sqlalchemy as sa

from model.__main__ import main
from model.jobs import Jobs
from model.registry import Registry
from model.registry.tables import MODEL_FILES
from tests.dashboard.sample import Sample, sample_config, sample_store
from tests.model.conftest import ROOT, config_at
from tests.model.sample import sample_trained


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Return the registry of a small data set that the commands find."""
    config = sample_config(tmp_path)
    sample_store(config, Sample(n_sessions=200))
    monkeypatch.setenv("DATABASE_URL", config.database_url)
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("model.renewal.train", lambda *_: sample_trained())
    monkeypatch.setattr("model.renewal.check", lambda _: None)
    return Registry(config)


def test_train_says_what_it_did_and_again_that_there_is_nothing_to_do(
    registry: Registry, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.renewal.data_hash", lambda _: "a" * 64)
    assert (main(["train"]), main(["train", "--json"])) == (0, 0)
    first, again = capsys.readouterr().out.splitlines()
    assert first.startswith("model version 1 is trained and served, in ")
    assert json.loads(again)["is_new"] is False


def test_every_fault_is_one_sentence_and_exit_code_2(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    commands = (["evaluate"], ["export", "--out", "/tmp/x"], ["promote"], ["promote", "4"], ["compare", "1"])
    assert [main(list(command)) for command in commands] == [2] * 5
    said = capsys.readouterr().err.splitlines()
    assert said[0] == said[1] == "there is no model yet; run: python -m model train"
    assert said[2] == "promote takes a version or --back; write promote 3"
    assert len(said) == 5


def test_stopping_a_training_leaves_the_old_model(
    registry: Registry, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["train", "--quiet"])

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("model.renewal.train", stop)
    assert main(["train", "--force"]) == 130
    assert capsys.readouterr().err == "stopped; the model is as it was before\n"
    assert (registry.state().promoted, registry.state().training.status) == (1, "interrupted")


def test_versions_are_listed_promoted_and_rolled_back(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        registry.save(sample_trained(), 0)
    assert [main(["promote", "1"]), main(["promote", "--back"]), main(["list", "--json"])] == [0, 0, 0]
    promoted, back, listed = capsys.readouterr().out.splitlines()
    assert (promoted, back) == ("model version 1 is served", "model version 2 is served")
    assert [version["is_promoted"] for version in json.loads(listed)["versions"]] == [True, False]


def test_a_damaged_version_is_not_promoted(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        registry.save(sample_trained(), 0)
    with registry.writer.begin() as connection:
        connection.execute(sa.update(MODEL_FILES).where(MODEL_FILES.c.version == 1).values(payload=b"x"))
    assert main(["promote", "1"]) == 2
    assert "model version 1 is damaged" in capsys.readouterr().err
    assert registry.state().promoted == 2


def test_evaluate_and_compare_print_figures_with_intervals(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        registry.save(sample_trained(), 0)
    assert [main(["evaluate"]), main(["compare"]), main(["compare", "1", "2"])] == [0, 0, 0]
    assert capsys.readouterr().out.count("0.6500 (0.6300 to 0.6700, n 1,500)") >= 6
    assert main(["evaluate", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["data"]["n_sessions"] == 6_000


def test_export_writes_the_file_that_joblib_opens(registry: Registry, tmp_path: Path) -> None:
    registry.save(sample_trained(), 0)
    assert main(["export", "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert (tmp_path / "out" / "arrival" / "model.txt").read_text() == sample_trained().tasks[0].trees
    assert set(joblib.load(tmp_path / "out" / "conversion_model.pkl")) == {"arrival", "retrospective"}


def test_an_export_that_cannot_be_written_is_one_sentence(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registry.save(sample_trained(), 0)
    (tmp_path / "taken").write_text("a file")
    assert main(["export", "--out", str(tmp_path / "taken")]) == 2
    said = capsys.readouterr().err
    assert "cannot be written (" in said
    assert said.count("\n") == 1


def test_version_0_is_not_the_one_that_is_served(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    registry.save(sample_trained(), 0)
    assert main(["evaluate", "0"]) == 2
    assert capsys.readouterr().err == "there is no model version 0; known: 1\n"


def test_a_name_that_leads_out_of_the_folder_is_refused(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registry.save(sample_trained(), 0, more={"../evil": b"x"})
    assert main(["export", "--out", str(tmp_path / "out")]) == 2
    assert "leads out of" in capsys.readouterr().err
    assert not (tmp_path / "evil").exists()


def test_score_adds_probabilities_to_a_file(registry: Registry, tmp_path: Path) -> None:
    registry.save(sample_trained(), 0)
    (tmp_path / "sessions.csv").write_text("Device_Type,Age\nMobile,30\nTablet,60\n")
    files = ("--in", str(tmp_path / "sessions.csv"), "--out", str(tmp_path / "scored.csv"))
    assert main(["score", *files, "--quiet"]) == 0
    lines = (tmp_path / "scored.csv").read_text().splitlines()
    assert lines[0].startswith('"Device_Type","Age","score"')
    assert len(lines) == 3


def test_a_file_that_was_dropped_is_scored_by_the_command(registry: Registry, tmp_path: Path) -> None:
    registry.save(sample_trained(), 0)
    found = Jobs(tmp_path / "jobs", config_at(os.environ["DATABASE_URL"]))
    job_id = found.start(io.BytesIO(b"Device_Type,Age\nMobile,30\nTablet,60\nFridge,60\n"), "visits.csv")
    while (status := found.status(job_id)).state in ("waiting", "running"):
        time.sleep(0.05)
    assert (status.state, status.fault) == ("done", "")
    assert (status.outcome.n_scored, status.outcome.n_rejected) == (2, 1)
    assert "'Fridge'" in found.result(job_id, "rejected").read_text()


def test_commands_that_do_not_train_do_not_import_what_trains() -> None:
    text = "import sys, model.__main__; sys.exit(bool({'lightgbm', 'sklearn', 'optuna', 'xgboost'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", text], cwd=ROOT).returncode == 0
