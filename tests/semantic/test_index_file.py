import json
import zlib

import numpy as np

from semantic.index_file import HEAD, PIECE_BYTES, IndexFile, NumberSample


def test_arrays_come_out_of_their_pieces_as_they_went_in() -> None:
    file, whole = IndexFile(), np.random.default_rng(1).integers(0, 2**16, 2_000_000).astype(np.uint16)
    for part in np.array_split(whole, 7):
        file.append("codes.a", part)
        file.append("cuts.a", part[:2].astype(float))
    file.finish()
    pieces = list(file.pieces())
    packed = b"".join(payload for name, _, payload in pieces if name == "codes.a")
    assert np.array_equal(np.frombuffer(zlib.decompress(packed), np.uint16), whole)
    assert max(len(payload) for _, _, payload in pieces) <= PIECE_BYTES
    assert json.loads(pieces[-1][2]) == {"codes.a": ["<u2", 2_000_000], "cuts.a": ["<f8", 14]}
    file.close()


def test_parts_are_numbered_and_the_head_comes_last() -> None:
    file = IndexFile()
    file.append("a", np.zeros(3))
    file.finish()
    assert [(name, part) for name, part, _ in file.pieces()] == [("a", 0), (HEAD, 0)]
    file.close()


def test_a_sample_stays_small_and_covers_everything() -> None:
    sample = NumberSample()
    for first in range(0, 3_000_000, 50_000):
        sample.add({"a": np.arange(first, first + 50_000, dtype=float)})
    values = sample.values("a")
    assert 150_000 < len(values) <= 450_000
    assert (values[0], values[-1] > 2_999_900) == (0.0, True)
    assert set(np.diff(values)) <= {8.0, 16.0}


def test_what_does_not_shrink_is_not_packed() -> None:
    file, noise = IndexFile(), np.random.default_rng(1).integers(0, 2**32, 1_000).astype(np.uint32)
    file.append("a", noise, is_dense=True)
    file.finish()
    packed = b"".join(payload for name, _, payload in file.pieces() if name == "a")
    assert np.array_equal(np.frombuffer(zlib.decompress(packed), np.uint32), noise)
    assert len(packed) > noise.nbytes
    file.close()
