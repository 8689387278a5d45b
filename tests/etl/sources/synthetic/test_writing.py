"""Generated files: whole or not at all, read back as they were drawn, with the truth beside them."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from etl.sources.csv import CsvSource
from etl.sources.source import Batch
from etl.sources.synthetic import SyntheticSource, truth, write_csv, write_truth
from semantic.errors import InputError


class Breaking(SyntheticSource):
    """A source that fails after its first batch."""

    def batches(self) -> Iterator[Batch]:
        yield next(super().batches())
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz"])
def test_a_written_log_reads_back_as_it_was_drawn(tmp_path: Path, name: str) -> None:
    source = SyntheticSource("planted", 70_000)
    assert write_csv(source, tmp_path / "new" / name) == 70_000
    frame = pd.read_csv(tmp_path / "new" / name, parse_dates=["Started_At"])
    expected = pd.concat([batch.table.to_pandas() for batch in source.batches()], ignore_index=True)
    pd.testing.assert_frame_equal(frame, expected, check_dtype=False, check_exact=True)
    assert CsvSource(tmp_path / "new" / name).columns() == source.columns()


def test_times_are_written_in_iso_8601_as_utc(tmp_path: Path) -> None:
    write_csv(SyntheticSource("planted", 10), tmp_path / "log.csv")
    (batch,) = CsvSource(tmp_path / "log.csv").batches()
    assert all(text[10] == "T" and text.endswith("Z") for text in batch.table.column("Started_At").to_pylist())


def test_equal_arguments_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        write_csv(SyntheticSource("null", 1000, 5), tmp_path / name)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_progress_is_told_after_each_batch(tmp_path: Path) -> None:
    told: list[int] = []
    write_csv(SyntheticSource("seed", 140_000), tmp_path / "log.csv", told.append)
    assert told == [65_536, 131_072, 140_000]


def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("old")
    with pytest.raises(InputError, match=r"cannot be written \(No space left on device\)"):
        write_csv(Breaking("planted", 100_000), path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["log.csv"]
    assert path.read_text() == "old"


def test_a_path_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_csv(SyntheticSource("planted", 10), tmp_path / "file" / "log.csv")


@pytest.mark.parametrize(
    ("name", "beside"), [("log.csv", "log.truth.json"), ("a.b.csv.gz", "a.b.truth.json"), ("log", "log.truth.json")]
)
def test_the_truth_stands_beside_the_log(tmp_path: Path, name: str, beside: str) -> None:
    expected = truth("planted", 10, 3)
    assert write_truth(expected, tmp_path / name) == tmp_path / beside
    assert json.loads((tmp_path / beside).read_text()) == expected


def test_a_packed_log_is_gzip(tmp_path: Path) -> None:
    write_csv(SyntheticSource("planted", 10), tmp_path / "log.csv.gz")
    assert gzip.decompress((tmp_path / "log.csv.gz").read_bytes()).count(b"\n") == 11
