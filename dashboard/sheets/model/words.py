"""Words of the model page: scores with their intervals, as texts and as cells, and what metrics mean."""

from dataclasses import dataclass
from typing import Literal

from analytics.estimate import Estimate
from dashboard.format import ABSENT, MINUS, NO_BREAK, NumberFormat
from dashboard.sheets.blocks import Cell, cell

Kind = Literal["score", "loss", "fraction", "times", "points", "gap", "score difference"]
_PLACES = {"score": 3, "loss": 4, "times": 2, "score difference": 3}
_UNIT = {"fraction": "fraction", "points": "points"}


@dataclass(frozen=True, slots=True)
class MetricWords:
    """A metric of a model: its name in reports, what people read, how it is written, and what it means."""

    name: str
    label: str
    kind: Kind
    meaning: str

    @property
    def unit(self) -> str:
        """As of a column."""
        return _UNIT.get(self.kind, "score")


RANKING = (
    MetricWords("auc", "ROC-AUC", "score", "Chance that a session that converts is scored above one that does not."),
    MetricWords("pr_auc", "PR-AUC", "score", "Mean precision over all recalls; the base rate is chance."),
    MetricWords(
        "lift_top_decile", "Lift, top tenth", "times", "Conversion rate of the highest scored tenth, over that of all."
    ),
)
FITTING = (
    MetricWords("log_loss", "Log loss", "loss", "Mean surprise at the outcome, in nats; lower is better."),
    MetricWords("brier", "Brier score", "loss", "Mean squared distance of score and outcome; lower is better."),
    MetricWords("ece", "Calibration error", "gap", "Mean distance of score and observed rate; lower is better."),
)
DECIDING = (
    MetricWords("accuracy", "Accuracy", "fraction", "Share of sessions called right at the threshold."),
    MetricWords(
        "base_accuracy",
        "Always the same",
        "fraction",
        "Accuracy of always saying the more frequent outcome, without a model.",
    ),
    MetricWords("precision", "Precision", "fraction", "Share of the selected sessions that convert."),
    MetricWords("recall", "Recall", "fraction", "Share of the conversions that are among the selected sessions."),
    MetricWords("f1", "F1", "score", "Harmonic mean of precision and recall."),
)


def number(value: float | None, kind: Kind, write: NumberFormat) -> str:
    """Return a number of a kind; differences with their sign.

    Examples
    --------
    >>> number(0.6486, "score", NumberFormat("₹", "indian"))
    '0.649'
    """
    if value is None:
        return ABSENT
    if kind == "fraction":
        return write.rate(value)
    if kind == "points":
        return write.difference(value, "fraction")
    if kind == "gap":
        return f"{write.fixed(100 * value, 2)}{NO_BREAK}pt"
    text = write.fixed(value, _PLACES[kind])
    if kind == "score difference" and value > 0 and not text.startswith(MINUS):
        return f"+{text}"
    return f"{text} ×" if kind == "times" else text


def ends(estimate: Estimate, kind: Kind, write: NumberFormat) -> str:
    """Return both ends of an interval, such as ``0.641 to 0.656``; empty where there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    if kind == "points":
        return write.difference_interval(estimate.low, estimate.high, "fraction")
    return f"{number(estimate.low, kind, write)} to {number(estimate.high, kind, write)}"


def told(estimate: Estimate | None, kind: Kind, write: NumberFormat) -> str:
    """Return a number with its interval, such as ``0.649 (0.641 to 0.656)``."""
    if estimate is None:
        return ABSENT
    between = ends(estimate, kind, write)
    return _value(estimate, kind, write) + (f" ({between})" if between else "")


def _value(estimate: Estimate, kind: Kind, write: NumberFormat) -> str:
    """Return the number alone, with the decimals that its interval has."""
    if kind != "points" or estimate.low is None or estimate.high is None:
        return number(estimate.value, kind, write)
    return write.difference(estimate.value, "fraction", (estimate.low, estimate.high))


def cell_of(estimate: Estimate | None, kind: Kind, write: NumberFormat) -> Cell:
    """Return a cell with a number and its interval below."""
    if estimate is None:
        return ABSENT
    tip = f"n {write.count(estimate.n)} sessions"
    return cell(_value(estimate, kind, write), under=ends(estimate, kind, write), tip=tip)


def excludes_zero(estimate: Estimate) -> bool:
    """Return whether the interval lies on one side of zero."""
    return estimate.low is not None and estimate.high is not None and (estimate.low > 0 or estimate.high < 0)


def drawn(estimate: Estimate | None, scale: tuple[float, float]) -> Cell:
    """Return a cell that draws an interval on a scale that its column shares."""
    if estimate is None or estimate.value is None or estimate.low is None or estimate.high is None:
        return ""
    low, high = scale
    ends_and_zero = (estimate.low, estimate.value, estimate.high, 0.0)
    *parts, zero = [min(max((end - low) / ((high - low) or 1), 0), 1) for end in ends_and_zero]
    return cell("", interval=parts, zero=zero) if low < 0 < high else cell("", interval=parts)


def p_value(value: float, write: NumberFormat) -> str:
    """Return a p-value as people read it.

    Examples
    --------
    >>> p_value(1e-9, NumberFormat("₹", "indian"))
    'p < 0.001'
    """
    if value < _LEAST:
        return f"p < {write.fixed(_LEAST, 3)}"
    return f"p = {write.fixed(value, 4 if abs(value - _USUAL) < _LEAST / 2 else 3)}"


_LEAST, _USUAL = 0.001, 0.05
