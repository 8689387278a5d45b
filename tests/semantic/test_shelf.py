from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import numpy as np
import pytest

from semantic.catalog import Catalog
from semantic.cube import Cube
from semantic.database import engine_for
from semantic.query import Query
from semantic.shelf import Shelf
from semantic.store import Store


class Source:
    """A packed cube that counts how often it is asked for."""

    def __init__(self, cube: Cube, pieces: int = 7) -> None:
        self.packed, self.pieces, self.n_asked = cube.to_bytes(), pieces, 0

    def __call__(self) -> Iterator[bytes]:
        self.n_asked += 1
        size = len(self.packed) // self.pieces + 1
        yield from (self.packed[start : start + size] for start in range(0, len(self.packed), size))


def same(one: Cube, other: Cube) -> bool:
    return all(np.array_equal(a.sums, b.sums) for a, b in zip(one.cuboids, other.cuboids, strict=True))


def test_a_cube_comes_off_the_shelf_as_it_was_put_on(tmp_path: Path, cube: Cube, catalog: Catalog) -> None:
    found = Shelf(tmp_path).cube("1", Source(cube), catalog)
    assert found.domains == cube.domains
    assert same(found, cube)


def test_its_sums_are_mapped_and_not_copied(tmp_path: Path, cube: Cube, catalog: Catalog) -> None:
    sums = Shelf(tmp_path).cube("1", Source(cube), catalog).cuboids[0].sums
    assert not sums.flags.owndata
    assert not sums.flags.writeable
    assert sums.ctypes.data % 8 == 0


def test_a_second_process_does_not_unpack_again(tmp_path: Path, cube: Cube, catalog: Catalog) -> None:
    source = Source(cube)
    first, second = (Shelf(tmp_path).cube("1", source, catalog) for _ in range(2))
    assert source.n_asked == 1
    assert same(first, second)


def test_many_at_once_unpack_once(tmp_path: Path, cube: Cube, catalog: Catalog) -> None:
    source, barrier = Source(cube), Barrier(8)

    def ask() -> None:
        barrier.wait()
        Shelf(tmp_path).cube("1", source, catalog)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert source.n_asked == 1


def test_only_the_newest_version_stays_and_older_ones_can_still_be_read(
    tmp_path: Path, cube: Cube, catalog: Catalog
) -> None:
    old = Shelf(tmp_path).cube("1", Source(cube), catalog)
    Shelf(tmp_path).cube("2", Source(cube), catalog)
    assert [path.name for path in tmp_path.glob("*.cube")] == ["2.cube"]
    assert same(old, cube)


def test_a_cube_that_is_cut_short_is_not_put_on(tmp_path: Path, cube: Cube, catalog: Catalog) -> None:
    source = Source(cube)
    source.packed = source.packed[: len(source.packed) // 2]
    with pytest.raises(ValueError, match="ends too early"):
        Shelf(tmp_path).cube("1", source, catalog)
    assert not list(tmp_path.glob("*.cube"))


def test_a_store_with_a_shelf_says_what_one_without_says(tmp_path: Path, sqlite_url: str, catalog: Catalog) -> None:
    query = Query(("n_sessions", "sum_revenue"), ("variant", "day"))
    engine = engine_for(sqlite_url, read_only=True)
    plain, shelved = (Store(engine, catalog, shelf=shelf).answer(query) for shelf in (None, Shelf(tmp_path)))
    assert shelved.origin == "cube"
    np.testing.assert_array_equal(shelved["sum_revenue"], plain["sum_revenue"])


def test_a_store_whose_shelf_is_gone_keeps_its_own_cube(tmp_path: Path, sqlite_url: str, catalog: Catalog) -> None:
    store = Store(engine_for(sqlite_url, read_only=True), catalog, shelf=Shelf(tmp_path / "gone"))
    assert store.answer(Query(("n_sessions",)))["n_sessions"] == 3_000


def test_bytes_are_made_by_the_first_that_asks(tmp_path: Path) -> None:
    asked = []

    def pieces() -> Iterator[bytes]:
        asked.append(1)
        yield from (b"ab", b"c")

    found = [Shelf(tmp_path).made("1", "rows", pieces).tobytes() for _ in range(2)]
    assert (found, asked) == ([b"abc", b"abc"], [1])
