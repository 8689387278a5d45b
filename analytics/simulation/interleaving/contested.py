"""Contested: sessions that two rankers need in one list, beside A/B tests; and INTERLEAVING, the sort of simulation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from analytics.estimate import Estimate
from analytics.experiment.interval import Floats, normal_quantile
from analytics.simulation.ab_test import CONFIDENCE, SEED
from analytics.simulation.fields import Field
from analytics.simulation.interleaving.contest import SESSIONS_A_BLOCK, Clicks, Contest, check, contests
from analytics.simulation.kind import Kind, Tell
from analytics.simulation.simulated import average
from config import Config

POWERS = (0.5, 0.8, 0.9)
_N_CURVE = 40


@dataclass(frozen=True, slots=True)
class Design:
    """A way to compare two rankers.

    Attributes
    ----------
    name, label : str
        For programs and for people.
    effect : Estimate
        What it measures a session, with the 95 % interval of the simulation.
    sessions : tuple of float or None
        Sessions needed for each of the powers; None where the simulation cannot tell the rankers apart.
    times : Estimate
        Sessions needed by those of interleaving; None where either cannot be told.
    powers : tuple of float
        Chance to find the better ranker along `Contested.sessions`.
    """

    name: str
    label: str
    effect: Estimate
    sessions: tuple[float | None, ...]
    times: Estimate
    powers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """What a contest comes to.

    Attributes
    ----------
    n : int
        Sessions that were simulated in each way.
    clicks_old, clicks_new : Estimate
        Clicks a session on each ranker's own list.
    powers : tuple of float
        Chances to find the better one for which sessions are told.
    sessions : tuple of float
        For the curves of power.
    designs : tuple of Design
        Interleaving, an A/B test of clicks, and one of conversions.
    """

    n: int
    clicks_old: Estimate
    clicks_new: Estimate
    powers: tuple[float, ...]
    sessions: tuple[float, ...]
    designs: tuple[Design, ...]


@dataclass(frozen=True, slots=True)
class _Measured:
    """Effect of a session with its simulation error, and the variance of a session in the test."""

    name: str
    label: str
    effect: float
    error: float
    variance: float

    @property
    def is_told(self) -> bool:
        return abs(self.effect) > 4 * self.error

    def power(self, sessions: Floats, z: float) -> Floats:
        shift = abs(self.effect) * np.sqrt(sessions / self.variance)
        return np.asarray(ndtr(shift - z) + ndtr(-shift - z))

    def needed(self, power: float, z: float) -> float:
        return float((z + ndtri(power)) ** 2 * self.variance / self.effect**2)


def contested_of(contest: Contest, found: Sequence[Clicks]) -> Contested:
    """Return what a contest comes to.

    Parameters
    ----------
    contest : Contest
        What was run.
    found : sequence of Clicks
        All blocks.

    Notes
    -----
    With the effect d of a session and its variance v, power after n sessions is ``Phi(|d| sqrt(n / v) - z)``; of an A/B
    test, whose sessions are split evenly, v is twice the sum of both variances. A click converts with the chance c, so
    conversions have the mean ``c m`` and the variance ``c² v + c (1 - c) m``. Effects are means of what is expected
    before anybody clicks, which leaves the noise of the clicks out of them.
    """
    measured = _measured(contest, found)
    z = float(-ndtri((1 - contest.confidence) / 2))
    told = [each.needed(POWERS[-1], z) for each in measured if each.is_told]
    last = max(told, default=float(contest.sessions)) * 1.1
    sessions = np.linspace(0, 1, _N_CURVE + 1) ** 3 * last
    old, new = (np.concatenate([getattr(each, name) for each in found]) for name in ("old", "new"))
    designs = tuple(_design(each, measured[0], sessions, z) for each in measured)
    return Contested(old.size, average(old), average(new), POWERS, tuple(sessions.tolist()), designs)


def _measured(contest: Contest, found: Sequence[Clicks]) -> tuple[_Measured, ...]:
    old, new, gain, lead, expected = (
        np.concatenate([getattr(each, name) for each in found])
        for name in ("old", "new", "gain", "lead", "lead_expected")
    )
    root, share = np.sqrt(gain.size), contest.converts
    clicks, spread = float(old.mean() + new.mean()), float(old.var() + new.var())
    error, won = float(gain.std() / root), float(gain.mean())
    of_conversions = 2 * (share**2 * spread + share * (1 - share) * clicks)
    return (
        _Measured(
            "interleaved", "Interleaving", float(expected.mean()), float(expected.std() / root), float(lead.var())
        ),
        _Measured("clicks", "A/B test of clicks", won, error, 2 * spread),
        _Measured("conversions", "A/B test of conversions", share * won, share * error, of_conversions),
    )


def _design(one: _Measured, first: _Measured, sessions: Floats, z: float) -> Design:
    half, n = normal_quantile(0.95) * one.error, sessions.size
    effect = Estimate(one.effect, one.effect - half, one.effect + half, n)
    powers = tuple(one.power(sessions, z).tolist())
    if not one.is_told:
        return Design(one.name, one.label, effect, (None,) * len(POWERS), Estimate(None, None, None, n), powers)
    needed = tuple(one.needed(power, z) for power in POWERS)
    return Design(one.name, one.label, effect, needed, _times(one, first, z), powers)


def _times(one: _Measured, first: _Measured, z: float) -> Estimate:
    if not first.is_told:
        return Estimate(None, None, None, 0)
    value = one.needed(POWERS[0], z) / first.needed(POWERS[0], z)
    if one is first:
        return Estimate(value, value, value, 0)
    half = 2 * normal_quantile(0.95) * float(np.hypot(one.error / one.effect, first.error / first.effect))
    return Estimate(value, float(value * np.exp(-half)), float(value * np.exp(half)), 0)


FIELDS = (
    Field("items", "Items", "number", "30", "", "That can be recommended."),
    Field("shown", "Places", "number", "10", "", "Of the list that a session sees."),
    Field("noise", "Noise of control", "number", "0.5", "", "How far its opinion is off; relevance goes from 0 to 1."),
    Field("noise-new", "Noise of the new one", "number", "0.45", "", "Less is better."),
    Field("click", "Clicks where relevant", "percent", "15", "%", "Of items of relevance 1 that are looked at."),
    Field("patience", "Looks further", "percent", "80", "%", "Chance to look at the next place."),
    Field("converts", "Clicks that convert", "percent", "10", "%", "The A/B test may be of clicks or of conversions."),
    CONFIDENCE,
    Field("sample", "Sessions", "number", "50000", "", "That are simulated in each way."),
    SEED,
)


def scenario_of(values: Mapping[str, Any]) -> Contest:
    """Return the contest of the values of the fields; raises InputError where it cannot be run."""
    return check(
        Contest(
            int(values["items"]),
            int(values["shown"]),
            values["noise"],
            values["noise-new"],
            values["click"],
            values["patience"],
            values["converts"],
            values["confidence"],
            int(values["sample"]),
            int(values["seed"]),
        )
    )


def run_contest(contest: Contest, tell: Tell, _: Config) -> Contested:
    """Return what a contest comes to, telling after each block of sessions."""
    found: list[Clicks] = []
    for clicks in contests(contest):
        found.append(clicks)
        tell(len(found) * SESSIONS_A_BLOCK / contest.sessions)
    return contested_of(contest, found)


INTERLEAVING = Kind(
    "interleaving",
    "Interleaving",
    "How many sessions two rankers need in one shared list, beside an A/B test of clicks.",
    FIELDS,
    scenario_of,
    run_contest,
    Contested,
)
