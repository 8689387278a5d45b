"""Rows for the benchmarks: drawn once, coded, and handed to every contender in the form that suits it best."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

CATEGORIES: dict[str, tuple[str, ...]] = {
    "variant": ("Old", "New"),
    "device": ("Mobile", "Desktop", "Tablet"),
    "location": ("Bangalore", "Mumbai", "Delhi", "Hyderabad", "Chennai", "Kolkata"),
    "category": ("Electronics", "Fashion", "Home", "Books", "Beauty"),
    "gender": ("Female", "Male", "Other"),
}
DAYS = tuple(str(np.datetime64("2026-04-01") + day) for day in range(92))
_CHUNK = 500_000

Codes = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Rows:
    """Sessions as columns.

    Attributes
    ----------
    codes : mapping of str to ndarray of int8
        Places of the members of categories and days.
    age, time_spent_s, pages_viewed, revenue : ndarray
        Numbers as measured.
    converted : ndarray of int8
        0 or 1.
    """

    codes: dict[str, Codes]
    age: npt.NDArray[np.int8]
    time_spent_s: npt.NDArray[np.float32]
    pages_viewed: npt.NDArray[np.int8]
    revenue: npt.NDArray[np.float32]
    converted: Codes

    def __len__(self) -> int:
        return len(self.converted)

    def frames(self) -> Iterator[pd.DataFrame]:
        """Yield the rows as the frames that a CubeBuilder takes."""
        members = {**CATEGORIES, "day": DAYS}
        for first in range(0, len(self), _CHUNK):
            part = slice(first, first + _CHUNK)
            columns: dict[str, object] = {
                name: pd.Categorical.from_codes(codes[part], categories=pd.Index(members[name]))
                for name, codes in self.codes.items()
            }
            for name in ("age", "time_spent_s", "pages_viewed", "revenue", "converted"):
                columns[name] = getattr(self, name)[part].astype(np.float64)
            yield pd.DataFrame(columns)


def draw_rows(n_rows: int, seed: int = 42) -> Rows:
    """Return sessions with skewed members, as real logs have them.

    Parameters
    ----------
    n_rows : int
        How many.
    seed : int
        Equal seeds give equal rows.
    """
    random = np.random.default_rng(seed)
    codes = {name: _skewed(random, n_rows, len(members)) for name, members in CATEGORIES.items()}
    codes["variant"] = random.integers(0, 2, n_rows, dtype=np.int8)
    codes["day"] = random.integers(0, len(DAYS), n_rows, dtype=np.int8)
    converted = (random.random(n_rows, dtype=np.float32) < 0.12).astype(np.int8)
    return Rows(
        codes=codes,
        age=random.integers(18, 66, n_rows, dtype=np.int8),
        time_spent_s=np.abs(random.standard_normal(n_rows, dtype=np.float32) * 100 + 300).round(2),
        pages_viewed=random.integers(1, 20, n_rows, dtype=np.int8),
        revenue=converted * (random.standard_exponential(n_rows, dtype=np.float32) * 900).round(2),
        converted=converted,
    )


def _skewed(random: np.random.Generator, n_rows: int, n_members: int) -> Codes:
    shares = 1 / np.arange(1, n_members + 1) ** 0.7
    edges = np.cumsum(shares / shares.sum())[:-1].astype(np.float32)
    return np.searchsorted(edges, random.random(n_rows, dtype=np.float32)).astype(np.int8)
