"""The model card: what the model is for, what it was learned from, how good it is, and where its limits are."""

from collections.abc import Iterator

from analytics.estimate import Estimate
from model.report import LearnerFacts, Report, TaskReport

METRICS = (
    ("auc", "ROC-AUC"),
    ("pr_auc", "PR-AUC"),
    ("accuracy", "Accuracy"),
    ("base_accuracy", "Accuracy of always saying the more frequent outcome"),
    ("precision", "Precision"),
    ("recall", "Recall"),
    ("f1", "F1"),
    ("log_loss", "Log loss"),
    ("brier", "Brier score"),
    ("ece", "Calibration error"),
    ("lift_top_decile", "Lift in the top tenth"),
)
"""Names of metrics in a report, and what people call them."""


def model_card(report: Report) -> str:
    """Return the card as Markdown; equal reports have equal cards.

    Parameters
    ----------
    report : Report
        What the training found.
    """
    lines = [*_head(report)]
    for task in report.tasks:
        lines += _task(task, report.confidence)
    return "\n".join([*lines, *_limits(report)]) + "\n"


def in_words(estimate: Estimate) -> str:
    """Return a number with its interval and the n behind it.

    Examples
    --------
    >>> in_words(Estimate(0.6486, 0.6411, 0.6559, 41_000))
    '0.6486 (0.6411 to 0.6559, n 41,000)'
    """
    if estimate.value is None:
        return f"not defined (n {estimate.n:,})"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.4f} (no interval, n {estimate.n:,})"
    return f"{estimate.value:.4f} ({estimate.low:.4f} to {estimate.high:.4f}, n {estimate.n:,})"


def _head(report: Report) -> Iterator[str]:
    data = report.data
    days = f", {data.first_day} to {data.last_day}" if data.first_day else ""
    yield "# Conversion model"
    yield ""
    yield "Estimates how likely a session is to end in a conversion, from what is known of it."
    yield ""
    yield "## Data"
    yield ""
    yield f"- {data.n_sessions:,} {data.origin} sessions{days}; {data.n_converted:,} converted."
    yield f"- Conversion rate: {in_words(data.base_rate)}."
    yield f"- SHA-256 of the data: `{data.hash}`."
    yield f"- Intervals are at {report.confidence:.0%}, clustered by user where users are known."


def _task(task: TaskReport, confidence: float) -> Iterator[str]:
    yield from ("", f"## {task.title}: {task.question}", "")
    if task.caution:
        yield from (task.caution, "")
    yield f"- Verdict: **{task.signal.verdict}**. {task.signal.sentence}"
    yield f"- Features: {', '.join(feature.label for feature in task.features)}."
    held_out = task.hold_out
    yield f"- Learned from {held_out.n_train:,} sessions, judged on {held_out.n_test:,} others ({held_out.kind})."
    yield f"- {task.calibration.sentence}"
    yield from (f"- {leak.why}" for leak in task.leaks)
    if task.withheld:
        yield f"- {task.withheld}"
    yield from _table(task.learners, confidence)


def _table(learners: tuple[LearnerFacts, ...], confidence: float) -> Iterator[str]:
    if not learners:
        return
    yield from ("", f"Held out, with {confidence:.0%} intervals:", "")
    yield "| | " + " | ".join(learner.label for learner in learners) + " |"
    yield "| --- |" + " --- |" * len(learners)
    for name, label in METRICS:
        if any(name in learner.held_out for learner in learners):
            cells = [in_words(learner.held_out[name]) if name in learner.held_out else "–" for learner in learners]
            yield f"| {label} | " + " | ".join(cells) + " |"


def _limits(report: Report) -> Iterator[str]:
    yield from ("", "## Intended use and limits", "")
    yield "- To rank and describe sessions of the kind it was trained on; never to decide about a person."
    yield "- It describes; what it says of a feature is not what a change of that feature would do."
    yield "- Values that it never saw are flagged: alone they count as missing, in a file the row is refused."
    yield "- It ages: drift against its training is measured and shown, and it is trained again when the data changes."
    if report.data.origin == "simulated":
        yield "- It was trained on simulated sessions: nothing in it is true of real visitors."
