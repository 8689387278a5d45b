"""Bins: what the trees can tell apart of each feature, read from their native text."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from model.examples import Feature, Floats, Whole

_IS_CATEGORY = 1
_WORD = 32
_Nodes = dict[str, list[str]]


@dataclass(frozen=True)
class Bins:
    """Values of a feature that no tree tells apart are one bin; what is missing is the last one.

    Attributes
    ----------
    cuts : tuple of ndarray
        Of each number, ascending: the thresholds of its splits, each the last value of its bin. Empty for a category.
    groups : tuple of ndarray of int
        Of each category, the bin of each code. Empty for a number.
    """

    cuts: tuple[Floats, ...]
    groups: tuple[Whole, ...]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Number of bins of each feature."""
        return tuple(
            int(group.max()) + 2 if len(group) else len(cut) + 2
            for cut, group in zip(self.cuts, self.groups, strict=True)
        )

    @cached_property
    def strides(self) -> tuple[int, ...]:
        """How far apart two neighbouring bins of each feature are among all combinations; the last feature is next."""
        products = np.cumprod((1, *self.sizes[:0:-1]), dtype=object)
        return tuple(int(product) for product in products[::-1])

    @property
    def n_cells(self) -> int:
        """Number of combinations."""
        return self.strides[0] * self.sizes[0]

    def index(self, x: Floats) -> Whole:
        """Return the combination of each row, shape (n,); what no category holds counts as missing."""
        found = np.zeros(len(x), np.int64)
        for place, stride in enumerate(self.strides):
            found += stride * self._column(place, x[:, place])
        return found

    def index_of(self, values: Sequence[float]) -> int:
        """Return the combination of one row."""
        found = 0
        for (ends, codes, missing, stride), value in zip(self._plain, values, strict=True):
            if value != value:
                found += stride * missing
            elif codes:
                code = int(value)
                found += stride * (codes[code] if 0 <= code < len(codes) else missing)
            else:
                found += stride * bisect_left(ends, value)
        return found

    def rows(self, index: Whole) -> Floats:
        """Return a row of each combination: one value of each bin."""
        columns = [
            values[index // stride % size]
            for values, stride, size in zip(self._values, self.strides, self.sizes, strict=True)
        ]
        return np.column_stack(columns)

    def _column(self, place: int, values: Floats) -> Whole:
        cuts, groups, missing = self.cuts[place], self.groups[place], self.sizes[place] - 1
        is_missing = np.isnan(values)
        if not len(groups):
            return np.where(is_missing, missing, np.searchsorted(cuts, values))
        codes = np.where(is_missing, -1, values).astype(np.int64)
        is_known = (codes >= 0) & (codes < len(groups))
        return np.where(is_known, groups[np.where(is_known, codes, 0)], missing)

    @cached_property
    def _plain(self) -> tuple[tuple[list[float], list[int], int, int], ...]:
        parts = zip(self.cuts, self.groups, self.sizes, self.strides, strict=True)
        return tuple((cut.tolist(), group.tolist(), size - 1, stride) for cut, group, size, stride in parts)

    @cached_property
    def _values(self) -> tuple[Floats, ...]:
        return tuple(map(_values_of, self.cuts, self.groups))


def bins_of(trees: str, features: Sequence[Feature]) -> Bins:
    """Return what trees can tell apart.

    Parameters
    ----------
    trees : str
        LightGBM's native text.
    features : sequence of Feature
        In the order that the trees were grown on.
    """
    cuts: list[set[float]] = [set() for _ in features]
    sides: list[list[npt.NDArray[np.bool_]]] = [[] for _ in features]
    for place, is_category, threshold in _splits(trees):
        codes = np.arange(len(features[place].members))
        if is_category:
            sides[place].append(np.isin(codes, threshold))
        elif features[place].kind == "category":
            sides[place].append(codes <= threshold[0])
        else:
            cuts[place].add(threshold[0])
    ends = tuple(np.array(sorted(found), dtype=np.float64) for found in cuts)
    return Bins(ends, tuple(_groups(feature, found) for feature, found in zip(features, sides, strict=True)))


def _groups(feature: Feature, sides: list[npt.NDArray[np.bool_]]) -> Whole:
    if feature.kind == "number":
        return np.zeros(0, np.int64)
    n_members = len(feature.members)
    if not sides or not n_members:
        return np.zeros(max(n_members, 1), np.int64)
    _, group = np.unique(np.column_stack(sides), axis=0, return_inverse=True)
    return np.asarray(group, np.int64).reshape(-1)


def _values_of(cuts: Floats, groups: Whole) -> Floats:
    if len(groups):
        _, first = np.unique(groups, return_index=True)
        return np.append(first.astype(np.float64), np.nan)
    beyond = cuts[-1] + max(1.0, abs(cuts[-1])) if len(cuts) else 0.0
    return np.append(cuts, [beyond, np.nan])


def _splits(trees: str) -> Iterator[tuple[int, bool, list[float]]]:
    """Yield feature, kind and threshold of each split; of a category, the codes that go left."""
    for nodes in _nodes(trees):
        words = [int(word) for word in nodes.get("cat_threshold", ())]
        bounds = list(pairwise(int(bound) for bound in nodes.get("cat_boundaries", ())))
        parts = (nodes.get(name, ()) for name in ("split_feature", "decision_type", "threshold"))
        for place, decision, threshold in zip(*parts, strict=True):
            is_category = bool(int(decision) & _IS_CATEGORY)
            codes = _codes(words, *bounds[int(threshold)]) if is_category else [float(threshold)]
            yield int(place), is_category, codes


def _codes(words: list[int], start: int, stop: int) -> list[float]:
    bits = enumerate(words[start:stop])
    return [float(_WORD * place + bit) for place, word in bits for bit in range(_WORD) if word >> bit & 1]


def _nodes(trees: str) -> Iterator[_Nodes]:
    for part in trees.split("\nTree=")[1:]:
        lines = (line.partition("=") for line in part.split("\n\n")[0].splitlines())
        yield {name: text.split() for name, equals, text in lines if equals}
