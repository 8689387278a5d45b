"""Average: the effect over everybody, doubly robust, and the scores that it is the mean of."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.estimate import Estimate
from analytics.experiment.interval import Floats
from model.uplift.clustered import mean_of
from model.uplift.learners import Predictions
from model.uplift.trial import Trial


@dataclass(frozen=True, slots=True)
class Scores:
    """One number a session and variant whose mean over any visitors is their conversion rate under that variant.

    Attributes
    ----------
    control, treatment : ndarray of float, shape (n,)
        Not rates themselves: below 0 and above 1 for single sessions.
    """

    control: Floats
    treatment: Floats

    @property
    def effect(self) -> Floats:
        """Treatment less control."""
        return self.treatment - self.control

    def rows(self, picked: npt.NDArray[np.bool_]) -> "Scores":
        """Return those of some sessions."""
        return Scores(self.control[picked], self.treatment[picked])


def scores_of(trial: Trial, predictions: Predictions) -> Scores:
    """Return the doubly robust scores.

    Parameters
    ----------
    trial : Trial
        Sessions.
    predictions : Predictions
        Cross-fitted rates under each variant.

    Notes
    -----
    ``m1(x) + T (y - m1(x)) / e`` and ``m0(x) + (1 - T) (y - m0(x)) / (1 - e)``, e the share of the treatment: right
    on average however bad m0 and m1 are, since e is known to be right.

    References
    ----------
    Robins, J. M., Rotnitzky, A., Zhao, L. P. (1994). Estimation of regression coefficients when some regressors are not
    always observed. JASA 89, 846-866.
    Chernozhukov, V. et al. (2018). Double/debiased machine learning. The Econometrics Journal 21, C1-C68.
    """
    y, is_treated, share = trial.examples.y, trial.is_treated, trial.share
    m0, m1 = predictions.control, predictions.treatment
    control = m0 + np.where(is_treated, 0.0, (y - m0) / (1 - share))
    treatment = m1 + np.where(is_treated, (y - m1) / share, 0.0)
    return Scores(control, treatment)


def average_effect(trial: Trial, scores: Scores, confidence: float) -> Estimate:
    """Return the mean effect over all visitors, clustered by user.

    Parameters
    ----------
    trial : Trial
        Sessions.
    scores : Scores
        Doubly robust.
    confidence : float
        Two-sided level.
    """
    return mean_of(scores.effect, trial.examples.weight, trial.examples.user, confidence)
