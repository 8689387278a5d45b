import io
from pathlib import Path

import pytest

from model.jobs.upload import take_upload
from semantic.errors import InputError


def test_a_stream_becomes_a_file(tmp_path: Path) -> None:
    data = b"a,b\n" * 1_000_000
    assert take_upload(io.BytesIO(data), tmp_path / "source") == len(data)
    assert (tmp_path / "source").read_bytes() == data


def test_a_stream_that_is_too_long_is_refused_before_it_is_all_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="larger than 1 MB"):
        take_upload(io.BytesIO(b"x" * (4 << 20)), tmp_path / "source", 1 << 20)
    assert (tmp_path / "source").stat().st_size <= 1 << 20


def test_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the file is empty"):
        take_upload(io.BytesIO(), tmp_path / "source")


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="could not be kept"):
        take_upload(io.BytesIO(b"x"), tmp_path / "absent" / "source")
