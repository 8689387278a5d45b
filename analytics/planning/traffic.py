"""Traffic: how many users come within so many days, and what an outcome is like among them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from analytics.analysis import Request
from analytics.experiment.arm import Arm
from analytics.experiment.interval import Floats
from analytics.experiment.power.pace import Pace
from analytics.experiment.power.trial import Baseline
from analytics.outcome import Outcome, arms_of_outcome, columns_of, outcomes_of, primary_of
from analytics.period import Period
from analytics.variants import control_of
from semantic.catalog import DAY, VARIANT, Catalog
from semantic.errors import UnknownNameError, unknown_name
from semantic.filter import Filter, RangeClause
from semantic.query import Domains
from semantic.units import FIRST_DAY, UnitAnswer, UnitQuery

WINDOWS = (7, 14, 21, 28, 42, 56, 91, 182)
"""Days up to the last one that users are counted over."""
NOW, NEW_USERS = "now", "new_users"
_STEEPEST = 1.0
_RAREST, _MOST_FREQUENT = 1e-9, 1 - 1e-9


@dataclass(frozen=True)
class Traffic:
    """What a log says of the users to come.

    Attributes
    ----------
    pace : Pace
        Different users of all variants by the days of a window that ends with the log.
    baselines : tuple of (float, Baseline)
        What control is like among the users of each window.
    n_sessions : float
        Sessions of the longest window.
    per : {"session", "user"}
        What one of the outcome is.
    has_days : bool
        Whether days are known; else all users stand on the first one.
    """

    pace: Pace
    baselines: tuple[tuple[float, Baseline], ...]
    n_sessions: float
    per: str = "session"
    has_days: bool = True

    @property
    def n_units(self) -> float:
        """Different users of the longest window."""
        return self.pace.units[-1] if self.pace.units else 0.0

    @property
    def sessions_per_unit(self) -> float:
        """Sessions of a user within the longest window."""
        return self.n_sessions / self.n_units if self.n_units else 1.0

    def baseline_by(self, days: float) -> Baseline:
        """Return what control is like after so many days.

        Parameters
        ----------
        days : float
            From the beginning of an experiment.

        Notes
        -----
        What is summed over a user grows with his exposure, and so does what is known of a rate per session. Value and
        relative variance follow powers of the days, fitted to the windows and fixed to the last of them.
        """
        length, last = self.baselines[-1]
        value_power, spread_power = self._powers
        value = last.value * (days / length) ** value_power
        factor = (days / length) ** spread_power
        if not last.is_rate:
            return replace(last, value=value, spread=last.spread / last.value**2 * value**2 * factor)
        value = min(value, _MOST_FREQUENT)
        return replace(last, value=value, spread=value * (1 - value) / (last.trials / factor))

    @cached_property
    def _powers(self) -> tuple[float, float]:
        """Powers of the days with which the value grows, and its relative variance (of a rate: that of one trial)."""
        days = np.log([length for length, _ in self.baselines])
        values = np.log([baseline.value for _, baseline in self.baselines])
        spreads = np.log([_noise(baseline) for _, baseline in self.baselines])
        return (0.0 if self.per == "session" else _slope(days, values)), _slope(days, spreads)


def outcome_named(name: str, catalog: Catalog) -> Outcome:
    """Return an outcome; the planned one where the name is empty; raises UnknownNameError where there is none."""
    known = {outcome.name: outcome for outcome in outcomes_of(catalog)}
    if name and name not in known:
        raise UnknownNameError(unknown_name("metric", name, tuple(known)))
    return known[name] if name else primary_of(catalog)


def run_queries(request: Request, catalog: Catalog) -> dict[str, UnitQuery]:
    """Return what is asked of the whole selection: the outcome by variant, and users by the day of their first session.

    Parameters
    ----------
    request : Request
        Its filter and metric.
    catalog : Catalog
        Words and plan.
    """
    columns = columns_of([outcome_named(request.params.metric, catalog)])
    asked = {NOW: UnitQuery(columns, where=request.where)}
    if catalog.has_dimension(DAY):
        asked[NEW_USERS] = UnitQuery(columns[:1], (FIRST_DAY, VARIANT), request.where)
    return asked


def window_queries(request: Request, domains: Domains, catalog: Catalog) -> dict[str, UnitQuery]:
    """Return what is asked of each window of days; of a log of less than a week of all its days.

    Parameters
    ----------
    request : Request
        Its filter and metric; its clause on days bounds the windows.
    domains : mapping of str to Domain
        Members of this version of the data.
    catalog : Catalog
        Words and plan.
    """
    days = days_of(request.where, domains[DAY].members if DAY in domains else (), catalog)
    if not days:
        return {}
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    n_days = (last - first).days + 1
    columns = columns_of([outcome_named(request.params.metric, catalog)])
    return {
        f"window_{length}": UnitQuery(columns, where=_within(request.where, last, length))
        for length in [length for length in WINDOWS if length <= n_days] or [n_days]
    }


def days_of(where: Filter, members: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """Return the ISO days that a filter keeps, from the start of the experiment on.

    Parameters
    ----------
    where : Filter
        Its clause on days counts.
    members : tuple of str
        Days of the data.
    catalog : Catalog
        Knows the start.
    """
    started = catalog.experiment.started_on
    kept = Period.of(where.clause(DAY), members).days
    return tuple(day for day in kept if started is None or day >= started.isoformat())


def traffic_of(answers: Mapping[str, Any], request: Request, catalog: Catalog) -> Traffic | None:
    """Return what the answers say of the users to come; None where control shows nothing to plan with.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer
        Of `window_queries`; without them, where there are no days, that of the whole selection.
    request : Request
        What was asked.
    catalog : Catalog
        Words and plan.
    """
    outcome = outcome_named(request.params.metric, catalog)
    lengths = {int(name.partition("_")[2]): found for name, found in answers.items() if name.startswith("window_")}
    windows = lengths or {1: answers[NOW]}
    known = [(float(days), baseline_of(outcome, found, catalog)) for days, found in sorted(windows.items())]
    baselines = tuple((days, baseline) for days, baseline in known if baseline is not None)
    if not baselines:
        return None
    counts = [float(windows[days].n.sum()) for days in sorted(windows)]
    pace = Pace.of(sorted(windows), np.maximum.accumulate(counts))
    n_sessions = float(windows[max(windows)].totals[..., 0].sum())
    return Traffic(pace, baselines, n_sessions, outcome.per, has_days=bool(lengths))


def baseline_of(outcome: Outcome, answer: UnitAnswer, catalog: Catalog) -> Baseline | None:
    """Return what control is like among the users of an answer; None where nothing can be planned with it.

    Parameters
    ----------
    outcome : Outcome
        What is compared.
    answer : UnitAnswer
        By variant.
    catalog : Catalog
        Knows control.
    """
    members, control = answer.members[VARIANT], control_of(answer.members[VARIANT], catalog)
    if control not in members:
        return None
    arm = arms_of_outcome(outcome, answer, columns_of([outcome]))[members.index(control)]
    value, n = float(arm.point.value), float(arm.n_units)
    if outcome.is_rate:
        trials = _counted(arm) / n if n else 0.0
        exists = trials > 0 and _RAREST < value < _MOST_FREQUENT
        return Baseline(value, value * (1 - value) / trials, is_rate=True) if exists else None
    spread = float(arm.point.variance) * n
    exists = bool(np.isfinite(spread)) and spread > 0 and value > 0
    return Baseline(value, spread, weight=min((float(arm.freedom) + 1) / n, 1.0)) if exists else None


def _counted(arm: Arm) -> float:
    return float(arm.counts.n) if arm.counts else 0.0


def _within(where: Filter, last: date, length: int) -> Filter:
    low, high = last - timedelta(days=length - 1), last + timedelta(days=1)
    return where.replace(RangeClause(DAY, low, high))


def _noise(baseline: Baseline) -> float:
    return 1 / baseline.trials if baseline.is_rate else baseline.spread / baseline.value**2


def _slope(x: Floats, y: Floats) -> float:
    """Return the slope of a straight line, at most `_STEEPEST` either way; 0 through one point."""
    if x.size < 2:
        return 0.0
    centred = x - x.mean()
    return float(np.clip(centred @ (y - y.mean()) / (centred @ centred), -_STEEPEST, _STEEPEST))
