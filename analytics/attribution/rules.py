"""Rules: credit by the place or the age of a touch in its journey."""

import numpy as np

from analytics.attribution.credit import Credit
from analytics.attribution.paths import Codes, Paths, sums_by
from analytics.experiment.interval import Floats
from semantic.errors import ProductError


def first_touch(paths: Paths) -> Floats:
    """Return the share of each touch: all to the first of its journey.

    Parameters
    ----------
    paths : Paths
        The journeys.

    Returns
    -------
    ndarray of float, shape (touches,)
        They add up to 1 in each path that has touches.
    """
    return _marked(paths, paths.offsets[:-1])


def last_touch(paths: Paths) -> Floats:
    """Return the share of each touch: all to the last of its journey.

    Parameters
    ----------
    paths : Paths
        The journeys.
    """
    return _marked(paths, paths.offsets[1:] - 1)


def last_non_direct(paths: Paths, direct: int) -> Floats:
    """Return the share of each touch: all to the last that is not direct, or to the last where all are.

    Parameters
    ----------
    paths : Paths
        The journeys.
    direct : int
        Code of the channel that is direct.
    """
    place = np.where(paths.channels != direct, np.arange(len(paths.channels)), -1)
    highest = np.concatenate(([-1], np.maximum.accumulate(place)))[paths.offsets[1:]]
    return _marked(paths, np.where(highest >= paths.offsets[:-1], highest, paths.offsets[1:] - 1))


def linear(paths: Paths) -> Floats:
    """Return the share of each touch: the same to all of its journey.

    Parameters
    ----------
    paths : Paths
        The journeys.
    """
    return _normalised(paths, np.ones(len(paths.channels)))


def position_based(paths: Paths, first: float = 0.4, last: float = 0.4) -> Floats:
    """Return the share of each touch: some to the first, some to the last, the rest to all between alike.

    Parameters
    ----------
    paths : Paths
        The journeys.
    first, last : float
        Shares of the two ends. Where nothing lies between, they share all in this ratio; a single touch gets all.
    """
    if not (first >= 0 and last >= 0 and 0 < first + last <= 1):
        raise ProductError(
            f"The shares of first and last touch are {first:g} and {last:g}, but must add up to more than 0 and at"
            " most 1; choose smaller ones."
        )
    lengths = np.repeat(paths.lengths, paths.lengths)
    shares = (1 - first - last) / np.maximum(lengths - 2, 1) * (lengths > 2)
    begins, ends = (places[paths.has_touch] for places in (paths.offsets[:-1], paths.offsets[1:] - 1))
    shares[begins] = shares[ends] = 0.0
    shares[begins] += first
    shares[ends] += last
    return _normalised(paths, shares)


def time_decay(paths: Paths, half_life: float) -> Floats:
    """Return the share of each touch: half as much for each half-life that it is older.

    Parameters
    ----------
    paths : Paths
        The journeys, with ages.
    half_life : float
        In the unit of the ages.
    """
    if not half_life > 0:
        raise ProductError(f"The half-life is {half_life:g}, but must be above 0; choose a longer one.")
    if paths.ages is None:
        raise ProductError("Time decay needs the age of each touch, but these journeys carry no times; give them.")
    youngest = np.zeros(len(paths.counts))
    ends = paths.has_touch
    if ends.any():
        youngest[ends] = np.minimum.reduceat(paths.ages, paths.offsets[:-1][ends])
    return _normalised(paths, np.exp2((youngest[paths.owner] - paths.ages) / half_life))


def credit_of(paths: Paths, shares: Floats) -> Credit:
    """Return what each channel gets by the shares of touches.

    Parameters
    ----------
    paths : Paths
        The journeys.
    shares : ndarray of float, shape (touches,)
        From one of the rules.
    """
    owner, empty = paths.owner, ~paths.has_touch
    conversions, value = (
        sums_by(paths.channels, shares * weight[owner], paths.n_channels) for weight in (paths.conversions, paths.value)
    )
    return Credit(conversions, value, float(paths.conversions[empty].sum()), float(paths.value[empty].sum()))


def _marked(paths: Paths, places: Codes) -> Floats:
    shares = np.zeros(len(paths.channels))
    shares[places[paths.has_touch]] = 1.0
    return shares


def _normalised(paths: Paths, weights: Floats) -> Floats:
    owner = paths.owner
    total = sums_by(owner, weights, len(paths.counts))
    return np.asarray(weights / total[owner])
