"""Axes: what segments and rules are made of, categories by member and numbers by band."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analytics.experiment.interval import Floats
from model.examples import Examples, Feature, Whole
from semantic.domain import bin_labels

MAX_MEMBERS = 50
_FIFTHS = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True, slots=True)
class Axis:
    """One feature cut into members.

    Attributes
    ----------
    name, label : str
        Of the feature.
    members : tuple of str
        Its members, or its bands in words, ascending.
    code : ndarray of int, shape (n,)
        Position in ``members``; -1 where missing.
    edges : tuple of float
        Of the bands; empty for a category.
    """

    name: str
    label: str
    members: tuple[str, ...]
    code: Whole
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Sessions parted by one or two axes.

    Attributes
    ----------
    axes : tuple of Axis
        One or two.
    code : ndarray of int, shape (n,)
        Which part; -1 where missing on any axis.
    """

    axes: tuple[Axis, ...]
    code: Whole

    @property
    def n_parts(self) -> int:
        """How many parts there could be."""
        return int(np.prod([len(axis.members) for axis in self.axes]))

    def members(self, part: int) -> tuple[str, ...]:
        """Return the members that make a part."""
        places = np.unravel_index(part, [len(axis.members) for axis in self.axes])
        return tuple(axis.members[place] for axis, place in zip(self.axes, places, strict=True))


def axes_of(examples: Examples, edges: Mapping[str, tuple[float, ...]]) -> tuple[Axis, ...]:
    """Return one axis for each feature that can be cut into 2 to 50 members.

    Parameters
    ----------
    examples : Examples
        Sessions.
    edges : mapping of str to tuple of float
        Where numbers are cut; those not named are cut at their fifths.
    """
    columns = zip(examples.features, examples.x.T, strict=True)
    axes = (_axis(feature, values, edges.get(feature.name)) for feature, values in columns)
    return tuple(axis for axis in axes if 2 <= len(axis.members) <= MAX_MEMBERS)


def groups_of(axes: tuple[Axis, ...]) -> Iterator[Group]:
    """Yield the parts by each axis, then by each pair of them."""
    for axis in axes:
        yield Group((axis,), axis.code)
    for one, other in combinations(axes, 2):
        both = one.code * len(other.members) + other.code
        yield Group((one, other), np.where((one.code < 0) | (other.code < 0), -1, both))


def _axis(feature: Feature, values: Floats, edges: tuple[float, ...] | None) -> Axis:
    is_missing = ~np.isfinite(values)
    if feature.kind == "category":
        code = np.where(is_missing, -1, np.nan_to_num(values)).astype(np.int64)
        return Axis(feature.name, feature.label, feature.members, code)
    cuts = _fifths(values) if edges is None else edges
    code = np.where(is_missing, -1, np.searchsorted(cuts, values, side="right"))
    is_whole = bool((values == np.round(values))[~is_missing].all())
    members = bin_labels(cuts, integral=is_whole) if cuts else ()
    return Axis(feature.name, feature.label, members, code, cuts)


def _fifths(values: Floats) -> tuple[float, ...]:
    present = values[np.isfinite(values)]
    if not len(present):
        return ()
    cuts = np.unique(np.quantile(present, _FIFTHS, method="higher"))
    return tuple(cuts[cuts > present.min()].tolist())
