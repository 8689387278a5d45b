"""Markov: credit by what would be lost if a channel led nowhere, exactly, by the absorbing chain."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import eye_array
from scipy.sparse.linalg import splu

from analytics.attribution.chain import Chain, Transitions, chain_of, transitions_of
from analytics.attribution.credit import Credit
from analytics.attribution.paths import Paths
from analytics.experiment.interval import Flags, Floats

_FEW_STATES = 200
_LEFT = 1e-17
_MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Removal:
    """What is lost if all that comes to a channel ends there without a conversion, as a share of all.

    Attributes
    ----------
    conversions, value : ndarray of float, shape (channels,)
        0 where nothing is lost, 1 where everything is.
    """

    conversions: Floats
    value: Floats


def removal_of(chain: Chain, transitions: Transitions) -> Removal:
    """Return the removal effects of all channels.

    Parameters
    ----------
    chain : Chain
        Its states.
    transitions : Transitions
        Their probabilities.

    Notes
    -----
    With Q the moves and r the chance of a conversion in each state, ``h = (I - Q)^-1 r`` converts from the start with
    ``h_0``. Without a channel the states that remember it are struck out of Q and r; its effect is ``1 - h'_0 / h_0``.
    Systems of up to 200 states are solved by sparse LU, larger ones by the series ``r + Q r + Q² r + ...``, up to
    where at most 1e-17 of all journeys are still under way, so that the rest cannot matter.

    References
    ----------
    Anderl, E., Becker, I., von Wangenheim, F., Schumann, J. H. (2016). Mapping the customer journey: lessons learned
    from graph-based online attribution modeling. International Journal of Research in Marketing 33, 457-474.

    Kemeny, J. G., Snell, J. L. (1960). Finite Markov chains. Van Nostrand.
    """
    allowed = np.column_stack((np.ones(len(chain.states), dtype=bool), ~chain.holds))
    gains = np.column_stack((transitions.converts, transitions.worth))
    found = None if len(allowed) <= _FEW_STATES else _by_series(transitions, allowed, gains)
    if found is None:
        found = np.array([_by_solving(transitions, keep, gains) for keep in allowed.T])
    whole, without = found[0], found[1:]
    kept = np.divide(without, whole, out=np.ones_like(without), where=whole > 0)
    effects = np.clip(1 - kept, 0.0, 1.0)
    return Removal(effects[:, 0], effects[:, 1])


def markov_model(paths: Paths, order: int = 1) -> Callable[[Paths], Credit]:
    """Return a function from weights of the same paths to the credit of channels.

    Parameters
    ----------
    paths : Paths
        The journeys; equal ones added up beforehand make it fast.
    order : int
        How many touches the chain remembers, 1 to 4.
    """
    touched = paths.has_touch
    chain = chain_of(paths.chosen(touched), order)

    def credit(weighted: Paths) -> Credit:
        kept = weighted.chosen(touched)
        removal = removal_of(chain, transitions_of(chain, kept))
        empty = ~touched
        return Credit(
            _shared(removal.conversions, kept.conversions),
            _shared(removal.value, kept.value),
            float(weighted.conversions[empty].sum()),
            float(weighted.value[empty].sum()),
        )

    return credit


def markov_credit(paths: Paths, order: int = 1) -> Credit:
    """Return what each channel gets: its removal effect as a share of all removal effects.

    Parameters
    ----------
    paths : Paths
        The journeys.
    order : int
        How many touches the chain remembers, 1 to 4.
    """
    different = paths.aggregated()
    return markov_model(different, order)(different)


def _by_solving(transitions: Transitions, keep: Flags, gains: Floats) -> Floats:
    """Return conversions and value from the start by states that are kept."""
    moves = transitions.moves[keep][:, keep]
    system = (eye_array(moves.shape[0]) - moves).tocsc()
    return np.asarray(splu(system).solve(gains[keep])[0])


def _by_series(transitions: Transitions, allowed: Flags, gains: Floats) -> Floats | None:
    """Return the same for all columns of ``allowed`` at once; None where journeys hardly ever end."""
    back = transitions.moves.T.tocsr()
    under_way = np.zeros(allowed.shape)
    under_way[0] = 1.0
    visits = under_way.copy()
    for _ in range(_MOST_STEPS):
        under_way = (back @ under_way) * allowed
        visits += under_way
        if under_way.sum(axis=0).max() <= _LEFT:
            return np.asarray(visits.T @ gains)
    return None


def _shared(effects: Floats, weights: Floats) -> Floats:
    total = effects.sum()
    return np.asarray(effects / total * weights.sum() if total > 0 else np.zeros_like(effects))
