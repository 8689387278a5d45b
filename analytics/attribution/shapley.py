"""Shapley: credit by what a channel adds to the conversion rate of those it comes together with."""

from collections.abc import Callable

import numpy as np

from analytics.attribution.credit import Credit
from analytics.attribution.paths import Codes, Paths, sums_by
from analytics.experiment.interval import Flags, Floats
from semantic.errors import ProductError

MAX_CHANNELS = 20
"""Channels of converting journeys that sets of channels are formed of at most."""


def set_model(paths: Paths) -> Callable[[Paths], Credit]:
    """Return a function from weights of the same paths to the credit of channels.

    Parameters
    ----------
    paths : Paths
        The journeys; equal ones added up beforehand make it fast.

    Notes
    -----
    A set S of channels is worth v(S), the conversion rate of the journeys that touched exactly these. A journey of the
    set T shares its conversion by the Shapley values of the game on T, ``phi_i(T) = sum d(S) / |S|`` over the subsets
    S of T with i, d the dividends of v (its Moebius transform; Harsanyi). They add up to v(T), so credit adds up to
    conversions and none leaves its journey. All journeys at once take one transform over subsets and one over
    supersets, n 2^n steps for n channels.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.

    Harsanyi, J. C. (1963). A simplified bargaining model for the n-person cooperative game. International Economic
    Review 4, 194-220.
    """
    present = sums_by(paths.channels, paths.conversions[paths.owner], paths.n_channels) > 0
    players = np.flatnonzero(present)
    if len(players) > MAX_CHANNELS:
        raise ProductError(
            f"Shapley credit was asked for {len(players)} channels, but takes at most {MAX_CHANNELS};"
            " merge rare channels into one."
        )
    members, kept = _members(paths, players), _has_only(paths, present)
    bits = 1 << np.arange(len(players))

    def credit(weighted: Paths) -> Credit:
        sums = [
            sums_by(members[kept], weights[kept], 1 << len(players))
            for weights in (weighted.counts, weighted.conversions, weighted.value)
        ]
        shares = [_by_sets(sums[0], sums[1], target, bits) for target in sums[1:]]
        return _spread(weighted, players, shares)

    return credit


def set_credit(paths: Paths) -> Credit:
    """Return what each channel gets by the set of channels that journeys touched.

    Parameters
    ----------
    paths : Paths
        The journeys.
    """
    different = paths.aggregated()
    return set_model(different)(different)


def _by_sets(counts: Floats, conversions: Floats, target: Floats, bits: Codes) -> Floats:
    """Return credit of the target, shared in each set as its conversion rate is."""
    rate = np.divide(conversions, counts, out=np.zeros_like(counts), where=counts > 0)
    rate[0] = 0.0
    scale = np.divide(target, rate, out=np.zeros_like(target), where=rate > 0)
    everyone = np.arange(len(rate))
    size = np.maximum(np.bitwise_count(everyone), 1)
    parts = _over_subsets(rate, -1.0) * _over_supersets(scale) / size
    return np.array([parts[(everyone & bit) > 0].sum() for bit in bits])


def _over_subsets(values: Floats, sign: float) -> Floats:
    """Return the sum over all subsets of each set, or its inverse where the sign is -1."""
    found = values.copy()
    for bit in range(len(values).bit_length() - 1):
        pairs = found.reshape(-1, 2, 1 << bit)
        pairs[:, 1] += sign * pairs[:, 0]
    return found


def _over_supersets(values: Floats) -> Floats:
    return _over_subsets(values[::-1], 1.0)[::-1]


def _members(paths: Paths, players: Codes) -> Codes:
    """Return the set of channels of each path as bits, those alone that are players."""
    bit = np.zeros(paths.n_channels, dtype=np.int64)
    bit[players] = 1 << np.arange(len(players))
    found = np.zeros(len(paths.counts), dtype=np.int64)
    if len(paths.channels):
        touched = paths.has_touch
        found[touched] = np.bitwise_or.reduceat(bit[paths.channels], paths.offsets[:-1][touched])
    return found


def _has_only(paths: Paths, present: Flags) -> Flags:
    """Return which paths touched none but channels of converting journeys."""
    others = sums_by(paths.owner, (~present).astype(np.float64)[paths.channels], len(paths.counts))
    return np.asarray((others == 0) & paths.has_touch)


def _spread(paths: Paths, players: Codes, shares: list[Floats]) -> Credit:
    spread = np.zeros((2, paths.n_channels))
    spread[:, players] = shares
    empty = ~paths.has_touch
    return Credit(spread[0], spread[1], float(paths.conversions[empty].sum()), float(paths.value[empty].sum()))
