"""Course: who is expected when, and how they convert; the truth of a scenario by look."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.interval import Flags, Floats
from analytics.simulation.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days between two looks on which the rates are the same.

    Attributes
    ----------
    look : int
        Place of the look that counts them first.
    users : ndarray of float, shape (v,)
        Expected, of each variant, as they are recorded.
    rates : ndarray of float, shape (v,)
        Conversions per session of those recorded.
    """

    look: int
    users: Floats
    rates: Floats


@dataclass(frozen=True, slots=True)
class Course:
    """A scenario as it is drawn and judged.

    Attributes
    ----------
    stretches : tuple of Stretch
        In order.
    n_planned : ndarray of float, shape (looks,)
        Users expected at each look, where none is lost.
    lifts : ndarray of float, shape (looks, v - 1)
        True lift of each treatment over all users so far, the lost ones too.
    """

    stretches: tuple[Stretch, ...]
    n_planned: Floats
    lifts: Floats


def course_of(scenario: Scenario) -> Course:
    """Return the course of a scenario.

    Notes
    -----
    Treatment k has on day t (from 0) the rate ``p (1 + lift_k 2^(-t / h))``, h the half-life. Of its users a share l is
    lost who convert q times as often as those kept: these have the rate ``p / (1 - l + l q)``.
    """
    assigned, rates = _assigned(scenario), _rates(scenario)
    lost, kept_rates = _lost(scenario, rates)
    looks = np.searchsorted(scenario.look_days, np.arange(1, scenario.days + 1))
    both = np.column_stack([looks, kept_rates])
    first = np.flatnonzero(np.r_[True, (both[1:] != both[:-1]).any(axis=1)])
    users = np.add.reduceat(assigned * (1 - lost), first)
    stretches = map(Stretch, looks[first].tolist(), users, kept_rates[first])
    last = np.asarray(scenario.look_days) - 1
    base = np.cumsum(assigned[:, :1], axis=0)
    converted = np.cumsum(assigned[:, :1] * rates, axis=0)[last]
    n_planned = base[last, 0] / scenario.weights[0]
    return Course(tuple(stretches), n_planned, converted[:, 1:] / converted[:, :1] - 1)


def _assigned(scenario: Scenario) -> Floats:
    """Return the users expected by day and variant."""
    traffic = np.where(_is_weekend(scenario), scenario.faults.weekend_traffic, 1.0)
    return np.asarray(scenario.users_a_day * traffic[:, None] * np.asarray(scenario.weights))


def _rates(scenario: Scenario) -> Floats:
    days, faults = np.arange(scenario.days), scenario.faults
    left = 2.0 ** (-days / faults.half_life) if faults.half_life else np.ones(days.size)
    base = scenario.rate * np.where(_is_weekend(scenario), faults.weekend_rate, 1.0)
    return np.asarray(base[:, None] * (1 + left[:, None] * np.array([0.0, *scenario.lifts])))


def _lost(scenario: Scenario, rates: Floats) -> tuple[Floats, Floats]:
    """Return shares that are lost and rates of those kept, by day and variant."""
    faults = scenario.faults
    lost = np.zeros_like(rates)
    lost[faults.lost_from - 1 :, 1:] = faults.lost
    return lost, np.minimum(rates / (1 - lost + lost * faults.lost_rate), 1.0)


def _is_weekend(scenario: Scenario) -> Flags:
    return np.asarray(np.arange(scenario.days) % 7 >= 5)
