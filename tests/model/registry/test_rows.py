import hashlib
from types import SimpleNamespace
from typing import Any

import pytest

from model.errors import ModelError
from model.registry.rows import pieces_of, version_from, whole_files
from model.registry.tables import MAX_PIECE


def stored(version: int, **columns: str) -> Any:
    return SimpleNamespace(version=version, **columns)


def test_pieces_put_together_are_the_file() -> None:
    payload = bytes(3) * MAX_PIECE
    pieces = pieces_of(1, "a", payload)
    assert [len(piece["payload"]) for piece in pieces] == [MAX_PIECE] * 3
    manifest = f'{{"a": "{hashlib.sha256(payload).hexdigest()}"}}'
    row = stored(1, manifest=manifest)
    assert whole_files(row, [(piece["name"], piece["payload"]) for piece in pieces]) == {"a": payload}


def test_what_the_manifest_does_not_name_is_passed_over() -> None:
    row = stored(1, manifest="{}")
    assert whole_files(row, [("evil.pkl", b"cos\nsystem\n")]) == {}


def test_a_summary_that_cannot_be_read_is_damage() -> None:
    with pytest.raises(ModelError, match="model version 4 is damaged"):
        version_from(stored(4, summary="{}"), 4)
