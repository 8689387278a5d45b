"""Balance: whether users of both engines were alike before the experiment began."""

import numpy as np

from analytics.checks.asked import BEFORE, before_measures, has_users
from analytics.checks.check import Check, Detail, status_of
from analytics.checks.observed import Observed
from analytics.checks.words import counted, p_text
from analytics.experiment.correction import holm
from analytics.experiment.gate.balance import Balance, balance_of
from analytics.experiment.statistic import Moments

NAME, LABEL = "balance", "Alike before the start"
_LEAST = 50
_REMEDY = (
    "Find how users were assigned: not by chance alone, or not all were kept. If it was by chance, read effects that "
    "are adjusted for what users did before, and repeat the experiment."
)


def check_balance(observed: Observed) -> Check:
    """Return whether users differ between variants in what they did before the experiment.

    Notes
    -----
    Hotelling's test of all covariates together (`balance_of`), each treatment against control, Holm over treatments.
    """
    if BEFORE not in observed.answers:
        return _without_before(observed)
    answer = observed.answers[BEFORE]
    n_known = answer.totals[observed.order, 0]
    compared = [place for place in range(1, len(observed.order)) if min(n_known[0], n_known[place]) >= _LEAST]
    if not observed.has_control or not compared:
        sentence = f"Fewer than {counted(_LEAST, 'user')} of each engine came before the experiment began."
        return Check(
            NAME, LABEL, "unknown", sentence, "Load more days before experiment.started_on, where there are any."
        )
    moments = [
        Moments(answer.n[place], answer.totals[place], answer.products[place])
        for place in (observed.order[0], *(observed.order[place] for place in compared))
    ]
    found = [balance_of(treatment, moments[0]) for treatment in moments[1:]]
    p_values = holm([_p(balance, observed) for balance in found])
    worst = int(np.argmin(p_values))
    return _told(found[worst], float(p_values[worst]), observed.variants[compared[worst]], observed)


def _p(balance: Balance, observed: Observed) -> float:
    return float(observed.looks.chi_squared_p(balance.statistic, balance.freedom, balance.n))


def _told(balance: Balance, p_value: float, name: str, observed: Observed) -> Check:
    labels = [measure.label for measure in before_measures(observed.catalog)]
    order = np.argsort(-np.abs(balance.gaps), kind="stable")
    largest = int(order[0])
    gap = f"{labels[largest].lower()}, {name} {_signed(balance.gaps[largest])} standard deviations"
    status = status_of(p_value)
    details = tuple(Detail(f"{labels[place]}, gap", float(balance.gaps[place]), "number") for place in order)
    n = counted(balance.freedom, "figure")
    if status == "passed":
        sentence = f"Before the start users were alike in {n} ({p_text(p_value)}); the largest gap is in {gap}."
        return Check(NAME, LABEL, status, sentence, "", p_value, details)
    sentence = f"Users differed before the experiment began ({p_text(p_value)}), most in {gap}."
    return Check(NAME, LABEL, status, sentence, _REMEDY, p_value, details)


def _signed(gap: float) -> str:
    return f"{gap:+.3f}".replace("-", "\u2212")


def _without_before(observed: Observed) -> Check:
    if not has_users(observed.catalog):
        return Check(NAME, LABEL, "unknown", "The data names no users, so what they did before is not known.")
    sentence = "No day is named on which the experiment began, so there is no time before it to compare users in."
    remedy = "Load sessions from before it too, and name its first day as experiment.started_on in config.yaml."
    return Check(NAME, LABEL, "unknown", sentence, remedy)
