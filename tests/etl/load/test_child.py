import io
import os
import sqlite3
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from etl.load.child import main

BATCH = pa.record_batch({"a": ["x", "y"]})


def sent(monkeypatch: pytest.MonkeyPatch, *, cut: int = 0) -> None:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, BATCH.schema) as stream:
        stream.write_batch(BATCH)
        stream.write_batch(BATCH)
    data = sink.getvalue().to_pybytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data[: len(data) - cut])))
    monkeypatch.setattr(sys, "platform", "other")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "data.db") as connection:
        connection.execute("CREATE TABLE given (row_id INTEGER PRIMARY KEY, a TEXT)")
    connection.close()
    return tmp_path / "data.db"


def n_rows(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM given").fetchone()[0])
    finally:
        connection.close()


def test_every_batch_is_committed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(monkeypatch)
    assert main(str(path), "given", os.getppid()) == 0
    assert n_rows(path) == 4


def test_a_batch_that_is_cut_off_is_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(monkeypatch, cut=50)
    assert main(str(path), "given", os.getppid()) == 1
    assert n_rows(path) == 2


def test_without_its_parent_nothing_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(monkeypatch)
    assert main(str(path), "given", -1) == 1
    assert n_rows(path) == 0


def test_a_fault_is_told_on_standard_error(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent(monkeypatch)
    assert main(str(path), "not_there", os.getppid()) == 1
    assert "no such table" in capsys.readouterr().err
