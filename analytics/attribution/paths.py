"""Paths: many journeys at once, as codes of channels in the order of their touches."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Flags, Floats
from semantic.errors import ProductError

Codes = npt.NDArray[np.int64]

_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93)
_PLACES = 0xBF58476D1CE4E5B9


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Journeys, or paths that many journeys share.

    Attributes
    ----------
    channels : ndarray of int
        Codes of the channels from 0, touch after touch, path after path.
    offsets : ndarray of int, shape (paths + 1,)
        Where each path begins in ``channels``; the last one is the end.
    counts : ndarray of float, shape (paths,)
        Journeys that took the path.
    conversions : ndarray of float, shape (paths,)
        Those of them that converted.
    value : ndarray of float, shape (paths,)
        What their conversions were worth, all together.
    n_channels : int
        How many channels there are.
    ages : ndarray of float, optional
        Time from each touch to the end of its journey, in any one unit.
    """

    channels: Codes
    offsets: Codes
    counts: Floats
    conversions: Floats
    value: Floats
    n_channels: int
    ages: Floats | None = None

    def __post_init__(self) -> None:
        fault = _fault_of(self)
        if fault:
            raise ProductError(fault)

    @property
    def lengths(self) -> Codes:
        """Touches of each path."""
        return np.diff(self.offsets)

    @property
    def owner(self) -> Codes:
        """The path that each touch belongs to."""
        return np.repeat(np.arange(len(self.counts)), self.lengths)

    @property
    def has_touch(self) -> Flags:
        """Paths with at least one touch."""
        return np.asarray(self.lengths > 0)

    def chosen(self, keep: Flags) -> "Paths":
        """Return some of the paths.

        Parameters
        ----------
        keep : ndarray of bool, shape (paths,)
            Which.
        """
        touches = np.repeat(keep, self.lengths)
        return Paths(
            self.channels[touches],
            _offsets(self.lengths[keep]),
            self.counts[keep],
            self.conversions[keep],
            self.value[keep],
            self.n_channels,
            None if self.ages is None else self.ages[touches],
        )

    def within(self, window: float) -> "Paths":
        """Return the same journeys with the touches of a lookback window only; some may have none left.

        Parameters
        ----------
        window : float
            Greatest age that counts, in the unit of ``ages``.
        """
        if not window > 0:
            raise ProductError(f"The lookback window is {window:g}, but must be above 0; choose a longer one.")
        keep = _ages_of(self) <= window
        left = np.bincount(self.owner[keep], minlength=len(self.counts))
        return replace(self, channels=self.channels[keep], offsets=_offsets(left), ages=_ages_of(self)[keep])

    def weighted(self, counts: Floats, conversions: Floats, value: Floats) -> "Paths":
        """Return the same paths with other weights.

        Parameters
        ----------
        counts, conversions, value : ndarray of float, shape (paths,)
            As of `Paths`.
        """
        return replace(self, counts=counts, conversions=conversions, value=value)

    def aggregated(self) -> "Paths":
        """Return each different path once, with the sums of those that are equal; ages are left out."""
        return self.grouped()[0]

    def grouped(self) -> "tuple[Paths, Codes]":
        """Return each different path once, and which of them each path is.

        Notes
        -----
        Paths are told apart by a number of 64 bits; that equal numbers are equal paths is checked touch by touch.
        """
        for multiplier in _MULTIPLIERS:
            _, first, group = np.unique(_number_of(self, multiplier), return_index=True, return_inverse=True)
            if _are_equal(self, first[group]):
                return _summed(self, first, group), group
        raise AssertionError("three numbers of 64 bits in a row were shared by different paths")


def paths_of(
    journeys: Sequence[Sequence[int]],
    conversions: Sequence[float] | Floats,
    value: Sequence[float] | Floats | None = None,
    counts: Sequence[float] | Floats | None = None,
    ages: Sequence[Sequence[float]] | None = None,
) -> Paths:
    """Return paths from lists, such as a table of paths and how often each was taken.

    Parameters
    ----------
    journeys : sequence of sequences of int
        Codes of the channels of each path.
    conversions, value, counts : sequence of float
        As of `Paths`; unless told each conversion is worth 1, and each path was taken once or as often as it converted.
    ages : sequence of sequences of float, optional
        As of `Paths`, for each path.

    Examples
    --------
    >>> paths_of([[0, 1], [1]], [1, 0]).lengths.tolist()
    [2, 1]
    """
    channels = np.array([code for journey in journeys for code in journey], dtype=np.int64)
    converted = np.asarray(conversions, dtype=np.float64)
    return Paths(
        channels,
        _offsets(np.array([len(journey) for journey in journeys], dtype=np.int64)),
        np.maximum(converted, 1.0) if counts is None else np.asarray(counts, dtype=np.float64),
        converted,
        converted if value is None else np.asarray(value, dtype=np.float64),
        int(channels.max(initial=-1)) + 1,
        None if ages is None else np.array([age for row in ages for age in row], dtype=np.float64),
    )


