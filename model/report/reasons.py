"""What scores follow from."""

from dataclasses import dataclass

from analytics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Importance:
    """What one feature is worth on held-out data.

    Attributes
    ----------
    name, label : str
        Of the feature.
    auc_drop, log_loss_rise : Estimate
        When its values are shuffled among sessions (mean over shuffles, interval over users).
    contribution : Estimate
        Mean absolute contribution in log odds.
    """

    name: str
    label: str
    auc_drop: Estimate
    log_loss_rise: Estimate
    contribution: Estimate


@dataclass(frozen=True, slots=True)
class Dependence:
    """How contributions go with the values of one feature; ``points`` are (value or code, mean, p10, p90, sessions)."""

    name: str
    label: str
    unit: str
    members: tuple[str, ...]
    points: tuple[tuple[float, float, float, float, int], ...]
