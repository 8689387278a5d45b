"""Files on disk: hashed, measured, and turned into UTF-8."""

import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources.files import Utf8Stream, content_hash, opened, stored_size, wrong_byte
from semantic.errors import InputError


def text_of(path: Path, encoding: str, size: int) -> str:
    with opened(path) as file:
        stream = Utf8Stream(file, path, encoding)
        return b"".join(iter(lambda: stream.read(size), b"")).decode()


@given(text=st.text(max_size=200), encoding=st.sampled_from(["utf-8", "utf-16", "utf-32"]), size=st.integers(1, 64))
@pytest.mark.parametrize("packed", [False, True])
def test_any_text_comes_through_in_any_pieces(
    tmp_path_factory: pytest.TempPathFactory, packed: bool, text: str, encoding: str, size: int
) -> None:
    path = tmp_path_factory.mktemp("files") / "log.csv"
    content = ("x" + text).encode(encoding)
    path.write_bytes(gzip.compress(content) if packed else content)
    assert text_of(path, encoding, size) == "x" + text


def test_a_text_cut_within_a_character_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes("ab\nc".encode("utf-16")[:-1])
    with pytest.raises(InputError, match="line 2 holds the byte 0x63, which is not utf-16"):
        text_of(tmp_path / "log.csv", "utf-16", 100)


def test_size_and_hash_are_those_of_the_stored_bytes(tmp_path: Path) -> None:
    content = bytes(range(256)) * 10_000
    (tmp_path / "log.csv").write_bytes(content)
    assert stored_size(tmp_path / "log.csv") == len(content)
    assert content_hash(tmp_path / "log.csv") == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(("encoding", "guess"), [("utf-8", "cp1252"), ("UTF8", "cp1252"), ("cp1252", "utf-8")])
def test_a_wrong_byte_comes_with_another_encoding_to_try(encoding: str, guess: str) -> None:
    assert f"not {encoding}; write the file's encoding, for example encoding: {guess}" in str(
        wrong_byte(Path("log.csv"), encoding, 3, 0xE9)
    )
