import numpy as np
import pytest

from semantic import selection
from semantic.selection import CodeTest, Selection, runs_of_flags, within

CODES = np.random.default_rng(3).integers(0, 200, 10_000).astype(np.uint8)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "CHUNK", 1_000)


SINGLES = tuple((code, code + 1) for code in range(9))


@pytest.mark.parametrize("runs", [(), ((0, 256),), ((7, 8),), ((3, 90), (100, 101)), SINGLES])
def test_codes_within_runs_are_those_of_the_runs(runs: selection.Runs) -> None:
    wanted = [any(low <= code < high for low, high in runs) for code in CODES.tolist()]
    assert within(CODES, runs).tolist() == wanted


def test_flags_become_runs() -> None:
    assert runs_of_flags(np.array([True, True, False, True])) == ((0, 2), (3, 4))


@pytest.mark.parametrize(("first", "n_rows"), [(0, 5), (900, 300), (3_000, 10), (4_990, 100), (9_999, 5)])
def test_a_slice_is_that_of_all_places(first: int, n_rows: int) -> None:
    chosen, test = Selection(10_000, (CodeTest(CODES, ((0, 100),)),)), CodeTest(CODES, ((50, 255),))
    every = np.flatnonzero((CODES < 100) & (CODES >= 50))
    found = chosen.slice(chosen.count_chunks(test), first, n_rows, test)
    assert found.tolist() == every[first : first + n_rows].tolist()


def test_dropped_places_do_not_count() -> None:
    chosen = Selection(10_000, (CodeTest(CODES, ((0, 256),)),), np.array([0, 5_000, 9_999]))
    assert chosen.count_chunks().sum() == 9_997
    assert chosen.count_codes(CODES, 256).sum() == 9_997


def test_more_places_than_the_limit_are_not_listed() -> None:
    assert Selection(10_000).places(limit=9_999) is None
    assert Selection(10_000).places(limit=10_000) is not None
