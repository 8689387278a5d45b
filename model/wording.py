"""Wording: values of features as people read them, and the steps at which a number is shown."""

import math

from model.examples import Feature
from semantic.catalog import MISSING

_N_STEPS = 8
_ROUND = (1, 2, 5, 10)
_LEAST_P = 0.001


def value_text(feature: Feature, value: float) -> str:
    """Return the value of a feature in words: its member, or its number with the unit.

    Examples
    --------
    >>> value_text(Feature("age", "Age", "number", unit="years"), 31.0)
    '31 years'
    """
    if value != value:
        return MISSING
    if feature.kind == "category":
        return feature.members[int(value)]
    return f"{value:.6g} {feature.unit}".rstrip()


def p_in_words(p_value: float) -> str:
    """Return a p-value as people read it.

    Examples
    --------
    >>> p_in_words(5.2e-08), p_in_words(0.43)
    ('p < 0.001', 'p = 0.430')
    """
    return "p < 0.001" if p_value < _LEAST_P else f"p = {p_value:.3f}"


def steps_of(low: float, high: float) -> list[float]:
    """Return round numbers from low to high, about eight, and the two ends; nothing where an end is NaN.

    Examples
    --------
    >>> steps_of(18, 60)
    [18.0, 20.0, 30.0, 40.0, 50.0, 60.0]
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return []
    if high <= low:
        return [float(low)]
    magnitude = 10.0 ** math.floor(math.log10((high - low) / _N_STEPS))
    step = next(part * magnitude for part in _ROUND if part * magnitude * _N_STEPS >= (high - low) * (1 - 1e-9))
    first, last = math.floor(low / step) + 1, math.ceil(high / step) - 1
    digits = max(0, -math.floor(math.log10(step)))
    within = [round(place * step, digits) for place in range(first, last + 1)]
    return [float(low), *within, float(high)]
