"""Two rates after their counts, fast: chance that one is the greater, by the cumulants of their log odds."""

import numpy as np
from scipy.special import ndtr

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Proportion


def chance_to_beat(treatment: Proportion, control: Proportion) -> Floats:
    """Return the chance that the treatment's rate is greater, with flat priors.

    Parameters
    ----------
    treatment, control : Proportion
        Counts of independent units, broadcast against each other.

    Notes
    -----
    The log odds of Beta(a, b) have the cumulants ``psi(a) - psi(b)``, ``psi'(a) + psi'(b)``, ``psi''(a) - psi''(b)``
    and so on; those of the difference of two are sums. Edgeworth's series with the third and fourth: within 0.001 of
    the exact chance from five conversions each, within 0.003 from one each, within 0.01 where one has none.
    `analytics.experiment.bayes.compare_rates` is exact, and a thousand times slower.
    """
    mean, variance, third, fourth = (
        one - sign * two
        for one, two, sign in zip(_cumulants(treatment), _cumulants(control), (1, -1, 1, -1), strict=True)
    )
    deviation = np.sqrt(variance)
    z = mean / deviation
    skew, excess = third / (6 * deviation**3), fourth / (24 * variance**2)
    square = z**2
    terms = skew * (square - 1) - excess * z * (square - 3) - skew**2 / 2 * z * ((square - 10) * square + 15)
    density = np.exp(-square / 2) * (1 / np.sqrt(2 * np.pi))
    return np.asarray(np.clip(ndtr(z) + density * terms, 0.0, 1.0))


def log_ratio_of(treatment: Proportion, control: Proportion) -> tuple[Floats, Floats]:
    """Return mean and deviation of the logarithm of the ratio of two rates, with flat priors."""
    a1, a2 = treatment.n_converted + 1, control.n_converted + 1
    n1, n2 = treatment.n + 2, control.n + 2
    mean = _psi(a1)[0] - _psi(n1)[0] - _psi(a2)[0] + _psi(n2)[0]
    variance = _psi(a1)[1] - _psi(n1)[1] + _psi(a2)[1] - _psi(n2)[1]
    return mean, np.sqrt(variance)


def _cumulants(counts: Proportion) -> tuple[Floats, Floats, Floats, Floats]:
    first, second = _psi(counts.n_converted + 1), _psi(counts.n - counts.n_converted + 1)
    return first[0] - second[0], first[1] + second[1], first[2] - second[2], first[3] + second[3]


def _psi(a: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return digamma and its three derivatives at a >= 1: one step up, then the asymptotic series."""
    own = 1 / a
    x = 1 / (a + 1)
    y = x * x
    digamma = -np.log(x) - x / 2 - y * (1 / 12 - y * (1 / 120 - y / 252)) - own
    first = x * (1 + x * (0.5 + x * (1 / 6 - y * (1 / 30 - y / 42)))) + own**2
    second = -y * (1 + x * (1 + x * (0.5 - y * (1 / 6 - y / 6)))) - 2 * own**3
    third = x * y * (2 + x * (3 + x * (2 - y * (1 - y * 4 / 3)))) + 6 * own**4
    return digamma, first, second, third