def codes_of(texts: Sequence[str], separator: str = ">") -> tuple[list[list[int]], tuple[str, ...]]:
    """Return paths that are written as text as codes, and the names of the channels in the order of their codes.

    Parameters
    ----------
    texts : sequence of str
        Such as ``"search > mail"``; an empty text is a path without touches.
    separator : str
        What stands between two channels.

    Examples
    --------
    >>> codes_of(["search > mail", "mail"])
    ([[1, 0], [0]], ('mail', 'search'))
    """
    split = [[name.strip() for name in text.split(separator) if name.strip()] for text in texts]
    names = tuple(sorted({name for path in split for name in path}))
    code = {name: place for place, name in enumerate(names)}
    return [[code[name] for name in path] for path in split], names


def sums_by(codes: Codes, weights: Floats, n: int) -> Floats:
    """Return the sum of weights of each code.

    Parameters
    ----------
    codes : ndarray of int
        From 0 to n - 1.
    weights : ndarray of float
        One for each.
    n : int
        How many codes there are.
    """
    return np.bincount(codes, weights, minlength=n).astype(np.float64)


def _offsets(lengths: Codes) -> Codes:
    return np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)


def _ages_of(paths: Paths) -> Floats:
    if paths.ages is None:
        raise ProductError("The journeys carry no times, but this needs them; give the age of each touch.")
    return paths.ages


def _number_of(paths: Paths, multiplier: int) -> npt.NDArray[np.uint64]:
    """Return a number of each path that differs where paths differ, but for rare accidents."""
    place = (np.arange(len(paths.channels)) - np.repeat(paths.offsets[:-1], paths.lengths)).astype(np.uint64)
    factor = np.uint64(multiplier)
    mixed = (paths.channels.astype(np.uint64) + np.uint64(1)) * factor ^ (place + np.uint64(1)) * np.uint64(_PLACES)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * factor
    total = np.concatenate(([np.uint64(0)], np.cumsum(mixed ^ (mixed >> np.uint64(32)))))
    return np.asarray(total[paths.offsets[1:]] - total[paths.offsets[:-1]])


def _are_equal(paths: Paths, other: Codes) -> bool:
    """Return whether each path has the touches of another of them."""
    if not np.array_equal(paths.lengths, paths.lengths[other]):
        return False
    shift = np.repeat(paths.offsets[other] - paths.offsets[:-1], paths.lengths)
    return np.array_equal(paths.channels, paths.channels[np.arange(len(paths.channels)) + shift])


def _summed(paths: Paths, first: Codes, group: Codes) -> Paths:
    lengths = paths.lengths[first]
    offsets = _offsets(lengths)
    touches = np.arange(offsets[-1]) + np.repeat(paths.offsets[first] - offsets[:-1], lengths)
    counts, conversions, value = (
        sums_by(group, weights, len(first)) for weights in (paths.counts, paths.conversions, paths.value)
    )
    return Paths(paths.channels[touches], offsets, counts, conversions, value, paths.n_channels)


def _fault_of(paths: Paths) -> str | None:
    """Return what is wrong with the arrays, or None."""
    n, touches = len(paths.counts), len(paths.channels)
    shapes = [len(paths.offsets) - 1, len(paths.conversions), len(paths.value)]
    if shapes != [n] * 3 or paths.offsets[0] != 0 or paths.offsets[-1] != touches or (paths.lengths < 0).any():
        return f"The arrays of {n} paths with {touches} touches do not fit together; give one offset and weight a path."
    if touches and not 0 <= paths.channels.min() <= paths.channels.max() < paths.n_channels:
        return f"A channel has a code outside 0 to {paths.n_channels - 1}; number the channels from 0."
    if not ((paths.conversions >= 0) & (paths.conversions <= paths.counts) & np.isfinite(paths.counts)).all():
        return "A path converted more often than it was taken, or less than never; mend its counts."
    if not ((paths.value >= 0) & ((paths.conversions > 0) | (paths.value == 0)) & np.isfinite(paths.value)).all():
        return "A path has a value below 0, or one without a conversion; give what its conversions were worth."
    if paths.ages is not None and not (len(paths.ages) == touches and (paths.ages >= 0).all()):
        return "The ages of touches are incomplete or below 0; give the time from each touch to the end of its journey."
    return None
