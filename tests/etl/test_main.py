"""The command line as a user runs it: exit codes, one sentence a fault, the data as it was before."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from etl import __main__ as command_line
from tests.etl.project import FIELDS, HEADER, ROOT, ROWS, Project
from tests.servers import free_port

WIDE = HEADER.replace("age", "ages")


def run(project: Project, *arguments: str, url: str = "", **options: Any) -> "subprocess.CompletedProcess[str]":
    environ = {**os.environ, "DATABASE_URL": url or project.url, "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-m", "etl", *arguments, "--config", str(project.folder / "config.yaml")]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environ, timeout=120, **options)


def assert_fault(done: "subprocess.CompletedProcess[str]", *words: str) -> None:
    assert done.returncode == 2, done.stderr
    sentence = done.stderr.strip().splitlines()[-1]
    assert [word for word in words if word not in sentence] == [], sentence
    assert "Traceback" not in done.stderr


@pytest.fixture
def loaded(project: Project) -> Project:
    project.load()
    return project


def test_a_load_tells_what_became_of_the_records(project: Project) -> None:
    done = run(project, "load")
    assert (done.returncode, done.stdout[:70]) == (
        0,
        "version 1: 4 records read = 4 loaded + 0 duplicates + 0 quarantined, i",
    )


def test_json_holds_the_same(project: Project) -> None:
    found = json.loads(run(project, "load", "--json").stdout)
    assert (found["version"], found["counts"]["n_loaded"], found["changed"]) == (1, 4, True)


def test_quiet_says_nothing(project: Project) -> None:
    done = run(project, "load", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("command", ["generate", "load", "append", "status", "export"])
def test_every_command_has_help(project: Project, command: str) -> None:
    done = run(project, command, "--help")
    assert done.returncode == 0
    assert "--quiet" in done.stdout


def test_another_file_may_be_named(loaded: Project) -> None:
    other = loaded.folder / "other.csv"
    other.write_text("\n".join([HEADER, *ROWS, "New,1,s9,u9,2026-07-03,Delhi,20,5,"]))
    assert run(loaded, "append", "--source", str(other)).returncode == 0
    assert loaded.query("SELECT count(*) FROM sessions") == [(5,)]


def test_status_and_export_read_what_was_loaded(loaded: Project) -> None:
    assert "the cube is right" in run(loaded, "status", "--verify").stdout
    assert json.loads(run(loaded, "status", "--json").stdout)["n_rows"] == 4
    assert len(run(loaded, "export").stdout.splitlines()) == 5


def test_generated_sessions_and_their_truth_are_files(project: Project) -> None:
    out = project.folder / "made.csv"
    assert run(project, "generate", "--sessions", "1000", "--out", str(out)).returncode == 0
    assert len(out.read_text().splitlines()) == 1001
    assert (project.folder / "made.truth.json").exists()


def test_a_number_of_sessions_below_one_is_a_fault(project: Project) -> None:
    assert_fault(run(project, "generate", "--sessions", "0", "--out", "x.csv"), "--sessions is 0", "at least 1")


def header_of(text: str) -> Callable[[Project], None]:
    return lambda project: project.write(ROWS, text)


def rows_of(*rows: str) -> Callable[[Project], None]:
    return lambda project: project.write(rows)


def configured(**changes: Any) -> Callable[[Project], None]:
    return lambda project: project.configure(**changes)


def content(text: str) -> Callable[[Project], None]:
    def spoil(project: Project) -> None:
        (project.folder / "log.csv").write_text(text)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (configured(source={"kind": "csv", "path": "lgo.csv"}), ("lgo.csv",)),
        (configured(source={"kind": "csv", "path": "log.csv", "delimiter": ";"}), ("log.csv", "';'")),
        (header_of(WIDE), ("fields.age", "'ages'", "did you mean")),
        (content(""), ("log.csv", "empty")),
        (content(HEADER + "\n"), ("log.csv", "no rows")),
        (rows_of(ROWS[0], ROWS[2]), ("'engine'", "one variant only")),
        (rows_of(ROWS[1], ROWS[2]), ("every session converted", "'bought'")),
        (
            rows_of(*(row.replace("2026", "year") for row in ROWS)),
            ("4 of 4 records", "'at' must be a time", "'year-07"),
        ),
        (configured(souce={}), ("souce", "did you mean 'source'")),
        (configured(fields={**FIELDS, "age": {"column": "age", "minimun": 1}}), ("minimun", "did you mean 'minimum'")),
        (configured(fields={**FIELDS, "agee": "age"}), ("agee", "did you mean 'age'")),
    ],
)
def test_bad_input_is_one_sentence_and_the_data_stays(
    loaded: Project, spoil: Callable[[Project], None], words: tuple[str, ...]
) -> None:
    spoil(loaded)
    assert_fault(run(loaded, "load"), *words)
    assert loaded.query("SELECT count(*) FROM sessions") == [(4,)]


def test_a_cell_of_a_hundred_megabytes_does_not_stop_a_load_that_has_better_rows(loaded: Project) -> None:
    loaded.write([*ROWS, ROWS[0].replace("Bangalore", "x" * 100_000_000)])
    done = run(loaded, "load", "--json")
    if done.returncode == 0:
        assert json.loads(done.stdout)["counts"]["n_quarantined"] == 1
        assert loaded.query("SELECT count(*), max(length(raw)) < 1000000 FROM rejected_rows") == [(1, 1)]
    else:
        assert_fault(done, "log.csv")
    assert loaded.query("SELECT count(*) FROM sessions") == [(4,)]


def test_a_database_that_is_away_is_one_sentence(project: Project) -> None:
    url = f"mysql://user:secret@127.0.0.1:{free_port()}/shop"
    done = run(project, "load", url=url)
    assert_fault(done, "does not answer", "***")
    assert "secret" not in done.stderr


def test_a_full_disk_is_one_sentence_and_the_data_stays(loaded: Project) -> None:
    loaded.write([f"{'Old' if i % 2 else 'New'},{i % 3 % 2},n{i},u{i},2026-07-01,Delhi,30,5," for i in range(50_000)])

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))

    assert_fault(run(loaded, "load", preexec_fn=little_room), "no room for the data", "unchanged")
    assert loaded.query("SELECT count(*) FROM sessions") == [(4,)]
    assert run(loaded, "load").returncode == 0


def test_a_crash_is_no_fault_of_the_reader(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*arguments: object, **options: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(command_line, "load", crash)
    with pytest.raises(RuntimeError, match="a bug"):
        command_line.main(["load", "--config", str(project.folder / "config.yaml")])


def test_control_c_leaves_the_data_as_it_was(loaded: Project) -> None:
    loaded.configure(source={"kind": "synthetic", "sessions": 2_000_000}, fields=SYNTHETIC)
    environ = {**os.environ, "DATABASE_URL": loaded.url}
    command = [sys.executable, "-m", "etl", "load", "--config", str(loaded.folder / "config.yaml")]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not any(name == "sessions_2" for name in loaded.tables()):
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in stderr) == (130, False)
    assert loaded.query("SELECT count(*) FROM sessions") == [(4,)]
    assert "sessions_2" not in loaded.tables()


SYNTHETIC = {"variant": "Recommendation_Engine", "converted": "Converted", "session_id": "Session_ID"}
