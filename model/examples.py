"""Examples: what models learn from and are judged on, as arrays in one fixed order of features."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Picked = npt.NDArray[np.bool_] | Whole
NO_DAY = int(np.iinfo(np.int64).min)
OTHER = "(other)"
"""The member that stands for those that are too rare to be learned from one by one."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that a model knows of a session; frozen with the model.

    Attributes
    ----------
    name, label, unit : str
        As of the dimension or amount that it is.
    kind : {"category", "number"}
        Categories are codes from 0 in the order of ``members``, numbers stand as they are; missing is NaN in both.
    members : tuple of str
        Of a category; what is not among them is unknown.
    low, high : float
        Of a number: smallest and largest value that was learned from; NaN for a category.
    is_post_treatment : bool
        Measured after the engine acted.
    is_chosen_by_engine : bool
        Chosen by the engine, such as the recommended category: engines are never compared within it.
    aliases : tuple of (str, str)
        Of a category: other spellings, each with the member that it means.
    has_missing : bool
        Whether sessions without it were learned from.
    median : float
        Of a number, over the sessions learned from; NaN for a category.
    """

    name: str
    label: str
    kind: Literal["category", "number"]
    members: tuple[str, ...] = ()
    low: float = np.nan
    high: float = np.nan
    unit: str = ""
    is_post_treatment: bool = False
    is_chosen_by_engine: bool = False
    aliases: tuple[tuple[str, str], ...] = ()
    has_missing: bool = False
    median: float = np.nan


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows that stand for sessions; equal sessions may be one row with their number as its weight.

    Attributes
    ----------
    features : tuple of Feature
        The columns of ``x``.
    x : ndarray of float, shape (n, k)
        See `Feature`.
    y : ndarray of float, shape (n,)
        1 where the session converted, else 0.
    weight : ndarray of float, shape (n,)
        How many sessions the row stands for.
    user : ndarray of int, shape (n,)
        Rows of one user have one number from 0 on; each row its own where users are not known. Rows that stand for
        several users have a number that nothing may be concluded from.
    day : ndarray of int, shape (n,) or None
        Days since 1970, `NO_DAY` where it is not known; None where the data has no time, or rows stand for several
        days.
    """

    features: tuple[Feature, ...]
    x: Floats
    y: Floats
    weight: Floats
    user: Whole
    day: Whole | None = None

    def __len__(self) -> int:
        return len(self.y)

    @property
    def n_sessions(self) -> int:
        """How many sessions all rows stand for."""
        return round(float(self.weight.sum()))

    @property
    def base_rate(self) -> float:
        """Part of the sessions that converted; NaN without sessions."""
        return float(self.weight @ self.y / self.weight.sum()) if len(self) else float("nan")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features, in the order of the columns."""
        return tuple(feature.name for feature in self.features)

    def column(self, name: str) -> Floats:
        """Return one feature's column; KeyError where there is none of that name."""
        if name not in self.names:
            raise KeyError(name)
        return self.x[:, self.names.index(name)]

    def rows(self, picked: Picked) -> "Examples":
        """Return some of the rows.

        Parameters
        ----------
        picked : ndarray of bool or int
            A mask, or places in the order wanted.
        """
        day = None if self.day is None else self.day[picked]
        return Examples(self.features, self.x[picked], self.y[picked], self.weight[picked], self.user[picked], day)

    def without(self, *names: str) -> "Examples":
        """Return the same rows without some features; names that there are not are passed over."""
        kept = [place for place, name in enumerate(self.names) if name not in names]
        features = tuple(self.features[place] for place in kept)
        return replace(self, features=features, x=np.ascontiguousarray(self.x[:, kept]))

    def gathered(self) -> "Examples":
        """Return one row for each different pair of features and outcome, weights added up; users and days are gone.

        Trees that are grown on it are those of the single rows, since both have equal sums at each split.
        """
        table = np.column_stack([np.nan_to_num(self.x, nan=np.inf), self.y])
        order = np.lexsort(table.T[::-1])
        ordered = table[order]
        is_first = np.r_[True, (ordered[1:] != ordered[:-1]).any(axis=1)] if len(self) else np.zeros(0, bool)
        starts = np.flatnonzero(is_first)
        first = order[starts]
        weight = np.add.reduceat(self.weight[order], starts) if len(starts) else self.weight[:0]
        return Examples(self.features, self.x[first], self.y[first], weight, np.arange(len(first)))
