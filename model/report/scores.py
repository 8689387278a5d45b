"""How good scores are: verdict, metrics, comparisons, curves, thresholds, segments, calibration."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analytics.estimate import Estimate

Verdict = Literal["signal", "no useful signal", "undetermined"]
Point = tuple[float, float]
Band = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Signal:
    """Whether anything in the features tells who converts.

    Attributes
    ----------
    verdict : {"signal", "no useful signal", "undetermined"}
        Three states; see docs/methods/signal.md.
    sentence : str
        The verdict in words, with the effect that could have been seen.
    auc : Estimate
        Cross-fitted, clustered by user.
    p_likelihood_ratio, p_cross_fitted, p_value : float
        Of the two tests, and the smaller one after Bonferroni.
    detectable_auc : float
        AUC that would have been called a signal with a power of 0.8.
    n_needed : int or None
        Sessions that would settle an undetermined verdict.
    """

    verdict: Verdict
    sentence: str
    auc: Estimate
    p_likelihood_ratio: float
    p_cross_fitted: float
    p_value: float
    detectable_auc: float
    n_needed: int | None = None


@dataclass(frozen=True, slots=True)
class LearnerFacts:
    """One learner.

    Attributes
    ----------
    name, label : str
        Such as ``lightgbm``, LightGBM.
    settings : mapping of str to str
        How it was set.
    held_out, cross_validated : mapping of str to Estimate
        Metrics on the hold-out, and on random folds by user: ``auc``, ``pr_auc``, ``log_loss``, ``brier``, ``ece``,
        ``accuracy``, ``precision``, ``recall``, ``f1``, ``lift_top_decile``, and ``base_accuracy``, that of always
        saying the more frequent outcome. What needs a threshold is taken at `TaskReport.threshold`. Intervals on folds
        are sqrt(2) times as wide, since folds learn from one another.
    seconds : float
        To train it once.
    n_bytes : int
        Its size when stored.
    """

    name: str
    label: str
    settings: Mapping[str, str]
    held_out: Mapping[str, Estimate]
    cross_validated: Mapping[str, Estimate]
    seconds: float
    n_bytes: int


@dataclass(frozen=True, slots=True)
class Difference:
    """LightGBM less a rival in one metric, paired on the same sessions.

    Attributes
    ----------
    learner, metric : str
        The rival, and what is compared.
    difference : Estimate
        Interval without correction.
    p_value, p_adjusted : float
        Two-sided, and after Holm over the rivals.
    """

    learner: str
    metric: str
    difference: Estimate
    p_value: float
    p_adjusted: float


@dataclass(frozen=True, slots=True)
class Curves:
    """What is drawn of the hold-out; points ascend in x, bands are (x, y, low, high).

    Attributes
    ----------
    roc, precision_recall : tuple of Point
        (false positive rate, recall), (recall, precision).
    gain : tuple of Point
        (share of sessions by falling score, share of conversions found).
    calibration : tuple of Band
        (mean score, rate observed with its interval) by bins of equal size.
    calibration_noise : tuple of (float, float, float)
        (mean score, low, high): where observed rates would lie were the scores exact.
    scores_converted, scores_others : tuple of float
        Density of scores by equal bins from ``score_edges``.
    score_edges : tuple of float
        One more than bins.
    """

    roc: tuple[Point, ...]
    precision_recall: tuple[Point, ...]
    gain: tuple[Point, ...]
    calibration: tuple[Band, ...]
    calibration_noise: tuple[tuple[float, float, float], ...]
    scores_converted: tuple[float, ...]
    scores_others: tuple[float, ...]
    score_edges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """What acting on all sessions scored at least ``threshold`` means, per session held out.

    Attributes
    ----------
    threshold : float
        In [0, 1].
    true_positive, false_positive, true_negative, false_negative : Estimate
        Shares of all sessions.
    precision, recall, accuracy, f1 : Estimate
        As usual; value None where undefined.
    """

    threshold: float
    true_positive: Estimate
    false_positive: Estimate
    true_negative: Estimate
    false_negative: Estimate
    precision: Estimate
    recall: Estimate
    accuracy: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class SegmentScore:
    """How the model does within one member of a dimension.

    Attributes
    ----------
    dimension, dimension_label, member : str
        Where.
    base_rate, mean_score : Estimate
        Observed rate, and mean predicted one.
    auc, calibration_gap : Estimate
        Gap: mean score less observed rate.
    selected, recall, precision : Estimate
        At the threshold: share of sessions selected, and of its conversions found.
    selected_difference, recall_difference : Estimate
        Against the rest of the dimension; the fairness view. p_adjusted is of the recall difference.
    p_adjusted : float
        Holm over all segments.
    """

    dimension: str
    dimension_label: str
    member: str
    base_rate: Estimate
    mean_score: Estimate
    auc: Estimate
    calibration_gap: Estimate
    selected: Estimate
    recall: Estimate
    precision: Estimate
    selected_difference: Estimate
    recall_difference: Estimate
    p_adjusted: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether scores are rates.

    Attributes
    ----------
    p_value : float
        That scores as they are fit the hold-out (intercept 0 and slope 1 together).
    slope, intercept : Estimate
        Of the outcome on the logit of the score; 1 and 0 where calibrated.
    ece, noise_floor : Estimate, float
        Expected calibration error, and what it would be by chance alone.
    is_recalibrated : bool
        Whether a sigmoid was put behind the trees because the test rejected.
    sentence : str
        In words.
    """

    p_value: float
    slope: Estimate
    intercept: Estimate
    ece: Estimate
    noise_floor: float
    is_recalibrated: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Rates observed among held-out sessions with like scores: the interval of a prediction.

    Attributes
    ----------
    scores : tuple of float
        Ascending knots; between them ends are interpolated.
    low, high : tuple of float
        Interval of the observed rate around each knot.
    n : tuple of int
        Sessions behind each.
    """

    scores: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    n: tuple[int, ...]
