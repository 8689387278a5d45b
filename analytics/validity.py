"""Validity: whether a comparison of variants can be trusted, before any number of it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.analysis import Analysis, Request
from analytics.checks.allocation import check_sample_ratio
from analytics.checks.amount import check_amount
from analytics.checks.asked import queries_of
from analytics.checks.balance import check_balance
from analytics.checks.check import Check, Status, worst_of
from analytics.checks.crossed import check_crossed_users, check_known_users
from analytics.checks.days import check_arrival, check_week
from analytics.checks.drift import check_drift
from analytics.checks.engines import check_engines
from analytics.checks.filtered import check_filter
from analytics.checks.members import check_member_ratios
from analytics.checks.missing import check_missing
from analytics.checks.observed import Observed
from analytics.checks.reversal import check_reversal
from analytics.checks.visits import check_visits
from analytics.checks.words import listed
from analytics.estimate import Estimate, estimates
from analytics.experiment.proportion import wilson
from semantic.catalog import VARIANT, Catalog

CHECKS: tuple[Callable[[Observed], Check], ...] = (
    check_engines,
    check_sample_ratio,
    check_member_ratios,
    check_filter,
    check_drift,
    check_balance,
    check_reversal,
    check_crossed_users,
    check_known_users,
    check_missing,
    check_visits,
    check_amount,
    check_week,
    check_arrival,
)
"""In the order of their weight; within one status they are told in it."""
_ORDER: tuple[Status, ...] = ("failed", "warning", "unknown", "passed")


@dataclass(frozen=True, slots=True)
class ValidityResult:
    """Whether the comparison can be trusted.

    Attributes
    ----------
    status : {"passed", "warning", "failed", "unknown"}
        The worst of the checks; ``unknown`` where none could be made.
    headline : str
        One sentence.
    variants : tuple of str
        Control first.
    shares : tuple of Estimate
        Share of all units that each variant has, Wilson interval; n are units.
    checks : tuple of Check
        Failed ones first, then warnings, unknown and passed ones.
    """

    status: Status
    headline: str
    variants: tuple[str, ...]
    shares: tuple[Estimate, ...]
    checks: tuple[Check, ...]


def compute_validity(answers: Mapping[str, Any], request: Request, catalog: Catalog) -> ValidityResult:
    """Return every check of the validity gate.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer or Answer
        What the queries asked for.
    request : Request
        Its filter, confidence and method.
    catalog : Catalog
        Words, control and plan.
    """
    observed = Observed(answers, request, catalog)
    checks = sorted((check(observed) for check in CHECKS), key=lambda check: _ORDER.index(check.status))
    status = worst_of([check.status for check in checks])
    total = observed.n_units.sum()
    shares = estimates(
        wilson(observed.n_units, np.full_like(observed.n_units, total), request.params.confidence), total
    )
    return ValidityResult(status, headline_of(checks), observed.variants, shares, tuple(checks))


def headline_of(checks: list[Check]) -> str:
    """Return in one sentence whether the comparison can be trusted.

    Parameters
    ----------
    checks : list of Check
        Worst first.
    """
    by_status = {status: [check.label for check in checks if check.status == status] for status in _ORDER}
    n_known = len(checks) - len(by_status["unknown"])
    if failed := by_status["failed"]:
        return f"This comparison cannot be trusted: {len(failed)} of {n_known} checks failed ({_named(failed)})."
    if warnings := by_status["warning"]:
        verb = "warns" if len(warnings) == 1 else "warn"
        return f"Read this comparison with care: {len(warnings)} of {n_known} checks {verb} ({_named(warnings)})."
    if not n_known:
        return "Whether this comparison can be trusted is not known: there is nothing to check."
    return f"Nothing speaks against this comparison: all {n_known} checks that could be made are passed."


def _named(labels: list[str]) -> str:
    return listed([label[0].lower() + label[1:] for label in labels])


VALIDITY = Analysis(
    "validity",
    "Can this comparison be trusted?",
    is_available=lambda _: True,
    queries=lambda request, catalog: queries_of(request.where, catalog),
    compute=compute_validity,
    result=ValidityResult,
    parameters=("confidence", "method"),
    ignores=(VARIANT,),
)
