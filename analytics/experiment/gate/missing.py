"""Missing: whether a field lacks in as many sessions under one variant as under another, users as units."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.interval import Floats


@dataclass(frozen=True, slots=True)
class Lack:
    """How often a field is missing under a treatment and under control.

    Attributes
    ----------
    share, share_control : float
        Of the sessions.
    statistic : float
        Standard normal where both are alike.
    n : float
        Sessions of both, by the effective number of sessions that come together.
    """

    share: float
    share_control: float
    statistic: float
    n: float


def lack_of(missing: Floats, missing_squared: Floats, sessions: Floats, sessions_squared: Floats) -> Lack:
    """Return how often a field is missing, and whether that differs.

    Parameters
    ----------
    missing, missing_squared : ndarray of float, shape (2,)
        Over the users of treatment and control: sessions in which it is missing, and the squares of these sums.
    sessions, sessions_squared : ndarray of float, shape (2,)
        The same of all sessions.

    Notes
    -----
    Ratios ``R = sum a / sum b`` by the delta method with the variance that both have in common, ``(sum a² - 2 R sum ab
    + R² sum b²) / sum b``. The products ab are not kept; as ``b >= a``, ``sum ab >= sum a²`` bounds it from above.
    """
    if min(sessions) <= 0:
        return Lack(0.0, 0.0, 0.0, 0.0)
    shares, total = missing / sessions, float(sessions.sum())
    ratio = float(missing.sum()) / total
    spread = ((1 - 2 * ratio) * float(missing_squared.sum()) + ratio**2 * float(sessions_squared.sum())) / total
    floor = ratio * (1 - ratio)
    error = float(np.sqrt(max(spread, floor) * (1 / sessions).sum()))
    statistic = float(shares[0] - shares[1]) / error if error > 0 else 0.0
    n = total**2 / float(sessions_squared.sum())
    return Lack(float(shares[0]), float(shares[1]), statistic, n)
