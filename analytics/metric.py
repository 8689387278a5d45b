"""What sums say of a metric: which one is asked for, and the interval of its kind."""

from collections.abc import Mapping

from analytics.analysis import Request
from analytics.estimate import Split, estimates, split_estimates
from analytics.experiment.interval import Floats, Interval
from analytics.experiment.mean import Sample, student, welch
from analytics.experiment.proportion import newcombe, wilson
from semantic.catalog import N_SESSIONS, Catalog, Metric

Sums = Mapping[str, Floats]


def asked_metric(request: Request, catalog: Catalog) -> Metric:
    """Return the metric that a request names; where it names none, the conversion rate.

    Raises
    ------
    UnknownNameError
        Where no metric has the name.
    """
    return catalog.metric(request.params.metric) if request.params.metric else catalog.metrics[0]


def metric_interval(metric: Metric, sums: Sums, confidence: float) -> Interval:
    """Return a metric's values: Wilson's interval for a proportion, Student's for a mean.

    Parameters
    ----------
    metric : Metric
        What is estimated.
    sums : mapping of str to ndarray of float
        Arrays of one shape for each of ``metric.measures``.
    confidence : float
        Two-sided level in (0, 1).
    """
    if metric.is_proportion:
        return wilson(sums[metric.numerator], sums[metric.denominator], confidence)
    return student(_sample(metric, sums), confidence)


def difference_interval(metric: Metric, sums: Sums, base: Sums, confidence: float) -> Interval:
    """Return a metric's differences to a base: Newcombe's interval for proportions, Welch's for means.

    Parameters
    ----------
    metric : Metric
        What is compared.
    sums, base : mapping of str to ndarray of float
        Arrays for each of ``metric.measures``, broadcast against each other.
    confidence : float
        Two-sided level in (0, 1).
    """
    if metric.is_proportion:
        x, n, x_base, n_base = (s[m] for s in (sums, base) for m in (metric.numerator, metric.denominator))
        return newcombe(x, n, x_base, n_base, confidence)
    return welch(_sample(metric, sums), _sample(metric, base), confidence)


def metric_splits(metric: Metric, sums: Sums, confidence: float) -> tuple[Split, ...]:
    """Return a metric in total and per variant, one for each row of sums.

    Parameters
    ----------
    metric : Metric
        What is estimated.
    sums : mapping of str to ndarray of float, shape (rows, variants)
        One array for each of ``metric.measures``.
    confidence : float
        Two-sided level in (0, 1).
    """
    totals = {name: sums[name].sum(axis=1) for name in metric.measures}
    flat = {name: sums[name].ravel() for name in metric.measures}
    return split_estimates(
        estimates(metric_interval(metric, totals, confidence), totals[metric.denominator]),
        estimates(metric_interval(metric, flat, confidence), flat[metric.denominator]),
    )


def measures_of(metric: Metric) -> tuple[str, ...]:
    """Return the measures that a metric, its interval and the number of sessions need."""
    return tuple(dict.fromkeys((N_SESSIONS, *metric.measures)))


def _sample(metric: Metric, sums: Sums) -> Sample:
    return Sample.of(sums[metric.denominator], sums[metric.numerator], sums[metric.sum_of_squares])
