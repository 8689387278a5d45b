"""Chain: journeys as steps between states, each state the last touches that are remembered."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from analytics.attribution.paths import Codes, Paths, sums_by
from analytics.experiment.interval import Flags, Floats
from semantic.errors import ProductError

MAX_ORDER = 4
"""Touches that a state can remember at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """The steps of all journeys; state 0 is the start, before the first touch.

    Attributes
    ----------
    states : ndarray of int, shape (states, order)
        Channels that each state remembers, the latest first; -1 where there are fewer.
    source, target : ndarray of int, shape (steps,)
        States that each different step leads from and to.
    step, step_path : ndarray of int
        For each step within each path: which different step it is, and the path that takes it.
    last : ndarray of int, shape (paths,)
        The state in which each path ends.
    n_channels : int
        How many channels there are.
    """

    states: Codes
    source: Codes
    target: Codes
    step: Codes
    step_path: Codes
    last: Codes
    n_channels: int

    @property
    def holds(self) -> Flags:
        """Which channels each state remembers, as flags of the shape (states, channels)."""
        return np.asarray((self.states[:, :, None] == np.arange(self.n_channels)).any(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Transitions:
    """How a chain moves on, as probabilities.

    Attributes
    ----------
    moves : csr_array, shape (states, states)
        From each state to each other.
    converts, ends : ndarray of float, shape (states,)
        To end with a conversion, and without one.
    worth : ndarray of float, shape (states,)
        Value of ending there: the chance of a conversion times its mean value.
    """

    moves: csr_array
    converts: Floats
    ends: Floats
    worth: Floats


def chain_of(paths: Paths, order: int = 1) -> Chain:
    """Return the steps of journeys.

    Parameters
    ----------
    paths : Paths
        The journeys, each with a touch; equal ones added up beforehand make it fast.
    order : int
        How many touches a state remembers, 1 to 4.

    Notes
    -----
    A journey begins in the state of its first ``order`` touches (of all, where it has fewer) and moves on by one touch
    at a time. A step to the same state is no step.
    """
    if order not in range(1, MAX_ORDER + 1):
        raise ProductError(f"A chain of order {order} was asked for, but the order is 1 to {MAX_ORDER}; choose one.")
    place = np.arange(len(paths.channels)) - np.repeat(paths.offsets[:-1], paths.lengths)
    is_last = np.repeat(paths.lengths, paths.lengths) == place + 1
    used = (place >= order - 1) | is_last
    keys, found = np.unique(_keys(paths, place, order)[used], return_inverse=True)
    state, owner = found + 1, paths.owner[used]
    before = np.where(np.concatenate(([-1], owner[:-1])) == owner, np.concatenate(([0], state[:-1])), 0)
    moved = state != before
    pairs, step = np.unique(before[moved] * (len(keys) + 1) + state[moved], return_inverse=True)
    source, target = np.divmod(pairs, len(keys) + 1)
    last = state[is_last[used]]
    return Chain(_remembered(keys, paths.n_channels, order), source, target, step, owner[moved], last, paths.n_channels)


def transitions_of(chain: Chain, paths: Paths) -> Transitions:
    """Return how the chain moves on.

    Parameters
    ----------
    chain : Chain
        Of these paths; their weights may have changed since.
    paths : Paths
        The journeys.
    """
    n_states = len(chain.states)
    moved = sums_by(chain.step, paths.counts[chain.step_path], len(chain.source))
    converted, value, ended = (
        sums_by(chain.last, weights, n_states)
        for weights in (paths.conversions, paths.value, paths.counts - paths.conversions)
    )
    total = sums_by(chain.source, moved, n_states) + converted + ended
    share = np.divide(1.0, total, out=np.zeros(n_states), where=total > 0)
    moves = csr_array((moved * share[chain.source], (chain.source, chain.target)), shape=(n_states, n_states))
    return Transitions(moves, converted * share, ended * share, value * share)


def _keys(paths: Paths, place: Codes, order: int) -> Codes:
    """Return each touch with those before it as one number."""
    base = paths.n_channels + 1
    keys = paths.channels + 1
    for back in range(1, order):
        earlier = np.concatenate((np.zeros(back, dtype=np.int64), paths.channels[:-back] + 1))[: len(keys)]
        keys = keys + np.where(place >= back, earlier, 0) * base**back
    return keys


def _remembered(keys: Codes, n_channels: int, order: int) -> Codes:
    digits = keys[:, None] // (n_channels + 1) ** np.arange(order) % (n_channels + 1)
    return np.concatenate((np.full((1, order), -1), digits - 1))
