"""Outcome: what an experiment may change, as sums over users; every number that variants are compared by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from analytics.experiment.arm import Arm, adjusted_arms_of, arms_of
from analytics.experiment.statistic import Moments
from analytics.variants import control_first
from semantic.catalog import N_CONVERTED, N_SESSIONS, USER_ID, VARIANT, Catalog, Metric
from semantic.errors import UnknownNameError, unknown_name
from semantic.units import UnitAnswer, UnitColumn

CONVERSION = "conversion_rate"
"""Name of the outcome that every data set has."""
CAP_QUANTILE = 0.99
"""Sums of users are cut off at this quantile of the positive ones, where an outcome is capped."""
SESSIONS = UnitColumn("sessions", N_SESSIONS)
CONVERTED = UnitColumn("converted", N_CONVERTED)
HAS_CONVERTED = UnitColumn("has_converted", N_CONVERTED, is_any=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that a variant may change.

    Attributes
    ----------
    name : str
        One word; of means and rates per session that of the metric.
    label : str
        What people read.
    unit : str
        ``"fraction"`` for a rate, else the unit of the mean.
    description : str
        One sentence shown beside the name.
    numerator : UnitColumn
        What is summed over each user.
    denominator : UnitColumn or None
        Sessions that it is divided by; None: the mean over users is compared.
    per : {"session", "user"}
        What one of it is.
    is_rate : bool
        True where each session, or each user, counts 0 or 1.
    capped_of : str
        Name of the outcome of which this is the capped twin; empty: none.
    is_post_treatment : bool
        True where the number itself is how people used the variant (time, pages): an outcome, never a covariate.
    """

    name: str
    label: str
    unit: str
    description: str
    numerator: UnitColumn
    denominator: UnitColumn | None = None
    per: Literal["session", "user"] = "session"
    is_rate: bool = False
    capped_of: str = ""
    is_post_treatment: bool = False

    @property
    def columns(self) -> tuple[UnitColumn, ...]:
        """Numerator and, where there is one, denominator."""
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)


@lru_cache(maxsize=8)
def outcomes_of(catalog: Catalog) -> tuple[Outcome, ...]:
    """Return every outcome of a data set.

    Conversion per session first, then users who convert; money per session, per user, and per user with the largest
    sums cut off; sessions per user; and how it was used, per session and per user. Where the log names no users, those
    per session alone.
    """
    first, *means = catalog.metrics
    money = [metric for metric in means if _is_amount(metric, catalog)]
    usage = [metric for metric in means if metric not in money]
    found = (
        Outcome(CONVERSION, first.label, "fraction", first.description, CONVERTED, SESSIONS, "session", is_rate=True),
        Outcome(
            "users_converting",
            "Share of users who convert",
            "fraction",
            "Users with at least one conversion divided by all users.",
            HAS_CONVERTED,
            per="user",
            is_rate=True,
        ),
        *(outcome for metric in money for outcome in _of_mean(metric, catalog)),
        Outcome(
            "sessions_per_user", "Sessions per user", "sessions", "Sessions divided by users.", SESSIONS, per="user"
        ),
        *(outcome for metric in usage for outcome in _of_mean(metric, catalog)),
    )
    return tuple(outcome for outcome in found if outcome.per == "session" or has_users(catalog))


def has_users(catalog: Catalog) -> bool:
    """Return whether the log names users; else each session is a unit of its own."""
    return any(column.name == USER_ID for column in catalog.columns)


def primary_of(catalog: Catalog) -> Outcome:
    """Return the outcome that decides: the one of the planned metric, else conversion per session."""
    found = outcomes_of(catalog)
    return next((outcome for outcome in found if outcome.name == catalog.experiment.metric), found[0])


def asked_outcome(name: str, catalog: Catalog) -> Outcome:
    """Return the outcome of a name; the deciding one where none is given.

    Raises
    ------
    UnknownNameError
        Where there is none; the text lists them.
    """
    if not name:
        return primary_of(catalog)
    found = {outcome.name: outcome for outcome in outcomes_of(catalog)}
    if name not in found:
        raise UnknownNameError(unknown_name("outcome", name, list(found)))
    return found[name]


def covariates_of(catalog: Catalog) -> tuple[UnitColumn, ...]:
    """Return what was known of users before the experiment: sessions, whether any, conversions and money.

    None where the experiment has no start, since then nothing lies before it.
    """
    if catalog.experiment.started_on is None:
        return ()
    return (
        UnitColumn("has_before", N_SESSIONS, is_any=True, is_before=True),
        UnitColumn("sessions_before", N_SESSIONS, is_before=True),
        UnitColumn("converted_before", N_CONVERTED, is_before=True),
        *(
            UnitColumn(f"{metric.numerator}_before", metric.numerator, is_before=True)
            for metric in catalog.metrics
            if _is_amount(metric, catalog)
        ),
    )


