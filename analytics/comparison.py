"""Comparison: how each variant converts against control, and how sure that is, in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate, estimates
from analytics.experiment.interval import Floats, bonferroni
from analytics.experiment.proportion import log_risk_ratio, newcombe, wilson
from analytics.variants import control_first, control_of
from semantic.catalog import N_CONVERTED, N_SESSIONS, VARIANT, Catalog
from semantic.query import Answer, Query


@dataclass(frozen=True, slots=True)
class VariantComparison:
    """One variant against control.

    Attributes
    ----------
    variant : str
        Its name.
    rate, control_rate : Estimate
        Conversion rates with Wilson intervals, fractions.
    difference : Estimate
        Variant minus control, a fraction, Newcombe's hybrid score interval (method 10).
    lift : Estimate
        Relative difference, a fraction; interval on the log risk ratio scale (Katz).
    is_significant : bool
        True where the interval of the difference does not hold zero; corrected for the number of variants (Bonferroni).
    """

    variant: str
    rate: Estimate
    control_rate: Estimate
    difference: Estimate
    lift: Estimate
    is_significant: bool


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """How the variants compare.

    Attributes
    ----------
    control : str
        Name of control.
    confidence : float
        Level of the intervals.
    headline : str
        The answer in one sentence, such as "New converts 4.1 % more than Old." or "No difference between New and Old
        can be shown." It never says more than the interval does.
    detail : str
        Rates, interval, n and what the method takes for granted, in words.
    comparisons : tuple of VariantComparison
        One for each variant but control that has sessions, best first.
    """

    control: str
    confidence: float
    headline: str
    detail: str
    comparisons: tuple[VariantComparison, ...]


MIN_SESSIONS = 20
"""Below this many sessions in either variant the headline claims nothing."""
_MAX_NAMED = 3


def _queries(request: Request, _catalog: Catalog) -> Mapping[str, Query]:
    return {"cells": Query((N_SESSIONS, N_CONVERTED), (VARIANT,), request.where)}


def compute_comparison(answers: Mapping[str, Answer], request: Request, catalog: Catalog) -> ComparisonResult:
    """Return how each variant converts against control.

    Parameters
    ----------
    answers : mapping of str to Answer
        ``cells``: sessions and conversions by variant.
    request : Request
        Its confidence.
    catalog : Catalog
        Names control.

    Notes
    -----
    A variant differs where Newcombe's interval of the difference does not hold zero. With k variants beside control
    each difference and lift is taken at the level 1 - (1 - confidence) / k, so that all hold together (Bonferroni);
    rates keep the plain level. See `wilson`, `newcombe` and `log_risk_ratio`.
    """
    cells, confidence = answers["cells"], request.params.confidence
    members = cells.members[VARIANT]
    control = control_of(members, catalog)
    places = [place for place in control_first(members, catalog) if cells[N_SESSIONS][place] > 0]
    names = [members[place] for place in places]
    comparisons: tuple[VariantComparison, ...] = ()
    if len(names) > 1 and names[0] == control:
        comparisons = _compare(names, cells[N_SESSIONS][places], cells[N_CONVERTED][places], confidence)
    return ComparisonResult(
        control,
        confidence,
        _headline(control, names, comparisons),
        _detail(control, confidence, comparisons),
        comparisons,
    )


def _compare(names: list[str], n: Floats, converted: Floats, confidence: float) -> tuple[VariantComparison, ...]:
    """Return the comparisons of all variants with the first one, best first."""
    level = bonferroni(confidence, len(names) - 1)
    rates = estimates(wilson(converted, n, confidence), n)
    counts = (converted[1:], n[1:], converted[0], n[0])
    difference, lift = newcombe(*counts, level), log_risk_ratio(*counts, level)
    rows = zip(
        names[1:],
        rates[1:],
        estimates(difference, n[1:] + n[0]),
        estimates(lift, n[1:] + n[0]),
        difference.excludes_zero.tolist(),
        strict=True,
    )
    found = [VariantComparison(name, rate, rates[0], gap, ratio, differs) for name, rate, gap, ratio, differs in rows]
    return tuple(sorted(found, key=lambda c: -(c.difference.value or 0.0)))


def _headline(control: str, names: list[str], comparisons: tuple[VariantComparison, ...]) -> str:
    if not names:
        return "No sessions match this selection."
    if len(names) == 1:
        return f"Only {names[0]} is in this selection."
    if not comparisons:
        return f"{control} has no sessions in this selection, so nothing can be compared with it."
    if len(comparisons) == 1:
        return _verdict(comparisons[0], control)
    differ = [c for c in comparisons if c.is_significant and not _is_thin(c)]
    thin = [c.variant for c in comparisons if _is_thin(c)]
    open_ = [c.variant for c in comparisons if not c.is_significant and not _is_thin(c)]
    parts = [_claim(c, control) for c in sorted(differ, key=_size, reverse=True)[:_MAX_NAMED]]
    parts += [f"{len(differ) - _MAX_NAMED} more differ"] if len(differ) > _MAX_NAMED else []
    parts += [f"no difference to {control} can be shown for {_either(open_)}"] if open_ else []
    parts += [f"there is too little data on {_either(thin)}"] if thin else []
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _verdict(comparison: VariantComparison, control: str) -> str:
    n, n_control = comparison.rate.n, comparison.control_rate.n
    if _is_thin(comparison):
        return f"Too little data to compare {comparison.variant} with {control}: {n:,} against {n_control:,} sessions."
    if comparison.rate.value == 0 and comparison.control_rate.value == 0:
        return f"Neither {comparison.variant} nor {control} has a conversion in this selection."
    if not comparison.is_significant:
        return f"No difference between {comparison.variant} and {control} can be shown."
    return f"{_claim(comparison, control)}."


def _claim(comparison: VariantComparison, control: str) -> str:
    direction = "more" if (comparison.difference.value or 0.0) > 0 else "less"
    lift = comparison.lift
    has_figure = lift.value is not None and lift.low is not None and not _is_borderline(comparison)
    by = f"{_percent(abs(lift.value or 0.0))} " if has_figure else ""
    only_just = ", though only just" if _is_borderline(comparison) else ""
    return f"{comparison.variant} converts {by}{direction} than {control}{only_just}"


def _detail(control: str, confidence: float, comparisons: tuple[VariantComparison, ...]) -> str:
    if not comparisons:
        return ""
    base = comparisons[0].control_rate
    parts = [f"{control}: {_percent(base.value)} of {base.n:,} sessions."]
    parts += [_numbers(c, control, confidence) for c in comparisons]
    if len(comparisons) > 1:
        parts.append(f"The intervals are widened so that all {len(comparisons)} hold together.")
    parts.append(
        "They hold for one look at a time fixed beforehand, and take sessions as independent of each other: "
        "looking until a difference shows, or users with many sessions, make chance findings more likely."
    )
    return " ".join(parts)


def _numbers(comparison: VariantComparison, control: str, confidence: float) -> str:
    rate, difference, lift = comparison.rate, comparison.difference, comparison.lift
    text = f"{comparison.variant}: {_percent(rate.value)} of {rate.n:,} sessions, {_points(difference.value)} points"
    text += f" ({100 * confidence:g} % interval {_points(difference.low)} to {_points(difference.high)})"
    if lift.low is None or lift.high is None:
        return f"{text}."
    text += f"; relative to {control} the truth may lie anywhere from {_signed(lift.low)} to {_signed(lift.high)}."
    if _is_borderline(comparison):
        text += " This is borderline: the two intervals do not agree on whether zero is inside."
    return text


def _is_thin(comparison: VariantComparison) -> bool:
    return min(comparison.rate.n, comparison.control_rate.n) < MIN_SESSIONS


def _is_borderline(comparison: VariantComparison) -> bool:
    low, high = comparison.lift.low, comparison.lift.high
    return low is not None and high is not None and (low > 0 or high < 0) != comparison.is_significant


def _size(comparison: VariantComparison) -> float:
    return abs(comparison.difference.value or 0.0)


def _percent(fraction: float | None) -> str:
    percent = 100 * (fraction or 0.0)
    return f"{percent:.1f} %" if abs(percent) >= 0.05 or percent == 0 else f"{percent:.1g} %"


def _signed(fraction: float) -> str:
    return f"{'+' if fraction > 0 else '−' if fraction < 0 else ''}{_percent(abs(fraction))}"


def _points(fraction: float | None) -> str:
    points = 100 * (fraction or 0.0)
    return f"{points:+.2f}".replace("-", "−")


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


COMPARISON = Analysis(
    "comparison",
    "How the variants compare",
    is_available=lambda _catalog: True,
    queries=_queries,
    compute=compute_comparison,
    result=ComparisonResult,
    ignores=(VARIANT,),
)
