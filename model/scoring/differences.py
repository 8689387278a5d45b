"""Differences: one model against its rivals, metric by metric, paired on the same sessions."""

from collections.abc import Mapping, Sequence

from analytics.experiment.correction import holm
from model.report import Difference
from model.scored import Scored
from model.scoring.auc import paired_difference
from model.scoring.metrics import INFLUENCES

COMPARED = ("auc", "log_loss", "brier", "pr_auc")


def differences_of(
    main: Scored, rivals: Mapping[str, Scored], confidence: float, metrics: Sequence[str] = COMPARED
) -> tuple[Difference, ...]:
    """Return the model less each rival in each metric, corrected by Holm over the rivals within each metric.

    Parameters
    ----------
    main : Scored
        Rows with the model's scores.
    rivals : mapping of str to Scored
        The same rows with the scores of others, by the names of their learners.
    confidence : float
        Two-sided level of the intervals, which are not corrected.
    metrics : sequence of str
        Names in `INFLUENCES`.
    """
    return tuple(found for metric in metrics for found in _of_metric(main, rivals, confidence, metric))


def _of_metric(main: Scored, rivals: Mapping[str, Scored], confidence: float, metric: str) -> list[Difference]:
    own = INFLUENCES[metric](main)
    pairs = {
        name: paired_difference(main, (own, INFLUENCES[metric](other)), confidence) for name, other in rivals.items()
    }
    adjusted = holm([p_value for _, p_value in pairs.values()]).tolist()
    return [
        Difference(name, metric, difference, p_value, corrected)
        for (name, (difference, p_value)), corrected in zip(pairs.items(), adjusted, strict=True)
    ]