def columns_of(outcomes: Sequence[Outcome], covariates: Sequence[UnitColumn] = ()) -> tuple[UnitColumn, ...]:
    """Return the columns of a unit query for these outcomes, each once; sessions are always among them."""
    return tuple(
        dict.fromkeys((SESSIONS, *(column for outcome in outcomes for column in outcome.columns), *covariates))
    )


def control_leading(answer: UnitAnswer, catalog: Catalog, *, is_whole: bool = False) -> UnitAnswer:
    """Return an answer whose last axis is the variant, with that of control first and without those that have no units.

    Parameters
    ----------
    answer : UnitAnswer
        The sums.
    catalog : Catalog
        Names control.
    is_whole : bool
        Keep those that have no units too.
    """
    members = answer.members[VARIANT]
    n = answer.n.reshape(-1, len(members)).sum(axis=0)
    places = [place for place in control_first(members, catalog) if is_whole or n[place] > 0]
    return replace(
        answer,
        members={**answer.members, VARIANT: tuple(members[place] for place in places)},
        n=answer.n[..., places],
        totals=answer.totals[..., places, :],
        products=answer.products[..., places, :, :],
    )


def moments_of(answer: UnitAnswer, asked: Sequence[UnitColumn], wanted: Sequence[UnitColumn]) -> Moments:
    """Return the moments of some of the columns of an answer.

    Parameters
    ----------
    answer : UnitAnswer
        The sums.
    asked : sequence of UnitColumn
        The columns of its query, in their order.
    wanted : sequence of UnitColumn
        Those that the moments are of.
    """
    places = [list(asked).index(column) for column in wanted]
    return Moments(answer.n, answer.totals, answer.products).of_columns(places)


def arms_of_outcome(
    outcome: Outcome, answer: UnitAnswer, asked: Sequence[UnitColumn], covariates: Sequence[UnitColumn] = ()
) -> Arm:
    """Return what each group measured for one outcome; the last axis of the answer is the variant.

    Parameters
    ----------
    outcome : Outcome
        What is compared.
    answer : UnitAnswer
        The sums.
    asked : sequence of UnitColumn
        The columns of its query, in their order.
    covariates : sequence of UnitColumn
        Where any are given, what they explain is taken off (CUPED).
    """
    sessions = answer.totals[..., list(asked).index(SESSIONS)]
    moments = moments_of(answer, asked, (*outcome.columns, *covariates))
    if covariates:
        return adjusted_arms_of(moments, sessions, is_ratio=outcome.denominator is not None)
    return arms_of(moments, sessions, is_rate=outcome.is_rate)


def _of_mean(metric: Metric, catalog: Catalog) -> tuple[Outcome, ...]:
    number = metric.numerator.removeprefix("sum_")
    total, known = UnitColumn(metric.numerator, metric.numerator), UnitColumn(metric.denominator, metric.denominator)
    after = any(d.column == number and d.is_post_treatment for d in catalog.dimensions)
    label = metric.label.removesuffix(" per session")
    text = "Summed over all sessions of a user, 0 where it is not known, and divided by users."
    per_session = Outcome(
        metric.name, metric.label, metric.unit, metric.description, total, known, is_post_treatment=after
    )
    per_user = Outcome(
        f"{number}_per_user", f"{label} per user", metric.unit, text, total, per="user", is_post_treatment=after
    )
    if not _is_amount(metric, catalog):
        return (per_session, per_user)
    capped = UnitColumn(f"{metric.numerator}_capped", metric.numerator, cap_quantile=CAP_QUANTILE)
    text = f"{text} Sums above the {100 * CAP_QUANTILE:g} % quantile of those above 0 count as that quantile."
    twin = replace(
        per_user,
        name=f"{per_user.name}_capped",
        label=f"Capped {per_user.label[:1].lower()}{per_user.label[1:]}",
        description=text,
        numerator=capped,
        capped_of=per_user.name,
    )
    return (per_session, per_user, twin)


def _is_amount(metric: Metric, catalog: Catalog) -> bool:
    """Return whether a metric is of a number that nothing is split by, such as money."""
    return all(d.column != metric.numerator.removeprefix("sum_") for d in catalog.dimensions)
