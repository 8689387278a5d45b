"""Drift: how the sessions of today differ from those that a model learned from."""

from dataclasses import dataclass
from typing import Literal

from analytics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class FeatureDrift:
    """Shift of one feature, or of a model's scores.

    Attributes
    ----------
    name, label : str
        Of the feature; of scores the task.
    stability : float
        Population stability index over members or tenths of the reference, what is missing among them.
    noise : float
        What chance alone keeps it below, in 95 of 100 cases, were nothing different.
    p_value, p_adjusted : float
        That nothing is different, clustered by user; and after Holm over all that was looked at.
    """

    name: str
    label: str
    stability: float
    noise: float
    p_value: float
    p_adjusted: float


@dataclass(frozen=True, slots=True)
class Drift:
    """What was found.

    Attributes
    ----------
    verdict : {"drift shown", "no drift shown", "not known"}
        ``not known``: there are too few sessions on a side, or no time to tell them apart.
    sentence : str
        The verdict in words.
    computed_at : int
        ms since 1970, UTC.
    data_version : int
        Number of the data that was looked at.
    reference_days, recent_days : (str, str)
        First and last ISO day of each side; empty where nothing was compared.
    n_reference, n_recent : int
        Sessions of each side.
    features : tuple of FeatureDrift
        By falling stability index.
    scores : tuple of FeatureDrift
        One a task.
    score_shift : tuple of Estimate
        Mean score of recent sessions less that of the reference, one a task.
    domain_auc : Estimate or None
        How well trees tell recent sessions from the reference, cross-fitted; 0.5: not at all.
    p_domain : float
        Of that, after Holm.
    """

    verdict: Literal["drift shown", "no drift shown", "not known"]
    sentence: str
    computed_at: int = 0
    data_version: int = 0
    reference_days: tuple[str, str] = ("", "")
    recent_days: tuple[str, str] = ("", "")
    n_reference: int = 0
    n_recent: int = 0
    features: tuple[FeatureDrift, ...] = ()
    scores: tuple[FeatureDrift, ...] = ()
    score_shift: tuple[Estimate, ...] = ()
    domain_auc: Estimate | None = None
    p_domain: float = 1.0
